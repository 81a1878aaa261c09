-- What an agent has begun to write on a ticket.
SELECT draft.mode, draft.text
FROM draft
WHERE draft.agent_id = %(me)s AND draft.ticket_id = %(number)s

-- Requests that add to a figure between two days. PLACE is the place of the word among the others.
AND ticket.id IN (
    SELECT figure.ticket_id FROM ticket_figure figure
    WHERE figure.figure = ANY (%(figures_PLACE)s::text[])
      AND figure.day BETWEEN %(since_PLACE)s AND %(until_PLACE)s
      AND (%(doers_PLACE)s::bigint[] IS NULL OR figure.agent = ANY (%(doers_PLACE)s::bigint[])))

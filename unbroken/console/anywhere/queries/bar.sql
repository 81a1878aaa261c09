-- What the bar on every page says to its agent, in one question: their habits, and how many
-- requests ring for them. Those are few, each asked whether they still may see it.
SELECT coalesce((SELECT has_shortcuts FROM habit WHERE agent_id = %(me)s), true) AS has_shortcuts,
       (SELECT count(*) FROM ring JOIN trouble_ticket ticket ON ticket.id = ring.ticket_id
        WHERE ring.agent_id = %(me)s AND ring.seen_at IS NULL
          AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
               OR ticket.assignee_id = %(me)s)) AS rings

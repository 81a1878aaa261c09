-- The figures of these tickets as they are kept.
SELECT measure.ticket_id, measure.version, measure.team, measure.topic, measure.channel,
       measure.priority, measure.first_answer_seconds, measure.resolve_seconds, measure.answers,
       measure.reopened, measure.kept, measure.missed, measure.first_contact,
       (SELECT jsonb_agg(jsonb_build_array(day, figure, agent, amount))::text
        FROM ticket_figure figure WHERE figure.ticket_id = measure.ticket_id) AS amounts,
       (SELECT jsonb_agg(jsonb_build_array(kind, what, cause, day, is_kept, used_seconds,
                                           wall_seconds, target_seconds, team, agreement, is_outage)
                         ORDER BY kind COLLATE "C", what COLLATE "C", cause)::text
        FROM promise_outcome ended WHERE ended.ticket_id = measure.ticket_id) AS outcomes,
       (SELECT jsonb_agg(jsonb_build_array(service_id, since, until) ORDER BY since)::text
        FROM down_span down WHERE down.ticket_id = measure.ticket_id) AS downs
FROM ticket_measure measure
WHERE measure.ticket_id = ANY (%(tickets)s)

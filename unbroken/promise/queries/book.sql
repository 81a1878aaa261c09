-- Every agreement with its objectives that still promise something.
SELECT agreement.key, agreement.name, agreement.is_default, agreement.calendar,
       coalesce(
           (SELECT jsonb_agg(jsonb_build_object(
                       'measure', objective.measure, 'ticket_type', objective.ticket_type,
                       'topic', objective.topic,
                       'seconds', objective.seconds, 'warning_share', objective.warning_share)
                   ORDER BY objective.id)
            FROM objective
            WHERE objective.agreement_id = agreement.id AND objective.seconds <> '{}'),
           '[]') AS aims
FROM agreement
ORDER BY agreement.key

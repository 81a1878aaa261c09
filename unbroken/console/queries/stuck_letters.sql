-- Work that failed three times: in which box, because of which event, with what error. Of a
-- ticket only for those who may see it.
SELECT letter.id, letter.box, letter.stream, letter.error, letter.parked_at,
       event.kind, event.at, event.id AS event_id,
       (SELECT count(*) FROM ground_letter behind
        WHERE behind.box = letter.box AND behind.stream = letter.stream
          AND behind.event_id > letter.event_id) AS behind
FROM ground_letter letter
JOIN ground_event event ON event.id = letter.event_id
WHERE letter.parked_at IS NOT NULL
  AND (letter.stream NOT LIKE 'ticket:%%' OR EXISTS (
        SELECT 1 FROM trouble_ticket ticket
        WHERE ticket.id = CASE WHEN letter.stream LIKE 'ticket:%%'
                               THEN split_part(letter.stream, ':', 2)::bigint END
          AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
               OR ticket.assignee_id = %(me)s)))
ORDER BY letter.parked_at
LIMIT 200

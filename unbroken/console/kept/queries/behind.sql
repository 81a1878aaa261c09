-- The requests behind a number of the page of promises, the longest first; only those the reader may
-- see. Each parameter that is null does not narrow.
SELECT ticket.id AS number, ticket.name, coalesce(customer.name, '') AS customer,
       ended.kind, ended.what, ended.day, ended.is_kept, ended.used_seconds, ended.wall_seconds,
       ended.target_seconds
FROM promise_outcome ended
JOIN trouble_ticket ticket ON ticket.id = ended.ticket_id
LEFT JOIN customer ON customer.id = ticket.customer_id
WHERE ended.kind = %(kind)s AND ended.day BETWEEN %(since)s AND %(until)s
  AND (%(what)s::text IS NULL OR ended.what = %(what)s)
  AND (%(is_kept)s::boolean IS NULL OR ended.is_kept = %(is_kept)s)
  AND (%(topic)s::bigint IS NULL OR ended.topic = %(topic)s)
  AND (%(team)s::bigint IS NULL OR ended.team = %(team)s)
  AND (%(agreement)s::text IS NULL OR ended.agreement = %(agreement)s)
  AND (%(priority)s::text IS NULL OR ended.priority = %(priority)s)
  AND (%(sees_all)s OR ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
       OR ticket.assignee_id = %(me)s)
ORDER BY coalesce(ended.wall_seconds, 1e15) DESC, ticket.id
LIMIT %(limit)s

-- What the last requests were like, for pricing: by agreement, band of the week, kind and channel.
-- Bounded by number and by time, so that it costs a large desk no more than a small one.
-- Imported ones came to another desk.
WITH lately AS (
    SELECT ticket.id, ticket.ticket_type, ticket.channel,
           ticket.reported_at AT TIME ZONE %(zone)s AS local_at, ticket.reported_at
    FROM trouble_ticket ticket
    WHERE NOT ticket.imported AND ticket.merged_into_id IS NULL
    ORDER BY ticket.id DESC
    LIMIT %(limit)s
), recent AS (
    SELECT * FROM lately WHERE reported_at BETWEEN %(since)s AND %(at)s
)
SELECT coalesce(clock.agreement, '') AS agreement,
       CASE WHEN extract(isodow FROM local_at) < 6
                 AND local_at::time >= '08:00' AND local_at::time < '18:00' THEN 'day'
            WHEN local_at::time >= '08:00' AND local_at::time < '22:00' THEN 'evening'
            ELSE 'night' END AS band,
       count(*) AS requests,
       count(*) FILTER (WHERE ticket_type = 'incident') AS faults,
       count(*) FILTER (WHERE channel = 'phone') AS by_phone,
       count(*) FILTER (WHERE channel = 'chat') AS by_chat,
       count(spent.minutes) AS timed,
       coalesce(sum(spent.minutes), 0)::bigint AS minutes,
       min(reported_at) AS first_at
FROM recent
LEFT JOIN LATERAL (SELECT one.agreement FROM promise_clock one
                   WHERE one.ticket_id = recent.id LIMIT 1) clock ON true
LEFT JOIN LATERAL (SELECT nullif(sum(one.minutes), 0) AS minutes
                   FROM time_spent one WHERE one.ticket_id = recent.id) spent ON true
GROUP BY 1, 2

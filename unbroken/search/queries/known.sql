-- Whose name or number begins so: customers, their people, services and places. Everything the
-- words say has to fit, each word to some name of the same thing. What begins so stands between
-- the word and its end in the index; LIKE with a pattern out of a list would read every name.
-- Planned once.
WITH fitting AS (
    SELECT name.kind, name.ref_id, min(name.customer_id) AS customer_id,
           count(DISTINCT wanted.place) AS fits, bool_or(name.key = wanted.key) AS is_exact
    FROM unnest(%(keys)s::text[], %(ends)s::text[], %(places)s::int[])
         AS wanted (key, upto, place)
    CROSS JOIN LATERAL (
        SELECT every.kind, every.ref_id, every.customer_id, every.key FROM search_name every
        WHERE every.key ~>=~ wanted.key AND every.key ~<~ wanted.upto
        ORDER BY every.key USING ~<~
        LIMIT CASE WHEN %(words)s::int = 1 THEN 1000 END) AS name
    GROUP BY name.kind, name.ref_id
    ORDER BY fits DESC, is_exact DESC, name.ref_id DESC
    LIMIT 200
)
SELECT fitting.kind, fitting.ref_id, fitting.customer_id, customer.name AS customer,
       CASE fitting.kind
           WHEN 'customer' THEN customer.name
           WHEN 'place' THEN place.name
           WHEN 'service' THEN concat_ws(' · ', nullif(service.circuit, ''),
                                         nullif(service.access_name, ''), host(service.ip))
           ELSE contact.name
       END AS name,
       CASE WHEN fitting.kind IN ('email', 'phone', 'messenger', 'address') THEN (
           SELECT string_agg(address.value, ', ' ORDER BY address.id)
           FROM contact_address address
           WHERE address.contact_id = contact.id AND NOT address.taken_off) ELSE ''
       END AS told
FROM fitting
LEFT JOIN customer ON customer.id = fitting.customer_id
LEFT JOIN contact ON contact.id = fitting.ref_id
     AND fitting.kind IN ('contact', 'email', 'phone', 'messenger', 'address')
LEFT JOIN service ON service.id = fitting.ref_id AND fitting.kind = 'service'
LEFT JOIN place ON place.id = fitting.ref_id AND fitting.kind = 'place'
WHERE fitting.fits >= %(words)s::int
  AND (%(sees_all)s::bool OR EXISTS (
      SELECT FROM trouble_ticket ticket
      WHERE (ticket.customer_id = fitting.customer_id
             OR (fitting.kind IN ('contact', 'email', 'phone', 'messenger', 'address')
                 AND ticket.contact_id = fitting.ref_id))
        AND (ticket.team_id IS NULL OR ticket.team_id = ANY (%(teams)s::bigint[])
             OR ticket.assignee_id = %(me)s::bigint)))
ORDER BY fitting.is_exact DESC, fitting.kind, name, fitting.ref_id
LIMIT %(limit)s::int

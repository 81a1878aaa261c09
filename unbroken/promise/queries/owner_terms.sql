-- The same for somebody whose ticket is only being opened: by service, else by customer.
-- Planned once.
SELECT coalesce(
           (SELECT agreement FROM service WHERE id = %(service_id)s::bigint),
           (SELECT min(agreement) FROM service
            WHERE customer_id = %(customer_id)s::bigint AND state <> 'ended'
            HAVING count(DISTINCT agreement) = 1),
           '') AS asked,
       promise_stamp() AS stamp

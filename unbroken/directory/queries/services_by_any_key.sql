-- Which services a text may mean: the provider's id, an access name, a circuit of the service or of
-- what carries it, an IP address. All that match: whoever asks must not guess between two.
-- The lateral steps keep the planner from reading whole tables for a way of three steps.
WITH RECURSIVE carried AS (
    SELECT id FROM resource
    WHERE circuit <> '' AND upper(circuit) = upper(%(text)s)
    UNION
    SELECT below.id
    FROM carried
    CROSS JOIN LATERAL (
        SELECT resource_id AS id FROM resource_parent
        WHERE parent_id = carried.id AND NOT cut
        OFFSET 0
    ) below
)
SELECT id FROM service WHERE key = %(text)s
UNION
SELECT id FROM service WHERE access_name <> '' AND access_name = %(text)s AND state <> 'ended'
UNION
SELECT id FROM service
WHERE circuit <> '' AND upper(circuit) = upper(%(text)s) AND state <> 'ended'
UNION
SELECT id FROM service WHERE ip = %(ip)s::inet AND state <> 'ended'
UNION
SELECT on_it.id
FROM (SELECT id FROM carried LIMIT 1000) carried
CROSS JOIN LATERAL (
    SELECT id FROM service WHERE resource_id = carried.id AND state <> 'ended' OFFSET 0
) on_it
ORDER BY id
LIMIT 50

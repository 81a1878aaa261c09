-- Which services a text may mean: the provider's id, an access name, a circuit of the service or of
-- what carries it, an IP address. All that match: whoever asks must not guess between two.
WITH RECURSIVE carried AS (
    SELECT id FROM resource
    WHERE circuit <> '' AND upper(circuit) = upper(%(text)s)
    UNION
    SELECT link.resource_id
    FROM carried
    JOIN resource_parent link ON link.parent_id = carried.id AND NOT link.cut
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
SELECT service.id FROM service
JOIN carried ON carried.id = service.resource_id
WHERE service.state <> 'ended'
ORDER BY id
LIMIT 50

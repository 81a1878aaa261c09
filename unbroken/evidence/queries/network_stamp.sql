-- Whether the network in memory is still that of the inventory: a new row anywhere changes it.
SELECT (SELECT max(id) FROM resource), (SELECT max(id) FROM resource_parent),
       (SELECT max(id) FROM service)

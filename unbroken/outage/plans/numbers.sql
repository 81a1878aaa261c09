-- The numbers of services by the key under which the network knows them.
SELECT id FROM service WHERE state <> 'ended' AND coalesce(key, id::text) = ANY (%(services)s::text[])

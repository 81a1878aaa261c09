-- Names for those who act in a story: agents and contacts, by the text form of an actor.
-- Planned once.
SELECT 'agent:' || agent.id AS actor, agent.name
FROM agent WHERE agent.id = ANY (%(agents)s::bigint[])
UNION ALL
SELECT 'contact:' || contact.id,
       coalesce(nullif(contact.name, ''),
                (SELECT address.value FROM contact_address address
                 WHERE address.contact_id = contact.id AND NOT address.taken_off
                 ORDER BY address.id LIMIT 1), '')
FROM contact WHERE contact.id = ANY (%(contacts)s::bigint[])
UNION ALL
SELECT 'team:' || team.id, team.name
FROM team WHERE team.id = ANY (%(teams)s::bigint[])
UNION ALL
SELECT 'topic:' || topic.id, coalesce(topic.names ->> %(language)s::text, topic.names ->> 'en', topic.key)
FROM topic WHERE topic.id = ANY (%(topics)s::bigint[])

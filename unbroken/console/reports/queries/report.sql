-- Requests grouped by one or two things and measured. What stands in capitals without being SQL is
-- put in from closed lists; the rest are parameters.
WITH RECURSIVE branch AS (
    SELECT topic.id, topic.id AS root FROM topic WHERE topic.parent_id IS NULL
    UNION ALL
    SELECT topic.id, branch.root FROM topic JOIN branch ON topic.parent_id = branch.id
)
SELECT FIRST_GROUP AS first, SECOND_GROUP AS second, MEASURED AS value, count(*) AS tickets
FROM trouble_ticket ticket
LEFT JOIN ticket_measure measure ON measure.ticket_id = ticket.id
LEFT JOIN branch ON branch.id = ticket.topic_id
LEFT JOIN LATERAL unnest(ticket.tags) AS tagged (tag) ON TAGGED
WHERE (NARROWED)
GROUP BY 1, 2
ORDER BY ORDERED
LIMIT %(lines)s

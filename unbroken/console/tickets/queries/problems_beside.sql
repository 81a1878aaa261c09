-- The problem that a request belongs to; while it belongs to none, the open ones, and which of them
-- fit it: its service, or one of its customer's, is away with it or hangs on what failed.
-- Planned once.
WITH RECURSIVE mine AS (
    SELECT service.id, service.resource_id
    FROM service
    WHERE service.id = %(service)s::bigint
       OR (%(service)s::bigint IS NULL AND service.customer_id = %(customer)s::bigint)
    ORDER BY service.id
    LIMIT 100
), way (id) AS (
    SELECT resource_id FROM mine WHERE resource_id IS NOT NULL
    UNION
    SELECT above.id
    FROM way
    CROSS JOIN LATERAL (
        SELECT parent_id AS id FROM resource_parent WHERE resource_id = way.id AND NOT cut
        OFFSET 0
    ) above
), joined AS (
    SELECT problem FROM ticket_problem
    WHERE ticket_id = %(number)s::bigint AND ended_at IS NULL
), shown AS (
    SELECT problem.*, joined.problem IS NOT NULL AS is_mine
    FROM service_problem problem
    LEFT JOIN joined ON joined.problem = problem.id
    WHERE joined.problem IS NOT NULL
       OR (NOT EXISTS (SELECT FROM joined) AND problem.closed_at IS NULL
           AND problem.state IN ('acknowledged', 'inProgress', 'held'))
    ORDER BY problem.since DESC, problem.id DESC
    LIMIT 100
)
SELECT shown.id, shown.element, shown.cause, shown.since, shown.step, shown.next_news_at,
       shown.is_mine, coalesce(said.text, '') AS said,
       NOT shown.is_mine AND (
           EXISTS (SELECT FROM affected_service affected JOIN mine ON mine.id = affected.service_id
                   WHERE affected.problem_id = shown.id)
           OR EXISTS (SELECT FROM resource JOIN way ON way.id = resource.id
                      WHERE resource.key = shown.element)
       ) AS fits
FROM shown
LEFT JOIN ground_said said ON said.id = shown.news_id
ORDER BY fits DESC, shown.since DESC, shown.id DESC

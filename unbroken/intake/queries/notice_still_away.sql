-- Households and companies of which a service is still away because of this problem.
SELECT DISTINCT service.customer_id AS id
FROM affected_service affected
JOIN service ON service.id = affected.service_id
WHERE affected.problem_id = %(problem)s AND affected.until IS NULL

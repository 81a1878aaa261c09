-- Credits for people to approve and for billing to pay, the newest first. Each parameter that is
-- null does not filter. What was given by hand has no miss and no rule.
SELECT credit.id, credit.ticket_id, credit.customer_id, coalesce(customer.name, '') AS customer,
       coalesce(customer.key, '') AS customer_key, coalesce(service.key, '') AS service_key,
       coalesce(violation.measure, '') AS measure, coalesce(consequence.kind, 'by_hand') AS kind,
       credit.step, credit.amount, credit.currency,
       credit.state, told.told_at, coalesce(told.problem, '') AS problem, credit.booked_at,
       coalesce(violation.due_at, credit.booked_at) AS due_at, ground_said.text AS reason
FROM credit
LEFT JOIN violation ON violation.id = credit.violation_id
LEFT JOIN consequence ON consequence.id = credit.rule_id
LEFT JOIN customer ON customer.id = credit.customer_id
LEFT JOIN service ON service.id = credit.service_id
LEFT JOIN credit_told told ON told.credit_id = credit.id AND told.state = credit.state
LEFT JOIN ground_said ON ground_said.id = credit.reason_id
WHERE (%(since)s::timestamptz IS NULL OR credit.booked_at >= %(since)s)
  AND (%(until)s::timestamptz IS NULL OR credit.booked_at < %(until)s)
  AND (%(credit_id)s::bigint IS NULL OR credit.id = %(credit_id)s)
  AND (%(ticket_id)s::bigint IS NULL OR credit.ticket_id = %(ticket_id)s)
  AND (%(customer_id)s::bigint IS NULL OR credit.customer_id = %(customer_id)s)
ORDER BY credit.booked_at DESC, credit.id DESC
LIMIT %(limit)s

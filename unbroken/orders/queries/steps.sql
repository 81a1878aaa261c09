-- The steps of some orders with the names of who does them.
SELECT step.id, step.order_id, step.key,
       coalesce(team.name, nullif(partner.name, ''), step.partner) AS owner,
       step.part, step.kbit, step.promised_at, step.state, step.done_at
FROM order_step step
LEFT JOIN team ON team.id = step.team_id
LEFT JOIN partner ON partner.key = step.partner
WHERE step.order_id = ANY (%(orders)s)
ORDER BY step.order_id, step.place

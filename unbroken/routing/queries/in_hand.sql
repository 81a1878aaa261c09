-- How much some people have in hand now, by channel; what sleeps or waits for others is no load.
SELECT assignee_id AS agent_id, channel, count(*) AS tickets
FROM trouble_ticket
WHERE assignee_id = ANY (%(agents)s::bigint[])
  AND status IN ('acknowledged', 'inProgress') AND sleep = ''
GROUP BY assignee_id, channel

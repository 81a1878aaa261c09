-- One more part: somebody of these follows it.
AND ticket.id IN (SELECT watcher.ticket_id FROM watcher
                  WHERE watcher.agent_id = ANY (%(watcher)s::bigint[])
                    AND watcher.left_at IS NULL)

-- When a person was erased, by whom and why: the newest first.
SELECT at, "by", data ->> 'reason' AS reason, data -> 'counts' AS counts
FROM ground_event
WHERE stream = 'house' AND kind = 'house.erased' AND data ->> 'whose' = %(whose)s
ORDER BY version DESC

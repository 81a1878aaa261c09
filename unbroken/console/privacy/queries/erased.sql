-- When a person was erased, or who turned out to be them, by whom and why: the newest first.
SELECT at, "by", data ->> 'reason' AS reason, data -> 'counts' AS counts
FROM ground_event
WHERE stream = 'house' AND kind = 'house.erased' AND data ->> 'whose' = ANY (%(whose)s::text[])
ORDER BY version DESC

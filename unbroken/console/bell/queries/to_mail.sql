-- Which rings a mail should tell of: unseen for a while, newer than what a mail told last, of a kind
-- that the agent wants by mail. Whether they are away is asked of each agent once. Nothing older
-- than a day: a desk that stood still does not wake everybody.
SELECT ring.id, ring.agent_id, ring.ticket_id, ring.event_id, ring.kinds,
       coalesce(mark.version, 0) AS seen, coalesce(habit.mails_always, false) AS always
FROM ring
LEFT JOIN habit ON habit.agent_id = ring.agent_id
LEFT JOIN read_mark mark ON mark.agent_id = ring.agent_id AND mark.ticket_id = ring.ticket_id
WHERE ring.seen_at IS NULL AND ring.event_id > ring.mailed_id
  AND ring.at BETWEEN %(at)s::timestamptz - interval '1 day' AND %(until)s::timestamptz
  AND ((coalesce(habit.mails_given, true) AND 'given' = ANY (ring.kinds))
       OR (coalesce(habit.mails_wrote, true) AND 'wrote' = ANY (ring.kinds))
       OR (coalesce(habit.mails_called, true) AND 'called' = ANY (ring.kinds)))
ORDER BY ring.at, ring.id
LIMIT %(limit)s
FOR UPDATE OF ring SKIP LOCKED

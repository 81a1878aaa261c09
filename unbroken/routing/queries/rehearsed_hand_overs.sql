-- Hand-overs by people in a rehearsal that say what was done, what is needed and by when.
SELECT count(*) AS complete FROM ground_event
WHERE kind = 'chain.handed_over' AND by LIKE 'agent:%%'
  AND data ->> 'done' IS NOT NULL AND data ->> 'needed' IS NOT NULL AND data ->> 'due_at' IS NOT NULL

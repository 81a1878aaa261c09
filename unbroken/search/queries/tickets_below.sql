-- The next batch of tickets for a rebuild, the newest first: they are searched for most.
SELECT id FROM trouble_ticket WHERE id < %(below)s ORDER BY id DESC LIMIT %(limit)s

-- The steps become part of the counts; steps that another process holds are left to it.
WITH taken AS (
    DELETE FROM ticket_count_step
    WHERE id IN (SELECT id FROM ticket_count_step ORDER BY id LIMIT 50000 FOR UPDATE SKIP LOCKED)
    RETURNING team, status, is_taken, step
)
INSERT INTO ticket_count AS known (team, status, is_taken, tickets)
SELECT team, status, is_taken, sum(step) FROM taken
GROUP BY team, status, is_taken HAVING sum(step) <> 0
ORDER BY team, status, is_taken
ON CONFLICT (team, status, is_taken) DO UPDATE SET tickets = known.tickets + excluded.tickets

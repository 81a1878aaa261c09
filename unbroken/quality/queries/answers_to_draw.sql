-- Answers of these days by chance: one for each agent and day that has none yet, and everybody's
-- first before anybody's second. The figures say where to look.
-- Taken back, hidden from the customer or in a side conversation: not an answer to be judged.
SELECT ticket_id, message_id, writer, day
FROM (
    SELECT one.*, row_number() OVER (PARTITION BY writer ORDER BY random()) AS turn
    FROM (
        SELECT DISTINCT ON (figure.agent, figure.day)
               message.ticket_id, message.id AS message_id, figure.agent AS writer, figure.day
        FROM ticket_figure figure
        JOIN message ON message.ticket_id = figure.ticket_id
        WHERE figure.figure = 'answered'
          AND figure.day BETWEEN %(first)s AND %(last)s
          AND figure.agent > 0
          AND message.author = 'agent:' || figure.agent
          AND (message.at AT TIME ZONE %(zone)s)::date = figure.day
          AND message.kind = 'message' AND message.direction = 'out'
          AND message.audience = 'customer' AND message.withdrawn_at IS NULL
          AND message.side_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM answer_review known
                          WHERE known.writer_id = figure.agent AND known.day = figure.day)
        ORDER BY figure.agent, figure.day, random()
    ) one
) drawn
ORDER BY turn, random()
LIMIT %(most)s

-- What was said on these tickets since they were indexed last, added to the newest part of each; a
-- part that is full is left alone and the next one begins. Nothing new: only the marks are set right.
WITH last AS (
    SELECT asked.id AS ticket_id, latest.part, latest.upto, latest.size
    FROM unnest(%(tickets)s::bigint[]) AS asked (id)
    CROSS JOIN LATERAL (
        SELECT part, upto, size FROM search_ticket
        WHERE ticket_id = asked.id ORDER BY part DESC LIMIT 1) AS latest
), spoken AS (
    SELECT last.ticket_id, message.version, left(coalesce(said.text, ''), %(letters)s) AS words,
           concat_ws(' ', message.from_name, message.from_address) AS sender,
           (SELECT string_agg(name, ' ') FROM attachment
            WHERE attachment.message_id = message.id) AS files
    FROM last
    JOIN message ON message.ticket_id = last.ticket_id AND message.version > last.upto
    LEFT JOIN ground_said said ON said.id = message.words_id
    WHERE message.kind <> 'receipt' AND message.withdrawn_at IS NULL
), news AS (
    SELECT ticket_id, max(version) AS upto, sum(length(words)) AS size,
           string_agg(words, E'\n' ORDER BY version) AS words,
           string_agg(DISTINCT sender, ' ') AS senders, string_agg(files, ' ') AS files
    FROM spoken GROUP BY ticket_id
)
INSERT INTO search_ticket (ticket_id, part, upto, size, marks, words)
SELECT ticket.id,
       last.part + (last.size > %(part_letters)s AND news.upto IS NOT NULL)::int,
       coalesce(news.upto, last.upto), coalesce(news.size, 0),
       MARKS,
       CASE WHEN last.size > %(part_letters)s
            THEN setweight(search_vector(ticket.language, ticket.name), 'A') ELSE '' END
       || CASE WHEN news.upto IS NULL THEN '' ELSE
              setweight(search_vector(ticket.language, news.senders), 'B')
              || setweight(search_vector(ticket.language, news.words), 'C')
              || setweight(search_vector(ticket.language, coalesce(news.files, '')), 'D') END
FROM last
JOIN trouble_ticket ticket ON ticket.id = last.ticket_id
LEFT JOIN news ON news.ticket_id = last.ticket_id
ON CONFLICT (ticket_id, part) DO UPDATE
SET upto = excluded.upto, size = search_ticket.size + excluded.size, marks = excluded.marks,
    words = CASE WHEN search_ticket.upto = excluded.upto THEN search_ticket.words
                 ELSE search_ticket.words || excluded.words END
WHERE search_ticket.upto <> excluded.upto OR search_ticket.marks <> excluded.marks

-- What was said on a ticket since it was indexed last, added to its newest part; a part that is
-- full is left alone and the next one begins. Nothing new: only the marks are set right.
WITH last AS (
    SELECT part, upto, size FROM search_ticket
    WHERE ticket_id = %(ticket)s ORDER BY part DESC LIMIT 1
), spoken AS (
    SELECT message.version, left(coalesce(said.text, ''), %(letters)s) AS words,
           concat_ws(' ', message.from_name, message.from_address) AS sender,
           (SELECT string_agg(name, ' ') FROM attachment
            WHERE attachment.message_id = message.id) AS files
    FROM last
    JOIN message ON message.ticket_id = %(ticket)s AND message.version > last.upto
    LEFT JOIN ground_said said ON said.id = message.words_id
    WHERE message.kind <> 'receipt' AND message.withdrawn_at IS NULL
), news AS (
    SELECT max(version) AS upto, coalesce(sum(length(words)), 0) AS size,
           string_agg(words, E'\n' ORDER BY version) AS words,
           string_agg(DISTINCT sender, ' ') AS senders, string_agg(files, ' ') AS files
    FROM spoken
), place AS (
    SELECT last.part + (last.size > %(part_letters)s AND news.upto IS NOT NULL)::int AS part,
           last.size > %(part_letters)s AS is_full
    FROM last, news
)
INSERT INTO search_ticket (ticket_id, part, upto, size, marks, words)
SELECT ticket.id, place.part, coalesce(news.upto, last.upto), news.size,
       MARKS,
       CASE WHEN place.is_full
            THEN setweight(search_vector(ticket.language, ticket.name), 'A') ELSE '' END
       || setweight(search_vector(ticket.language, coalesce(news.senders, '')), 'B')
       || setweight(search_vector(ticket.language, coalesce(news.words, '')), 'C')
       || setweight(search_vector(ticket.language, coalesce(news.files, '')), 'D')
FROM last, news, place
JOIN trouble_ticket ticket ON ticket.id = %(ticket)s
ON CONFLICT (ticket_id, part) DO UPDATE
SET upto = excluded.upto, size = search_ticket.size + excluded.size, marks = excluded.marks,
    words = search_ticket.words || excluded.words
WHERE search_ticket.upto <> excluded.upto OR search_ticket.marks <> excluded.marks
RETURNING ticket_id

-- These tickets, indexed whole: subject before names before what was said before files. A ticket
-- that is a book becomes parts of some sixty thousand letters, each with subject and names.
WITH spoken AS (
    SELECT message.ticket_id, message.version,
           left(coalesce(said.text, ''), %(letters)s) AS words,
           concat_ws(' ', message.from_name, message.from_address) AS sender,
           sum(length(left(coalesce(said.text, ''), %(letters)s)))
               OVER (PARTITION BY message.ticket_id ORDER BY message.version, message.id)
               / %(part_letters)s AS part
    FROM message
    LEFT JOIN ground_said said ON said.id = message.words_id
    WHERE message.ticket_id = ANY (%(tickets)s) AND message.kind <> 'receipt'
      AND message.withdrawn_at IS NULL
), parts AS (
    SELECT ticket_id, part, max(version) AS upto, sum(length(words)) AS size,
           string_agg(words, E'\n' ORDER BY version) AS words,
           string_agg(DISTINCT sender, ' ') AS senders
    FROM spoken GROUP BY ticket_id, part
), files AS (
    SELECT attachment.ticket_id, string_agg(
               concat_ws(' ', attachment.name, left(file.text, %(part_letters)s)), E'\n') AS words
    FROM attachment
    LEFT JOIN search_file file ON file.attachment_id = attachment.id
    WHERE attachment.ticket_id = ANY (%(tickets)s)
    GROUP BY attachment.ticket_id
)
INSERT INTO search_ticket (ticket_id, part, upto, size, marks, words)
SELECT ticket.id, coalesce(parts.part, 0), coalesce(parts.upto, 0), coalesce(parts.size, 0),
       MARKS,
       setweight(search_vector(ticket.language, ticket.name), 'A')
       || setweight(search_vector(ticket.language, concat_ws(
              ' ', customer.name, contact.name, parts.senders)), 'B')
       || setweight(search_vector(ticket.language, coalesce(parts.words, '')), 'C')
       || setweight(search_vector(ticket.language, CASE WHEN coalesce(parts.part, 0) = 0
              THEN left(coalesce(files.words, ''), %(file_letters)s) ELSE '' END), 'D')
FROM trouble_ticket ticket
LEFT JOIN parts ON parts.ticket_id = ticket.id
LEFT JOIN files ON files.ticket_id = ticket.id
LEFT JOIN customer ON customer.id = ticket.customer_id
LEFT JOIN contact ON contact.id = ticket.contact_id
WHERE ticket.id = ANY (%(tickets)s)
ON CONFLICT (ticket_id, part) DO UPDATE
SET upto = excluded.upto, size = excluded.size, marks = excluded.marks, words = excluded.words

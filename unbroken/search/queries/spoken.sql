-- What was said on these tickets and what their files hold, newest first, no more than a reader
-- would look through: one sentence of it is shown with each hit.
-- Planned once.
SELECT spoken.ticket_id AS number, spoken.words, spoken.source, spoken.name
FROM unnest(%(tickets)s::bigint[]) AS asked (id)
CROSS JOIN LATERAL (
    (SELECT message.ticket_id, left(said.text, %(letters)s::int) AS words, message.kind AS source,
            coalesce(nullif(message.from_name, ''), '') AS name, message.version AS place
     FROM message JOIN ground_said said ON said.id = message.words_id
     WHERE message.ticket_id = asked.id AND message.kind <> 'receipt'
       AND message.withdrawn_at IS NULL AND said.text <> ''
     ORDER BY message.version DESC LIMIT %(messages)s::int)
    UNION ALL
    (SELECT file.ticket_id, left(file.text, %(letters)s::int), 'file', attachment.name, 0
     FROM search_file file JOIN attachment ON attachment.id = file.attachment_id
     WHERE file.ticket_id = asked.id AND file.text <> ''
     LIMIT 5)) AS spoken
ORDER BY spoken.ticket_id, spoken.place DESC

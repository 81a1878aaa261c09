-- How words are spelt: those of these tickets' latest messages. A word counts when another
-- customer uses it; three times, and it is offered to whoever mistypes it.
WITH heard AS (
    SELECT DISTINCT word, coalesce(ticket.customer_id, -ticket.contact_id, 0) AS customer_id
    FROM trouble_ticket ticket
    CROSS JOIN LATERAL (
        SELECT ticket.name AS words
        UNION ALL
        (SELECT left(said.text, 4000) FROM message JOIN ground_said said ON said.id = words_id
         WHERE message.ticket_id = ticket.id AND message.kind <> 'receipt'
         ORDER BY message.version DESC LIMIT %(latest)s)) AS spoken
    CROSS JOIN LATERAL regexp_split_to_table(search_plain(spoken.words), '[^[:alpha:]]+') AS word
    WHERE ticket.id = ANY (%(tickets)s) AND length(word) BETWEEN 4 AND 24
), counted AS (
    SELECT word, least(count(*), 3) AS seen, max(customer_id) AS customer_id
    FROM heard
    WHERE NOT EXISTS (
        SELECT FROM search_word known
        WHERE known.word = heard.word
          AND (known.seen >= 3 OR known.customer_id = heard.customer_id))
    GROUP BY word
)
INSERT INTO search_word (word, seen, customer_id, near)
SELECT word, seen, customer_id, search_near(word) FROM counted ORDER BY word
ON CONFLICT (word) DO UPDATE
SET seen = least(search_word.seen + excluded.seen, 3), customer_id = excluded.customer_id

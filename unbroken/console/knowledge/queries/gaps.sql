-- What should be written next: topics by how many requests came in, beside what the public can
-- read there. Only the last requests are counted, so that it costs the same at any size.
WITH asked AS (
    SELECT topic_id, count(*) AS asked
    FROM (SELECT topic_id, created_at FROM trouble_ticket ORDER BY id DESC LIMIT %(last)s) latest
    WHERE created_at >= %(since)s AND topic_id IS NOT NULL
    GROUP BY topic_id
), known AS (
    SELECT article.topic_id,
           array_agg(DISTINCT wording.language) FILTER (WHERE is_now.yes) AS written_in,
           count(DISTINCT article.id) FILTER (WHERE NOT is_now.yes) AS outdated
    FROM article
    JOIN article_text wording ON wording.article_id = article.id AND wording.title <> ''
    CROSS JOIN LATERAL (
        SELECT article.valid_until IS NULL OR article.valid_until > %(at)s AS yes) AS is_now
    WHERE article.state = 'published' AND article.audience = 'public'
    GROUP BY article.topic_id
), doubted AS (
    SELECT article.topic_id, count(*) AS doubted
    FROM article_vote vote JOIN article ON article.id = vote.article_id
    WHERE NOT vote.helpful AND vote.at >= %(since)s AND article.state = 'published'
    GROUP BY article.topic_id
)
SELECT topic.id AS topic_id, topic.key, coalesce(asked.asked, 0) AS asked,
       coalesce(known.written_in, '{}') AS written_in, coalesce(known.outdated, 0) AS outdated,
       coalesce(doubted.doubted, 0) AS doubted
FROM topic
LEFT JOIN asked ON asked.topic_id = topic.id
LEFT JOIN known ON known.topic_id = topic.id
LEFT JOIN doubted ON doubted.topic_id = topic.id
WHERE topic.active AND (asked.asked > 0 OR known.outdated > 0 OR doubted.doubted > 0)
ORDER BY known.written_in IS NULL DESC, asked DESC, topic.key

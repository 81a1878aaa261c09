-- Which articles may answer these words. A rare word says more than a common one, a word of the
-- title more than one of the text, and an article under the topic of the request is nearer. The
-- sixty that a quick look finds nearest are weighed with care.
WITH asked AS (
    SELECT spoken.language, lexeme
    FROM (VALUES ('en', to_tsvector('pg_catalog.english', %(words)s)),
                 ('ru', to_tsvector('pg_catalog.russian', %(words)s)),
                 ('it', to_tsvector('pg_catalog.italian', %(words)s))) AS spoken (language, words)
    CROSS JOIN LATERAL unnest(spoken.words)
    WHERE spoken.language = ANY (%(languages)s::text[])
      AND length(lexeme) > 1 AND lexeme !~ '^[0-9.]+$'
), quick AS (
    SELECT language, string_agg(
        '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''', ' | ')::tsquery AS query
    FROM asked GROUP BY language
), readable AS (
    SELECT wording.article_id, wording.language, wording.search, article.topic_id,
           ts_rank(wording.search, quick.query) AS nearness,
           wording.search @@ quick.query AS is_found,
           article.topic_id = ANY (%(near)s::bigint[]) AS is_near
    FROM article
    JOIN article_text wording ON wording.article_id = article.id AND wording.title <> ''
    LEFT JOIN quick ON quick.language = wording.language
    WHERE article.state = 'published'
      AND (article.valid_until IS NULL OR article.valid_until > %(at)s)
      AND (NOT %(public_only)s OR article.audience = 'public')
), candidates AS (
    SELECT * FROM readable WHERE is_found OR is_near
    ORDER BY is_near DESC, nearness DESC NULLS LAST LIMIT 60
), held AS (
    SELECT candidates.article_id, candidates.language, candidates.is_near, word.lexeme,
           'A' = ANY (word.weights) AS in_title,
           count(*) OVER (PARTITION BY candidates.language, word.lexeme) AS held_by
    FROM candidates
    CROSS JOIN LATERAL unnest(candidates.search) AS word
    JOIN asked ON asked.language = candidates.language AND asked.lexeme = word.lexeme
), weighed AS (
    SELECT article_id, language, bool_or(is_near) AS is_near, count(*) AS words,
           bool_or(in_title) AS in_title,
           sum(ln(1 + (SELECT count(*) FROM article WHERE state = 'published')::float / held_by)
               * CASE WHEN in_title THEN 2 ELSE 1 END) AS weight
    FROM held GROUP BY article_id, language
)
SELECT candidates.article_id AS id,
       max(coalesce(weighed.weight, 0) * CASE WHEN candidates.is_near THEN 1.5 ELSE 1 END
           + CASE WHEN candidates.is_near THEN 0.5 ELSE 0 END)::float AS score
FROM candidates
LEFT JOIN weighed ON weighed.article_id = candidates.article_id
                 AND weighed.language = candidates.language
WHERE candidates.is_near OR weighed.in_title OR weighed.words >= 2
GROUP BY candidates.article_id
ORDER BY score DESC, id DESC
LIMIT %(limit)s

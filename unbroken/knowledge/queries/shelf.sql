-- Every article as those who write them see it: what state it is in, in which languages, how it
-- fares. Found by words of what is published or written, in any language.
SELECT article.id, article.topic_id, article.state, article.audience, article.valid_until,
       article.in_review, article.changed_at, article.slug, article.written_by,
       best.title,
       array(SELECT language FROM article_text
             WHERE article_id = article.id AND title <> '') AS published_in,
       array(SELECT language FROM article_text
             WHERE article_id = article.id AND next_title <> '') AS waiting_in,
       (SELECT count(*) FROM article_use
        WHERE article_id = article.id AND answered_at IS NOT NULL) AS used,
       (SELECT count(*) FILTER (WHERE helpful) FROM article_vote
        WHERE article_id = article.id) AS helped,
       (SELECT count(*) FROM article_vote WHERE article_id = article.id) AS voted
FROM article
CROSS JOIN LATERAL (
    SELECT coalesce(nullif(next_title, ''), title) AS title
    FROM article_text WHERE article_id = article.id
    ORDER BY array_position(%(languages)s::text[], language) LIMIT 1
) AS best
WHERE (%(article_id)s::bigint IS NULL OR article.id = %(article_id)s::bigint)
  AND (%(topics)s::bigint[] IS NULL OR article.topic_id = ANY (%(topics)s::bigint[]))
  AND CASE %(state)s
        WHEN 'published' THEN article.state = 'published'
             AND (article.valid_until IS NULL OR article.valid_until > %(at)s)
        WHEN 'review' THEN article.in_review
        WHEN 'draft' THEN article.state = 'draft' AND NOT article.in_review
        WHEN 'outdated' THEN article.state = 'published' AND article.valid_until <= %(at)s
        WHEN 'retired' THEN article.state = 'retired'
        ELSE true END
  AND (%(words)s = '' OR EXISTS (
        SELECT FROM article_text wording WHERE wording.article_id = article.id
          AND (wording.search @@ websearch_to_tsquery('pg_catalog.english', %(words)s)
            OR wording.search @@ websearch_to_tsquery('pg_catalog.russian', %(words)s)
            OR wording.search @@ websearch_to_tsquery('pg_catalog.italian', %(words)s)
            OR strpos(lower(wording.title || ' ' || wording.next_title), lower(%(words)s)) > 0
            OR strpos(lower(wording.next_body), lower(%(words)s)) > 0)))
ORDER BY article.in_review DESC, article.changed_at DESC, article.id DESC
LIMIT %(limit)s

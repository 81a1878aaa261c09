-- What may be read now, each article once, in the best language it is worded in.
SELECT DISTINCT ON (article.id)
       article.id, article.topic_id, article.audience, article.valid_until, article.changed_at,
       wording.language, wording.title, wording.body
FROM article
JOIN article_text wording ON wording.article_id = article.id
WHERE article.state = 'published'
  AND (article.valid_until IS NULL OR article.valid_until > %(at)s)
  AND (NOT %(public_only)s OR article.audience = 'public')
  AND (%(topics)s::bigint[] IS NULL OR article.topic_id = ANY (%(topics)s::bigint[]))
  AND (%(article_id)s::bigint IS NULL OR article.id = %(article_id)s::bigint)
ORDER BY article.id, array_position(%(languages)s::text[], wording.language)

-- What may be read now, each article once, in the best language it is worded in.
SELECT DISTINCT ON (article.id)
       article.id, article.topic_id, article.audience, article.valid_until, article.changed_at,
       article.slug, wording.language, wording.title, wording.body,
       array(SELECT other.language FROM article_text other
             WHERE other.article_id = article.id AND other.title <> ''
             ORDER BY array_position(%(languages)s::text[], other.language)) AS languages
FROM article
JOIN article_text wording ON wording.article_id = article.id AND wording.title <> ''
WHERE article.state = 'published'
  AND (article.valid_until IS NULL OR article.valid_until > %(at)s)
  AND (NOT %(public_only)s OR article.audience = 'public')
  AND (%(topics)s::bigint[] IS NULL OR article.topic_id = ANY (%(topics)s::bigint[]))
  AND (%(articles)s::bigint[] IS NULL OR article.id = ANY (%(articles)s::bigint[]))
  AND (%(slug)s::text IS NULL OR article.slug = %(slug)s::text)
ORDER BY article.id, array_position(%(languages)s::text[], wording.language)

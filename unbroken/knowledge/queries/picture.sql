-- A picture with its bytes (null once erased). `for_readers`: only one that a public article shows,
-- in words that are published and hold now; what stands behind its number says where.
SELECT picture.id, picture.name, picture.media_type, blob.data AS raw, blob.sha256 AS digest
FROM article_picture picture
JOIN ground_blob blob ON blob.id = picture.blob_id
WHERE picture.id = %(number)s
  AND (NOT %(for_readers)s OR EXISTS (
      SELECT FROM article_text text
      JOIN article ON article.id = text.article_id
      WHERE article.state = 'published' AND article.audience = 'public'
        AND (article.valid_until IS NULL OR article.valid_until > %(at)s)
        AND text.body LIKE '%%(picture/' || picture.id || '-%%'))

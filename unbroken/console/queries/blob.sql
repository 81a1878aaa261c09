-- The bytes of a file kept by itself. Null when erased.
SELECT blob.data AS raw, blob.erased_at IS NOT NULL AS is_erased, '' AS channel
FROM ground_blob blob
WHERE blob.id = %(blob)s

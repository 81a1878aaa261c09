-- The bytes of an uploaded file.
SELECT data FROM ground_blob WHERE id = %(id)s

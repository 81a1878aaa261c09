-- The raw mail that a file came with.
SELECT raw AS data FROM intake WHERE id = %(id)s

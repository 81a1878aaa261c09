-- What many may hang on: no line and no device of one customer.
SELECT key FROM resource WHERE kind NOT IN ('line', 'cpe') ORDER BY key LIMIT 2000

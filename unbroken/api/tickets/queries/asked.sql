-- What an earlier request with the same Idempotency-Key had asked for.
SELECT envelope ->> 'asked' AS asked FROM intake WHERE id = %(intake_id)s

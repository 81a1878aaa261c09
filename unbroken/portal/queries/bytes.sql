-- The bytes of a file: kept by itself (blob), or a part of the mail it came with (raw).
SELECT (SELECT blob.data FROM ground_blob blob WHERE blob.id = %(blob)s) AS data,
       (SELECT intake.raw FROM intake
        WHERE intake.id = %(intake)s AND %(blob)s::bigint IS NULL) AS raw

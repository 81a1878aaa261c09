-- When a NAS began anew.
SELECT nas, at, kind FROM nas_restart
WHERE nas = ANY (%(nases)s) AND at > %(since)s AND at <= %(at)s AND arrived_at <= %(at)s
ORDER BY at

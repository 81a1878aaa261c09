-- Since when these teams have figures, and how many requests came on some days: whether there is
-- enough history, and how large a share of it has to be looked at.
SELECT (SELECT min(day) FROM day_figure
        WHERE figure = 'received' AND amount > 0
          AND (%(teams)s::bigint[] IS NULL OR team = ANY (%(teams)s::bigint[]))) AS since,
       (SELECT coalesce(sum(amount), 0)::bigint FROM day_figure
        WHERE figure = 'received' AND day = ANY (%(days)s)
          AND (%(teams)s::bigint[] IS NULL OR team = ANY (%(teams)s::bigint[]))) AS requests

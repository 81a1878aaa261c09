-- What is foreseen now for many requests; what was foreseen first of each stays.
INSERT INTO routing_foreseen (
    ticket_id, at, version, team_id, p50_at, p80_at, news_p50_at, news_p80_at, begins_at, before,
    first_half, first_most, first_curve, first_at
)
SELECT one.ticket_id, %(at)s, one.version, one.team_id, one.p50_at, one.p80_at, one.news_p50_at,
       one.news_p80_at, one.begins_at, one.before, one.half, one.most, one.curve, %(at)s
FROM unnest(
    %(tickets)s::bigint[], %(versions)s::int[], %(teams)s::bigint[], %(p50)s::timestamptz[],
    %(p80)s::timestamptz[], %(news50)s::timestamptz[], %(news80)s::timestamptz[],
    %(begins)s::timestamptz[], %(before)s::int[], %(halves)s::float8[], %(mosts)s::float8[],
    %(curves)s::jsonb[]
) AS one (
    ticket_id, version, team_id, p50_at, p80_at, news_p50_at, news_p80_at, begins_at, before, half,
    most, curve
)
ON CONFLICT (ticket_id) DO UPDATE
SET at = excluded.at, version = excluded.version, team_id = excluded.team_id,
    p50_at = excluded.p50_at, p80_at = excluded.p80_at, news_p50_at = excluded.news_p50_at,
    news_p80_at = excluded.news_p80_at, begins_at = excluded.begins_at, before = excluded.before,
    ended_at = NULL

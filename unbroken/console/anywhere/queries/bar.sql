-- What the bar on every page says to its agent: one question for all of it.
SELECT coalesce((SELECT has_shortcuts FROM habit WHERE agent_id = %(me)s), true) AS has_shortcuts

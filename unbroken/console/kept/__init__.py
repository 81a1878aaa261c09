"""Are promises kept: by promise, topic, team, partner, agreement, month; how long it took."""

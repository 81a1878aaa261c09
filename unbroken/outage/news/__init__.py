"""The next news of a problem: a promise with a clock, warned of in time, missed on record."""

"""The status page: what is wrong now, where, since when, when the next news comes; for everyone."""

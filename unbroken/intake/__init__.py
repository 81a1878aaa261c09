"""The door: what comes in is taken in raw, acknowledged, then read; answers leave once."""

"""The door: everything from outside is taken in raw, acknowledged, then read; answers leave once."""

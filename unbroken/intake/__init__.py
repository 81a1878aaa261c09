"""The door: everything from outside is taken in raw, acknowledged, then read; everything out leaves through here once."""

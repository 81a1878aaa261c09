"""The ground all rooms stand on: change, events, letters, words, sql. No word of the trade."""

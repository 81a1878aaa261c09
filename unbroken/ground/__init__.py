"""The ground all rooms stand on: change, events, letters, words, sql. It knows no word of the trade."""

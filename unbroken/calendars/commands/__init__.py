"""The commands of this room, each in a file of its own."""

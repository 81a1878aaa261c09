"""The desk as one more peer of the peer-neutral bench."""

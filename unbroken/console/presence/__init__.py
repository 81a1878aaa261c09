"""Who looks at a request and who writes: working state with an end, told over the live line."""

"""The list of what to do next, and the page of one ticket."""

"""Linking and merging: the other request is found by what it says, and seen beside this one."""

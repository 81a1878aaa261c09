"""Requests of another desk and what happened to them become history, from two tables.

One table holds the requests, the other their steps; which is which their headers say. What cannot
be right is refused row by row; everything else goes in. A second import writes nothing new.
"""

"""When people work: weeks, holidays, time zones; how long a span of working time is.

It never knows for whom.
"""

"""Links that fill up, told from their busy hours. Pure: weeks in, a forecast out.

`weeks.py` is what a link is judged by, `forecast.py` says when it will be full and how sure that
is, `becoming.py` says afterwards whether it came so.
"""

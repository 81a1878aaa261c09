"""Lines that will soon fail, told from what they said day by day. Pure: days in, a judgement out.

`days.py` is what a line is judged by, `climate.py` takes out what all lines have in common (the
season, a cold night), `slope.py` is the arithmetic, `judging.py` names what gets worse and how
likely it fails within four weeks, `becoming.py` says afterwards whether it did.
"""

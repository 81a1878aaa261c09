"""Who fell silent together, and at which element: a pure fold over signs in order of arrival.

`fold.Detector` hears one sign after the other and keeps the silences: an element, since when, until
when, which services. The live loop and the history run the same code, so the answer depends neither
on the order of imports nor on their number. It never writes, never tells anybody, opens nothing.

The thresholds stand in `limits.py`, each with its reason. Grouping by shared element, a baseline of
its own for each, the lowest element that explains all: facts.md section 8, consequences (a) to (d).
"""

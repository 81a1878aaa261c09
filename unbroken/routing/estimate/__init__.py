"""How much longer a request will take, learned from what happened to others. Pure.

A log of steps goes in, a distribution of the time that remains comes out. What was still open when
the log ended counts as "longer than this", never as "this long" (right-censored). The distribution
is that of requests that stood alike: a forest of small trees groups them by what was done last, in
which group, how old they are and when in the week it is; every leaf keeps a Kaplan-Meier curve.
How far its promises can be trusted is measured on later parts of the same log, and set right.
"""

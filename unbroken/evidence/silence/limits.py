"""The thresholds of the detector, each with its reason. Seconds unless the name says otherwise."""

SETTLE = 60.0
"""Silent for so long before it counts: a planned reset, a retrain or a new address is back by then
(facts.md section 8, d)."""

LINK_GAP = 90.0
"""Losses that follow each other within this belong together: a BNG misses three LCP echoes, 10 to
60 s apart depending on the vendor, before it gives a session up."""

RECENT = 900.0
"""Only losses this young can begin a silence; whoever is off longer was switched off."""

MEMBERS_MIN = 3
"""Fewer than three services that fall silent together are a coincidence or a household."""

SHARE_MIN = 0.6
"""Of those that were up below an element so many must be gone. Not all: some lines have batteries,
some customers were off, some records come late."""

CHILD_SHARE_MIN = 0.35
"""Below this a branch of an element is well, so that the element itself does not explain it all."""

PART_SHARE_MIN = 0.25
PART_MEMBERS_MIN = 5
PART_LASTS = 300.0
PART_SPREAD = 75.0
"""A part of an element (some pairs of a cable, an unknown card) counts when many of its lines go in
the same minute and stay away for five: a thunderstorm spreads over an hour and trains again."""

NEARLY = 0.85
"""A part is looked for at the lowest element that has so many of the lost lines: the others went by
themselves."""

SURPRISE_MIN = 20.0
"""How improbable it must be that so many fell silent by themselves: minus the logarithm of a bound
(Chernoff) on that probability, so that a network of 10,000 elements watched in windows of five
minutes for a year is wrong about twice."""

LOSSES_PER_SERVICE_DAY = 1.0
"""What is expected where nothing was counted yet: a household switches its modem off once a day."""

HABIT_SHARE_MAX = 0.35
"""A service is habitual at an hour when it went silent in that hour on so many of the days seen."""

BACK_SHARE = 0.9
"""When so many are back the silence is over; a few always come back on their own later."""

AGAIN_WITHIN = 900.0
"""The same element silent again so soon is the same trouble."""

MODEL_SHARE = 0.9
"""So many of the silent have one CPE model, and others beside them are well: that is firmware."""

MODEL_ELSEWHERE_MIN = 0.15
"""New firmware strikes a model everywhere: where fewer of its kind went elsewhere just then, two
things failed at once. A provider with one model only would otherwise hear of no two outages."""

POLL_LASTS = 60.0
POLL_LASTS_ALONE = 120.0
"""An element that does not answer polls is believed after a minute when its services' accounting is
missed, after two when they never said anything."""

LIVING_SHARE_MAX = 0.2
"""When more of those due to speak still do, only its management cannot be reached."""

JOINS_BEFORE = 90.0
"""A loss so shortly before a silence was named belongs to it."""

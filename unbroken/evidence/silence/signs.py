"""What the detector hears: one sign for each record that says somebody is there, or no longer."""

from typing import NamedTuple

START = "start"
ALIVE = "alive"
STOP = "stop"
NAS_UP = "nas_up"
NAS_DOWN = "nas_down"
LINE_LOST = "line_lost"
LINE_BACK = "line_back"
ELEMENT_LOST = "element_lost"
ELEMENT_BACK = "element_back"

LINK_STATUS = "LinkStatus"
"""What a poll says of a line, as `why`."""

POLLED = frozenset({LINK_STATUS, "unreachable"})

POWER = frozenset({"dying-gasp", "LPR", "power"})
LIGHT = frozenset({"LOS", "LOSi", "LOFi"})


class Sign(NamedTuple):
    """One record, reduced to what it says about presence.

    `received`, `at`: seconds since 1970, when it came to us and when it happened there. `subject`:
    a service for START, ALIVE, STOP; the key of a NAS for NAS_UP and NAS_DOWN (Accounting-On and
    Accounting-Off); otherwise the key of an element. `why`: the RFC name of Acct-Terminate-Cause,
    or the type of an alarm. `session`: NAS and Acct-Session-Id. `ref`: the record's own id.
    """

    received: float
    at: float
    kind: str
    subject: str
    nas: str = ""
    session: str = ""
    why: str = ""
    ref: int = 0

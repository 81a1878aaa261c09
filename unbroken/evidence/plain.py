"""What is wrong, in words for the customer. Pure.

Only causes that are ours to mend, or that everybody around shares: nobody is told by a machine that
it is their device, their house or their bill. No blame, no jargon, no promise.
"""

from collections.abc import Mapping

from unbroken.ground.words import Phrase, _

TOLD: Mapping[str, Phrase] = {
    "line_unstable": _("We have looked at your line: it loses its signal again and again."),
    "wet_joint": _("We have looked at your line: it suffers when it rains, as others near it do."),
    "cable_cut": _("We have looked at your line: the cable that it runs in is damaged."),
    "fibre_cut": _("We have looked at your line: a fibre that serves your area is broken."),
    "drop_fibre": _("We have looked at your line: no light comes through its fibre."),
    "optical_degradation": _("We have looked at your line: the light in its fibre grows weaker."),
    "access_node": _("We have looked at your line: the exchange that serves it is not working."),
    "uplink_down": _("We have looked at your line: the link that serves your area is down."),
    "nas_restart": _("We have looked at your line: equipment of ours began anew and cut it off."),
    "area_power": _("We have looked at your line: there is no power in your area."),
    "congestion": _("We have looked at your line: the link that serves it is full at times."),
    "line_rate_low": _("We have looked at your line: it runs slower than it should."),
    "planned_work": _("We have looked at your line: announced work is going on there."),
    "work_overran": _("We have looked at your line: announced work there takes longer than said."),
}


def plain(cause: str) -> Phrase | None:
    """The sentence for this cause; None where a person should say it, if anybody."""
    return TOLD.get(cause)

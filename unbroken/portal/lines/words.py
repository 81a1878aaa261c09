"""What we think of a line, in words meant for its customer; never what somebody else did wrong."""

from collections.abc import Mapping

from babel.dates import format_date

from unbroken.evidence.queries.filling import LinkRow
from unbroken.ground.words import Phrase, _, current_language, in_language

STATES: Mapping[str, Phrase] = {
    "up": _("Your line is connected since"),
    "down": _("Your line is not connected since"),
    "silent": _("We have had no news of your line since"),
    "unheard": _("We measure nothing at this service."),
}
LINE = _("The line to you is disturbed: the connection breaks on the way, not at your device.")
NETWORK = _("The trouble is in our network and strikes others too, not only you.")
POWER = _("It looks as if the power failed, at your device or in your area.")
HOME = _("The connection reaches your device. What fails lies behind it: Wi-Fi, a cable, a device.")
DESIGN = _("The connection is renewed once a day as planned; that takes seconds.")
WORK = _("Planned work was going on.")
LOGIN = _("Your device is not let in: its name or password is refused.")
SLOW = _("The line works, but slower than it should.")
ELSEWHERE = _("Your connection is well as far as we see; the trouble may lie in another network.")
WELL = _("We see nothing wrong with your connection.")
UNKNOWN = _("We see too little to say what it is.")

THINK: Mapping[str, Phrase] = {
    **dict.fromkeys(
        ("line_unstable", "wet_joint", "drop_fibre", "optical_degradation", "ppp_path"), LINE
    ),
    **dict.fromkeys(
        (
            "fibre_cut",
            "cable_cut",
            "access_node",
            "uplink_down",
            "nas_restart",
            "congestion",
            "work_overran",
        ),
        NETWORK,
    ),
    **dict.fromkeys(("area_power", "customer_power"), POWER),
    **dict.fromkeys(("home_network", "access_mode_changed", "cpe_firmware"), HOME),
    **dict.fromkeys(("planned_reset", "cpe_scheduled_reconnect"), DESIGN),
    **dict.fromkeys(("line_rate_low", "quota_reached"), SLOW),
    "planned_work": WORK,
    "login_rejected": LOGIN,
    "elsewhere": ELSEWHERE,
    "no_fault_found": WELL,
}
"""By the key of the verdict; any other is `UNKNOWN`."""

FULL_NOW = _("Your line is full in the busiest hours of the evening.")
FULL_ABOUT = _("Your line gets fuller. It will likely be full in the evenings about {likely}.")


def fullness(link: LinkRow) -> str:
    """Whether, or about when, it is full; only of a line that stands on the list."""
    likely = link.on(link.likely)
    if link.is_full or likely is None:
        return in_language(FULL_NOW)
    locale = {"en": "en_GB"}.get(current_language(), current_language())
    return in_language(FULL_ABOUT, likely=format_date(likely, format="medium", locale=locale))

"""What kinds of breaks, states, levels and records are called."""

from collections.abc import Mapping

from unbroken.evidence import facts
from unbroken.ground.words import Phrase, _

KINDS: Mapping[str, Phrase] = {
    "line": _("The line lost sync"),
    "light": _("The light was lost"),
    "power": _("Power was lost there"),
    "network": _("The network ended it"),
    "session": _("Only the session was lost"),
    "unsaid": _("Lost, and nobody read the line"),
    "user": _("The customer's device hung up"),
    "design": _("By design: period or clock"),
}
NOW: Mapping[str, Phrase] = {
    "up": _("Connected since {time}"),
    "down": _("Not connected since {time}"),
    "silent": _("No news of the open session since {time}"),
    "unheard": _("No session was ever heard of"),
}
RECORDS: Mapping[str, Phrase] = {
    "session_start": _("Session began"),
    "session_stop": _("Session ended"),
    "reading": _("Reading"),
    "alarm": _("Alarm"),
    "log_line": _("Log line"),
    "accounting_on": _("The NAS began anew"),
    "accounting_off": _("The NAS went down"),
    "access_reject": _("Log-in refused"),
    "planned_window": _("Planned work"),
    "request": _("Request"),
    "inventory": _("Inventory"),
    "lost_together": _("Lost together"),
    "gasped_together": _("Power lost together"),
}
LEVELS: Mapping[str, tuple[Phrase, str, float]] = {
    facts.MARGIN_DOWN: (_("Noise margin down"), "dB", 0.1),
    facts.MARGIN_UP: (_("Noise margin up"), "dB", 0.1),
    facts.ATTENUATION_DOWN: (_("Attenuation down"), "dB", 0.1),
    facts.LIGHT: (_("Optical power received"), "dBm", 0.001),
    facts.RATE_DOWN: (_("Rate down"), "Mbit/s", 0.001),
}
"""Name of a reading → what it is called, its unit, and what its figures are multiplied by."""

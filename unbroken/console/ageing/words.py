"""What is said of a line that gets worse, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from unbroken.evidence.ageing.days import ERRORED, LIGHT, MARGIN, RETRAINS
from unbroken.ground.words import Phrase, _, in_language

SIGNS: dict[str, Phrase] = {
    MARGIN: _("The noise margin sinks"),
    LIGHT: _("The received light fades"),
    ERRORED: _("Errored seconds grow"),
    RETRAINS: _("It trains more and more often"),
}
_NOW: dict[str, Phrase] = {
    MARGIN: _("{level} dB, {change} dB a week; below {floor} dB it no longer holds"),
    LIGHT: _("{level} dBm, {change} dB a week; below {floor} dBm it no longer holds"),
    ERRORED: _("{level} s a day, {change} s a week; from {floor} s on it is felt"),
    RETRAINS: _("{level} a day, {change} a week; from {floor} on it is felt"),
}
_BETWEEN = _("in {soonest} to {latest} days")
_FROM = _("in {soonest} days at the soonest")
_NOW_THERE = _("it is there already")

BECAME: dict[str, Phrase] = {
    "open": _("not known yet"),
    "failed": _("failed"),
    "mended": _("mended before"),
    "held": _("did not fail"),
    "unknown": _("no records since"),
}


def numbers(sign: Mapping[str, Any]) -> str:
    """Where it stands, how it moves, where it no longer holds."""
    places = 1 if sign["kind"] in (MARGIN, LIGHT, RETRAINS) else 0
    return in_language(
        _NOW[sign["kind"]],
        level=f"{sign['level']:.{places}f}".replace("-", "−"),
        change=f"{sign['a_week']:+.{places}f}".replace("-", "−"),
        floor=f"{sign['floor']:.0f}".replace("-", "−"),
    )


def when(sign: Mapping[str, Any]) -> str:
    """When it gets there, if it goes on as it does (nine in ten)."""
    soonest, latest = sign["soonest"], sign["latest"]
    if soonest == 0:
        return in_language(_NOW_THERE)
    if soonest is None:
        return ""
    if latest is None:
        return in_language(_FROM, soonest=soonest)
    return in_language(_BETWEEN, soonest=soonest, latest=latest)

"""What was found on a line, in one short line of the story."""

from collections.abc import Mapping
from typing import Any

from unbroken.evidence import wording
from unbroken.evidence.judging import UNKNOWN
from unbroken.ground.words import _, in_language

FOUND = _("Looked at the line: {cause} ({percent} % certain)")
IT_WAS = _("What it really was: {cause}")
FOUND_NOTHING = _("Looked at the line: {cause}")


def looked_words(data: Mapping[str, Any]) -> str:
    """The finding that the relay noted."""
    cause = str(data.get("cause"))
    if cause == UNKNOWN:
        return in_language(FOUND_NOTHING, cause=wording.label(cause))
    percent = round(float(data.get("certainty") or 0) * 100)
    return in_language(FOUND, cause=wording.label(cause), percent=percent)


def cause_words(data: Mapping[str, Any]) -> str:
    """The true cause, as it was recorded."""
    return in_language(IT_WAS, cause=wording.label(str(data.get("cause"))))

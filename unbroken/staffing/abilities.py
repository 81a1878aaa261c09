"""What somebody can do: how well they know a skill, what they may grant, how much at once."""

from collections.abc import Mapping
from typing import Final

from unbroken.ground.change import Refused
from unbroken.ground.words import Phrase, _

LEVELS: Final = (1, 2, 3)
GRANTS: Final[Mapping[str, Phrase]] = {
    "credit": _("a credit, up to"),
    "quota": _("more quota, in GB up to"),
    "reboot": _("a reboot of a device"),
}
"""What may be granted; a reboot is granted or not (1), the others have a limit."""

CAPACITY: Final[Mapping[str, Phrase]] = {
    "all": _("Requests in hand at once"),
    "phone": _("of them by phone"),
    "chat": _("of them by chat"),
    "mail": _("of them by mail"),
}
LIMIT_MAX: Final = 10_000


def checked(**given: Mapping[str, int] | None) -> dict[str, dict[str, int] | None]:
    """The same as it is kept: nothing that is nothing, in one order."""
    for values in given.values():
        if any(not 0 <= value <= LIMIT_MAX for value in (values or {}).values()):
            raise Refused("agent.bad_abilities")
    if any(value not in LEVELS for value in (given.get("levels") or {}).values()):
        raise Refused("agent.bad_abilities")
    return {name: _kept(values) for name, values in given.items()}


def _kept(values: Mapping[str, int] | None) -> dict[str, int] | None:
    if values is None:
        return None
    return {key: value for key, value in sorted(values.items()) if value}


def skills_of(text: str) -> tuple[list[str], dict[str, int]]:
    """Skills as people type them, "routers 3, billing", and their levels where one is said."""
    names: list[str] = []
    levels: dict[str, int] = {}
    for part in text.split(","):
        words = part.split()
        level = int(words[-1]) if len(words) > 1 and words[-1] in {"1", "2", "3"} else 1
        name = " ".join(words[:-1] if len(words) > 1 and words[-1] in {"1", "2", "3"} else words)
        if name and name not in names:
            names.append(name)
            if level > 1:
                levels[name] = level
    return names, levels


def as_text(skills: tuple[str, ...], levels: Mapping[str, int]) -> str:
    """The way back."""
    return ", ".join(f"{one} {levels[one]}" if one in levels else one for one in skills)

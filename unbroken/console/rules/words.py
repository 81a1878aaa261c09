"""How a rule is told of: in the story of a request, and why it acted or did not."""

from collections.abc import Mapping
from typing import Any

from unbroken.ground.change import Refused
from unbroken.ground.words import _, in_language
from unbroken.routines.guard import TRIPPED
from unbroken.routines.queries.rules import kept_rules
from unbroken.routines.triggers import BASES, TRIGGERS

ACTED = _("Rule “{name}” acted")
REFUSED = _("Rule “{name}” could not do it")
STOPPED = _("Rule “{name}”: {why}")
GONE = _("a rule")
DID, DID_NOT = _("done"), _("not done")
HOURS = _("{hours} h {base}")


def rule_words(data: Mapping[str, Any]) -> str:
    """One line of the story."""
    names = {int(one.id): one.sheet.name for one in kept_rules()}
    name = names.get(int(data.get("rule", 0))) or in_language(GONE)
    outcome = str(data.get("outcome", ""))
    if outcome in TRIPPED:
        return in_language(STOPPED, name=name, why=in_language(TRIPPED[outcome]))
    return in_language(REFUSED if outcome == "refused" else ACTED, name=name)


def outcome_words(outcome: str, why: Mapping[str, Any]) -> str:
    """With which result."""
    if outcome in TRIPPED:
        return in_language(TRIPPED[outcome])
    refusal = why.get("refusal") or {}
    if refusal.get("key"):
        said = Refused(refusal["key"], **refusal.get("values", {})).in_words()
        return f"{in_language(DID if outcome == 'done' else DID_NOT)}: {said}"
    return in_language(DID)


def starts_words(on: tuple[str, ...], base: str, hours: int) -> str:
    """What starts it."""
    if base:
        return in_language(HOURS, hours=hours, base=in_language(BASES[base]))
    return ", ".join(in_language(TRIGGERS[key][0]) for key in on)

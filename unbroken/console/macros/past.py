"""Who changed a macro, a rule or what recurs, in which part, and whether it can be taken back."""

import json
from collections.abc import Mapping
from typing import Any

from unbroken.console.admin.history import SHOWN_MAX, Deed, actor_names, says
from unbroken.ground.log import events_of, words_of
from unbroken.ground.words import Phrase, _, in_language
from unbroken.routines.conditions import LABELS
from unbroken.routines.steps import KINDS

PARTS: Mapping[str, Phrase] = {
    "name": _("Name"),
    "scope": _("Who is offered it"),
    "owner": _("Who is offered it"),
    "then": _("And then"),
    "active": _("In use"),
    "conditions": _("When it is offered"),
    "steps": _("What it does"),
    "on": _("What starts it"),
    "after": _("What starts it"),
    "stop": _("No rule after it"),
    "schedule": _("When"),
    "ticket": _("What it makes"),
}
WRITTEN = _("Written")


def past(stream: str) -> list[Deed]:
    """What happened to it, the newest first; the last change can be taken back."""
    happened = events_of([stream])[::-1][:SHOWN_MAX]
    names = actor_names(event.by for event in happened)
    ids = [one for event in happened for one in (event.data.get("body"), event.data.get("was"))]
    bodies = {key: json.loads(text) for key, text in words_of(ids).items() if text}
    return [
        Deed(
            says=says(event),
            details=tuple(
                _details(
                    bodies.get(event.data.get("was", 0)), bodies.get(event.data.get("body", 0))
                )
            ),
            by=names[event.by],
            at=event.at,
            version=event.version,
            may_undo=number == 0 and event.data.get("was") in bodies,
        )
        for number, event in enumerate(happened)
    ]


def _details(was: dict[str, Any] | None, now: dict[str, Any] | None) -> list[str]:
    """The parts that differ."""
    if was is None or now is None:
        return [in_language(WRITTEN)] if now is not None else []
    found: list[str] = []
    for part in now:
        if was.get(part) == now[part]:
            continue
        label = in_language(PARTS.get(part, Phrase(part)))
        inner = _inner(part, was.get(part), now[part])
        found.append(f"{label}: {inner}" if inner else label)
    return list(dict.fromkeys(found))


def _inner(part: str, was: Any, now: Any) -> str:
    words = {"conditions": LABELS, "steps": KINDS}.get(part)
    if words is None or not isinstance(was, dict):
        return "" if isinstance(now, dict | list) else f"{was} → {now}"
    changed = [key for key in words if was.get(key) != now.get(key)]
    return ", ".join(in_language(words[key]) for key in changed)

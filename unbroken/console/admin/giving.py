"""How a queue gives its work to people, and who would be given an example now and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from unbroken.console.access import AgentRequest
from unbroken.console.admin.history import SHOWN, Shown
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.routing.assignment_people import candidates, needs_of
from unbroken.routing.choosing import PULL, WAYS, Work, choose
from unbroken.routing.reasons import ASIDE, in_words
from unbroken.routing.reasons import WAYS as WAY_WORDS
from unbroken.routing.triage import QueueRow
from unbroken.staffing import queries as staffing
from unbroken.staffing.abilities import as_text, skills_of

MINUTES_MAX = 1439


@dataclass(frozen=True, slots=True)
class WouldGet:
    """Who of a team would be given it; each of the others, and why not."""

    who: str
    why: str
    others: tuple[tuple[str, str], ...]


def would_get(queue: QueueRow, *, language: str, channel: str = "mail") -> WouldGet | None:
    """None where people take work themselves."""
    if queue.way == PULL:
        return None
    work = Work(language, channel, needs_of(queue))
    found = choose(work, candidates(queue.team_id, at=now()), way=queue.way, at=now())
    ids = [*found.aside, *([found.agent_id] if found.agent_id else [])]
    names = staffing.agent_names(ids)
    return WouldGet(
        names.get(found.agent_id or 0, ""),
        in_words(found.reasons),
        tuple((names[who], in_language(ASIDE[why])) for who, why in found.aside.items()),
    )


def values(request: AgentRequest, teams: Mapping[str, int]) -> dict[str, object]:
    """What the form says, as `set_queue` takes it."""
    data = request.POST
    names, levels = skills_of(data.get("skills", "")[:500].replace("\0", ""))
    minutes, credit = data.get("untouched", ""), data.get("credit", "")
    return {
        "way": data.get("way") if data.get("way") in WAYS else PULL,
        "skills": {one: levels.get(one, 1) for one in names},
        "grants": {"credit": int(credit[:5])} if _is_number(credit) and int(credit[:5]) else {},
        "untouched_minutes": min(int(minutes[:5]), MINUTES_MAX) if _is_number(minutes) else 0,
        "else_team": teams.get(data.get("else_team", ""), 0),
    }


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def choices() -> dict[str, object]:
    """What there is to choose from."""
    return {
        "ways": [(key, in_language(word)) for key, word in WAY_WORDS.items()],
        "skills_text": lambda row: as_text(
            tuple(row.skills), {key: level for key, level in row.skills.items() if level > 1}
        ),
    }


def _way(value: object) -> str:
    return in_language(WAY_WORDS[str(value)]) if str(value) in WAY_WORDS else str(value)


def _team(value: object) -> str:
    return next((one.name for one in staffing.every_team() if one.id == value), "")


SHOWN.update(
    {
        "way": Shown(_("How work is given"), _way),
        "untouched_minutes": Shown(_("Comes back untouched after minutes")),
        "else_team": Shown(_("When nobody is there"), _team),
    }
)

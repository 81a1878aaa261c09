"""Requests below the one that is answered: who of them gets the answer, and in which words.

Each is told in its own customer's language where there are words in it. One on which somebody
wrote meanwhile stops the answer once, like news on the request itself, and is left out from then
on unless it is ticked again.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from babel import Locale, UnknownLocaleError
from django.http import QueryDict

from unbroken.console.access import sight
from unbroken.console.tickets.choices import names
from unbroken.console.tickets.meanwhile import News, news_of
from unbroken.conversation import state as record_state
from unbroken.conversation.actions.pass_on import FILLED_BELOW
from unbroken.conversation.actions.reply import Below
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries.meanwhile import said_meanwhile
from unbroken.conversation.states import OPEN
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.filling import named_in
from unbroken.ground.log import events_of, words_of
from unbroken.ground.sql import rows
from unbroken.ground.words import _, current_language
from unbroken.staffing.queries import AgentCard

refusals(
    {
        "console.no_such_gap": _(
            "{gap} cannot be filled in for the requests below. These can be: {known}."
        )
    }
)

BELOW_MAX = 500
MODE = "reply:"
"""A draft of the words in another language has the mode `reply:it`."""

_FIELD = re.compile(r"words_([a-z]{2,3})")
WORDS_MAX, LANGUAGES_MAX = 100_000, 20


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    name: str
    version: int
    who: str
    language: str
    said: Any


@dataclass(frozen=True, slots=True)
class Child:
    """An open request below the one that is answered."""

    number: int
    name: str
    version: int
    who: str
    language: str
    news: tuple[News, ...] = ()
    is_chosen: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """What those are told whose customers speak another language."""

    language: str
    called: str
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Branches:
    """All of them, and the words in each language that is not the answer's."""

    children: tuple[Child, ...] = ()
    words: tuple[Words, ...] = ()

    @property
    def seen(self) -> str:
        """Which versions stand on the page, for the form to say."""
        return " ".join(f"{one.number}:{one.version}" for one in self.children)

    @property
    def news(self) -> tuple[Child, ...]:
        """Those on which somebody wrote meanwhile."""
        return tuple(one for one in self.children if one.news)


NONE_BELOW = Branches()


def below_of(
    agent: AgentCard, number: TicketId, *, language: str, drafts: Mapping[str, str]
) -> Branches:
    """Those below a request that is answered in `language`; `drafts`: words begun, by language."""
    return _branches(_children(agent, number, {}), language, drafts)


def below_as_posted(
    agent: AgentCard, number: TicketId, *, language: str, form: QueryDict
) -> Branches:
    """The same as the form says: who is ticked, which words; with what came since it was shown."""
    seen = _seen(form)
    ticked = set(form.getlist("child"))
    children = [
        replace(one, is_chosen=str(one.number) in ticked and not one.news)
        if one.number in seen
        else one
        for one in _children(agent, number, seen)
    ]
    return _branches(children, language, words_in(form))


def told(branches: Branches, form: QueryDict) -> Below:
    """How those below are told; refused while there are gaps in the words that nothing fills."""
    words = words_in(form)
    for text in words.values():
        for gap in named_in(text):
            if gap not in FILLED_BELOW:
                known = ", ".join(f"{{{one}}}" for one in sorted(FILLED_BELOW))
                raise Refused("console.no_such_gap", gap=f"{{{gap}}}", known=known)
    return Below(
        spared=[one.number for one in branches.children if not one.is_chosen], in_languages=words
    )


def words_in(form: QueryDict) -> dict[str, str]:
    """What a form says in other languages, by language."""
    found: dict[str, str] = {}
    for key in form:
        field = _FIELD.fullmatch(key)
        if field and len(found) < LANGUAGES_MAX:
            found[field[1]] = str(form[key])[:WORDS_MAX]
    return found


def keep_drafts(agent: AgentCard, number: TicketId, words: Mapping[str, str]) -> None:
    """What is begun for those below is kept on the server, or dropped where it is empty."""
    for language, text in words.items():
        record_state.save_draft(
            agent_id=agent.id, ticket_id=number, mode=f"{MODE}{language}", text=text, at=now()
        )


def words_told(number: TicketId, message_id: int) -> dict[str, str]:
    """What an answer said in other languages to those below."""
    for event in events_of([f"ticket:{number}"]):
        if event.kind == "ticket.replied" and event.data["message"] == message_id:
            said: dict[str, int] = event.data.get("in_languages") or {}
            texts = words_of(said.values())
            return {language: texts.get(one) or "" for language, one in said.items()}
    return {}


def _seen(form: QueryDict) -> dict[int, int]:
    """The versions that stood on the page."""
    pairs = (one.partition(":") for one in form.get("below", "").split()[:BELOW_MAX])
    return {
        int(number): int(version)
        for number, _colon, version in pairs
        if number.isascii() and number.isdigit() and version.isascii() and version.isdigit()
    }


def _children(agent: AgentCard, number: TicketId, seen: Mapping[int, int]) -> list[Child]:
    found = rows(
        _Row,
        "console/tickets/queries/below.sql",
        number=number,
        seen=json.dumps(seen),
        open=sorted(OPEN),
        limit=BELOW_MAX,
        **sight(agent),
    )
    known = names(current_language())
    return [
        Child(
            one.number,
            one.name,
            one.version,
            one.who,
            one.language,
            tuple(news_of(said, known) for said in said_meanwhile(one.said)),
        )
        for one in found
    ]


def _branches(children: Sequence[Child], language: str, drafts: Mapping[str, str]) -> Branches:
    spoken = sorted({one.language for one in children} - {language})
    words = tuple(
        Words(
            one, called(one), sum(child.language == one for child in children), drafts.get(one, "")
        )
        for one in spoken
        if _FIELD.fullmatch(f"words_{one}")
    )
    return Branches(tuple(children), words)


def called(language: str) -> str:
    """A language in the reader's own."""
    try:
        return Locale.parse(language).get_display_name(current_language()) or language
    except (UnknownLocaleError, ValueError):
        return language

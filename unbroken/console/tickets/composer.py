"""Where one writes: who will read it, what was begun, what has to be said before sending."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from unbroken.console.tickets.below import MODE, NONE_BELOW, Branches
from unbroken.console.tickets.copies import Reader, as_kept, readers_of
from unbroken.console.tickets.meanwhile import News
from unbroken.console.verdict.challenge import Challenge
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Address


@dataclass(frozen=True, slots=True)
class Composer:
    """The place to write an answer or a note."""

    to: tuple[str, ...]
    readers: tuple[Reader, ...]
    can_reach: bool
    cc_more: str = ""
    mode: str = "reply"
    words: str = ""
    note: str = ""
    then: str = ""
    shared: tuple[str, ...] = ()
    """The modes whose draft colleagues may take over."""
    written_by: str = ""
    """Whose draft the answer was, before it was taken over."""
    wrong: tuple[str, ...] = ()
    news: tuple[News, ...] = ()
    below: Branches = NONE_BELOW
    in_languages: Mapping[str, str] = field(default_factory=dict)
    """What was begun for those below, by language."""
    challenge: Challenge | None = None
    """The records of the line contradict what was written."""
    is_held: bool = False
    """It came by mail and was not sent."""

    @property
    def is_stale(self) -> bool:
        """Something came while this was written, or it was stopped for another reason."""
        return self.is_held or bool(self.news or self.below.news or self.challenge)


NOBODY = Composer(to=(), readers=(), can_reach=False)


def composer_for(
    number: TicketId, begun: Sequence[Sequence[str]], heard: Iterable[Address] = ()
) -> Composer:
    """Empty, or with what this agent had begun to write. `heard`: in copy of what was said last."""
    goes_to = record.reply_goes_to(number)
    drafts = {one[0]: one[1] for one in begun}
    shared = tuple(one[0] for one in begun if one[2] == "true")
    writers = {one[0]: one[3] for one in begun}
    kept = {one[0]: json.loads(one[4]) for one in begun}.get("reply", [])
    draft, note = drafts.get("reply", ""), drafts.get("note", "")
    return Composer(
        to=tuple(worded(one) for one in goes_to.to) if goes_to else (),
        readers=as_kept(readers_of(number, goes_to, [*_offered(kept), *heard]), dict(kept)),
        can_reach=goes_to is not None,
        words=draft,
        note=note,
        shared=shared,
        written_by=writers.get("reply", ""),
        mode="note" if note and not draft else "reply",
        in_languages={
            mode.removeprefix(MODE): text for mode, text in drafts.items() if mode.startswith(MODE)
        },
    )


def _offered(kept: Iterable[tuple[str, bool]]) -> list[Address]:
    return [("", address) for address, _is_chosen in kept]


def worded(address: tuple[str, str]) -> str:
    """Anneke de Wit <anneke@home.example>"""
    name, at = address
    return f"{name} <{at}>" if name and at else name or at

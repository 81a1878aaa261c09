"""What can happen to a canned answer: it is set, and taken out of use."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.ground.words import LANGUAGES
from unbroken.knowledge.events import CannedSet
from unbroken.knowledge.ids import CannedId
from unbroken.knowledge.models import CannedAnswer, CannedText
from unbroken.knowledge.queries.canned import asserting
from unbroken.knowledge.variables import VARIABLES, named_in

LETTERS_MAX = 10_000
_NAME = re.compile(r"[\w-]{1,40}")


def set_canned_answer(
    *,
    name: str,
    texts: Mapping[str, str],
    topic_id: int | None = None,
    active: bool = True,
    asserts: str | None = None,
    canned_id: CannedId | None = None,
    by: Actor,
    at: datetime,
) -> CannedId:
    """Add a canned answer, or change one; an empty text takes a language away.

    `asserts`: the key of the cause it says is so; empty when it says none, None leaves that as is.

    The same as before changes nothing.
    """
    _check(name, texts, canned_id)
    asserting.forget()
    if canned_id is None:
        with begin(CannedAnswer, by=by, at=at) as canned:
            wanted = (name, topic_id, active, asserts or "")
            _set(canned, wanted, texts, known={}, is_new=True)
        return CannedId(canned.id)
    with change(CannedAnswer, canned_id, by=by, at=at) as canned:
        known = {text.language: text for text in CannedText.objects.filter(canned=canned_id)}
        says = canned.asserts if asserts is None else asserts
        _set(canned, (name, topic_id, active, says), texts, known=known, is_new=False)
    return canned_id


def _check(name: str, texts: Mapping[str, str], canned_id: int | None) -> None:
    if not _NAME.fullmatch(name):
        raise Refused("canned.no_name")
    if CannedAnswer.objects.filter(name=name).exclude(pk=canned_id or 0).exists():
        raise Refused("canned.name_taken", name=name)
    for language, text in texts.items():
        if language not in LANGUAGES:
            raise Refused("article.unknown_language", tongue=language)
        if len(text) > LETTERS_MAX:
            raise Refused("article.too_long", letters=LETTERS_MAX)
        for variable in named_in(text):
            if variable not in VARIABLES:
                known = ", ".join(f"{{{one}}}" for one in VARIABLES)
                raise Refused("canned.unknown_variable", name=variable, known=known)


def _set(
    canned: Any,
    wanted: tuple[str, int | None, bool, str],
    texts: Mapping[str, str],
    *,
    known: Mapping[str, CannedText],
    is_new: bool,
) -> None:
    new = _new_texts(texts, known)
    left = {one.language: one.text for one in (*known.values(), *new)}
    if not any(left.values()):
        raise Refused("canned.says_nothing")
    before = (canned.name, canned.topic_id, canned.active, canned.asserts)
    if not is_new and not new and before == wanted:
        return
    canned.name, canned.topic_id, canned.active, canned.asserts = wanted
    bodies = []
    for text in new:
        text.canned_id = canned.id
        canned.add(text)
        bodies.append(canned.said(text.text, whose=canned.by))
    canned.tell(
        CannedSet(
            name=wanted[0],
            languages=tuple(text.language for text in new),
            bodies=tuple(bodies),
            topic=wanted[1],
            active=wanted[2],
            asserts=wanted[3],
        )
    )


def _new_texts(texts: Mapping[str, str], known: Mapping[str, CannedText]) -> list[CannedText]:
    new = []
    for language, given in sorted(texts.items()):
        words = given.replace("\r\n", "\n").strip()
        text = known.get(language) or CannedText(language=language, text="")
        if text.text != words:
            text.text = words
            new.append(text)
    return new

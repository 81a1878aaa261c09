"""A macro or a rule as a form sends it, and what its selects offer."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from unbroken.calendars.soon import PRESETS
from unbroken.console.dashboards.naming import CHANNELS
from unbroken.console.macros.telling import STATUSES, UNTIL_ANSWER
from unbroken.console.tickets import labels
from unbroken.console.tickets.choices import NOTHING, Choice, choices
from unbroken.ground.words import LANGUAGES, Phrase, _, in_language
from unbroken.routines.conditions import CHOICES, ONE_OF, WORDS
from unbroken.routines.parts import DUES
from unbroken.routines.steps import KINDS, ME, STATES, WORDED

TO_ME = _("Whoever does the macro")
EITHER, YES, NO = _("either"), _("yes"), _("no")


def conditions_in(post: QueryDict) -> dict[str, Any]:
    """The conditions of a form: `if_topic`, `if_tag` …"""
    found: dict[str, Any] = {key: _clean(post.getlist(f"if_{key}")) for key in ONE_OF}
    found |= {key: _words(post.get(f"if_{key}", "")) for key in WORDS}
    return found | {key: post.get(f"if_{key}", "") for key in CHOICES}


def steps_in(post: QueryDict) -> dict[str, Any]:
    """The steps of a form: `do_state`, `do_note_en` …"""
    found: dict[str, Any] = {}
    for kind in KINDS:
        if kind in WORDED:
            found[kind] = {
                one: post.get(f"do_{kind}_{one}", "").replace("\0", "") for one in LANGUAGES
            }
        elif kind in ("add", "remove"):
            found[kind] = post.get(f"do_{kind}", "").replace("\0", "").replace(",", " ").split()
        else:
            found[kind] = post.get(f"do_{kind}", "").replace("\0", "")
    return found


def offers(*, is_rule: bool = False) -> dict[str, list[Choice]]:
    """What the selects of the form offer."""
    every = choices(())
    people = [one for one in every["agents"] if one != NOTHING]
    me: list[Choice] = [] if is_rule else [(ME, in_language(TO_ME))]
    return {
        "topics": [one for one in every["topics"] if one != NOTHING],
        "teams": [one for one in every["teams"] if one != NOTHING],
        "people": people,
        "hands": [NOTHING, *me, *people],
        "channels": _worded(CHANNELS),
        "statuses": _worded(STATUSES),
        "types": _worded(labels.TYPES),
        "priorities": _worded(labels.PRIORITIES),
        "states": [NOTHING, *_worded(STATES)],
        "dues": [NOTHING, *_worded(DUES)],
        "sleeps": [
            NOTHING,
            *((key, in_language(says)) for key, (says, _when) in PRESETS.items()),
            ("answer", in_language(UNTIL_ANSWER)),
        ],
        "either": [("", in_language(EITHER)), ("yes", in_language(YES)), ("no", in_language(NO))],
    }


def _worded(words: Mapping[str, Phrase]) -> list[Choice]:
    return [(key, in_language(word)) for key, word in words.items()]


def _clean(values: list[str]) -> list[str]:
    return [value.replace("\0", "") for value in values]


def _words(text: str) -> list[str]:
    return [word for word in text.replace("\0", "").replace(",", " ").split() if word]

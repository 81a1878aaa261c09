"""The template engine: our words, addresses and clocks, and nothing that could run a query.

An unknown name in a template is an error, not an empty string.
"""

import os
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from babel.numbers import format_decimal
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from unbroken.ground import pages, time_words
from unbroken.ground.clock import now
from unbroken.ground.words import catalogue, current_language, in_language, in_number
from unbroken.house import worded
from unbroken.house.links import linked
from unbroken.intake.ways import us

LANGUAGE_NAMES = {"en": "English", "ru": "Русский", "it": "Italiano"}


def environment(**options: Any) -> worded.Engine:
    """What Django's Jinja2 backend calls once at the start."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    options["extensions"] = [*options.get("extensions", ()), "jinja2.ext.i18n"]
    folder = options.pop("compiled_in", None) or _compiled_before()

    def make(kind: type[Environment], language: str) -> Environment:
        kept = worded.CompiledBefore(folder, language) if folder else None
        return _furnished(kind(bytecode_cache=kept, **options))

    return worded.engine(make)


def _furnished(env: Environment) -> Environment:
    """With the names that every page may use."""
    env.install_gettext_callables(_plain, _plain_number, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        {
            "_": in_language,
            "ngettext": in_number,
            "url": url,
            "static": lru_cache(maxsize=256)(static),
            "icon": icon,
            "sign": icon,
            "language": current_language,
            "languages": LANGUAGE_NAMES,
            "now": now,
            "look": look,
            "told": told,
            "made_once": made_once,
            "us": us,
            "option_tags": option_tags,
        }
    )
    env.filters.update(
        {
            "when": when,
            "day": time_words.day,
            "how_long": time_words.how_long,
            "left": left,
            "wall": wall,
            "iso": time_words.iso,
            "initials": initials,
            "bytes": byte_words,
            "number": number_words,
            "hundredths": hundredths,
            "worded": in_language,
            "linked": linked,
        }
    )
    return env


def _compiled_before() -> str:
    """Where templates compiled by an earlier start are, so that the first reader does not wait."""
    folder = settings.UNBROKEN.data / "templates"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:  # no data folder, or not ours
        return ""
    return str(folder) if os.access(folder, os.W_OK) else ""


def url(name: str, *args: Hashable) -> str:
    """The address of a named page; where numbers stand in it is worked out once."""
    if args and all(type(arg) is int and 0 < arg < _STAND_IN for arg in args):
        shape = _shape(name, len(args))
        if shape:
            return shape % args
    return _url(name, *args)


@lru_cache(maxsize=4096)
def _url(name: str, *args: Hashable) -> str:
    return reverse(name, args=args)


@cache
def _shape(name: str, count: int) -> str:
    """An address with %d for each of its numbers; empty when it is not of that kind."""
    stand_ins = [_STAND_IN + place for place in range(count)]
    try:
        whole = reverse(name, args=stand_ins)
    except NoReverseMatch:
        return ""
    shape = whole.replace("%", "%%")
    for stand_in in stand_ins:
        if shape.count(str(stand_in)) != 1:
            return ""
        shape = shape.replace(str(stand_in), "%d")
    return shape if shape % tuple(stand_ins) == whole else ""


_STAND_IN = 987_654_321_000
"""No page that takes a number takes only smaller ones (`console.converters`)."""


@lru_cache(maxsize=1024, typed=True)
@lru_cache(maxsize=1024, typed=True)
def icon(name: str, label: str = "") -> Markup:
    """A sign from our own sheet; without a label it is only an ornament."""
    heard = Markup('role="img" aria-label="{}"').format(label) if label else 'aria-hidden="true"'
    return Markup('<svg class="icon" {}><use href="{}#{}"></use></svg>').format(
        Markup(heard), static("unbroken/icons.svg"), name
    )


def made_once(*key: Hashable, caller: Callable[[], Markup]) -> Markup:
    """A part that is the same on every page of a language, made by the first that needs it."""
    whole = (current_language(), *key)
    if whole not in _made:
        _made[whole] = caller()
    return _made[whole]


_made: dict[tuple[Hashable, ...], Markup] = {}


def option_tags(choices: Iterable[tuple[object, str]], chosen: object) -> Markup:
    """What a select offers: made here, since a long one takes a template long."""
    wanted = str(chosen)
    return Markup(
        "\n".join(
            f'<option value="{escape(key)}"{" selected" if str(key) == wanted else ""}>'
            f"{escape(text)}</option>"
            for key, text in choices
        )
    )


@pass_context
def look(context: Context) -> dict[str, str]:
    """The theme and density of this browser; empty: as the system has it."""
    request = context.get("request")
    if isinstance(request, HttpRequest):
        return pages.look_of(request)
    return {"theme": "", "density": ""}


@pass_context
def told(context: Context) -> list[dict[str, str]]:
    """What has to be said on this page, once."""
    request = context.get("request")
    return pages.told(request) if isinstance(request, HttpRequest) else []


def when(at: datetime, zone: str = "UTC") -> str:
    """The time of an event, as short as it is clear today."""
    return time_words.when(at, now(), zone)


def left(due_at: datetime) -> str:
    """How long a promise still has."""
    return time_words.left(due_at, now())


def wall(zone: str) -> str:
    """What the clock on the wall shows there now."""
    return time_words.wall(now(), zone)


def initials(name: str) -> str:
    """AW for Anneke de Wit."""
    words = [word for word in name.split() if word[:1].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def byte_words(size: int) -> str:
    """12 kB, 3.4 MB."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"


def number_words(number: int) -> str:
    """1,204 as the reader's language writes it."""
    return str(format_decimal(number, locale=current_language()))


def hundredths(number: float) -> str:
    """99.37 as the reader's language writes it."""
    return str(format_decimal(number, "0.00", locale=current_language()))


def _plain(text: str) -> str:
    return catalogue(current_language()).gettext(text)


def _plain_number(singular: str, plural: str, n: int) -> str:
    return catalogue(current_language()).ngettext(singular, plural, n)

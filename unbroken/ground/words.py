"""Sentences for people, in their language; made at the face, never stored.

The English sentence is its own key. `_("…")` marks one without translating it;
`in_language` words it. Catalogues are the `.po` files in `unbroken/house/locale/`,
read as they are, so there is nothing to compile and nothing to forget.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from unbroken.ground.catalogues import read_catalogue

LANGUAGES = ("en", "ru", "it")
LOCALE = Path(__file__).parent.parent / "house" / "locale"

_language: ContextVar[str] = ContextVar("language", default="en")


class Phrase(str):
    """A sentence marked for translation; as text it is the English original."""

    __slots__ = ()


def _(text: str) -> Phrase:
    """Mark a sentence. Values are named in braces and filled in by `in_language`."""
    return Phrase(text)


def supported(language: str | None) -> str:
    """The nearest language we speak: `ru-RU` is `ru`, unknown ones are English."""
    base = (language or "en").replace("_", "-").split("-")[0].lower()
    return base if base in LANGUAGES else "en"


def current_language() -> str:
    """The language of the person whose request this is."""
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything worded inside is in this language."""
    token = _language.set(supported(language))
    try:
        yield
    finally:
        _language.reset(token)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """All translated sentences of a language; English translates to itself."""
    path = LOCALE / f"{language}.po"
    if language == "en" or not path.exists():
        return gettext.NullTranslations()
    return read_catalogue(path)


def in_language(text: str, language: str | None = None, /, **values: object) -> str:
    """The sentence in a language (default: the current one), its values filled in.

    A value that is itself a marked phrase is translated too.
    """
    chosen = supported(language) if language else current_language()
    sentence = catalogue(chosen).gettext(text)
    if not values:
        return sentence
    worded = {
        name: in_language(value, chosen) if isinstance(value, Phrase) else value
        for name, value in values.items()
    }
    return sentence.format(**worded)


def in_number(singular: str, plural: str, n: int, language: str | None = None) -> str:
    """The sentence in the plural form that `n` takes; `{n}` is filled in."""
    chosen = supported(language) if language else current_language()
    return catalogue(chosen).ngettext(singular, plural, n).format(n=n)

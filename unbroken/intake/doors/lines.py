"""The lines a mail server hears: commands and their addresses, taken apart. Pure.

Strict about what could deceive (control characters, two addresses in one line), tolerant
about what senders get wrong (missing brackets, a space after the colon, capitals).
"""

import re
from dataclasses import dataclass

ADDRESS_MAX = 512

_PATH = re.compile(r"\s*(?:<([^<>]*)>|([^<>\s]+))((?:\s+[^\s]+)*)\s*")
_ROUTE = re.compile(r"@[^:,]+(?:,@[^:,]+)*:")
_PARAMETER = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*)(?:=(\S*))?")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


class NotUnderstood(Exception):
    """The line makes no sense: the reply to give."""


@dataclass(frozen=True, slots=True)
class Path:
    """An address as the envelope names it, and the parameters behind it."""

    address: str
    parameters: dict[str, str]


def command_of(line: bytes) -> tuple[str, str]:
    """The verb in capitals, and what follows it."""
    text = line.decode("utf-8", "replace")
    if _CONTROLS.search(text.replace("\t", " ")):
        raise NotUnderstood("500 5.5.2 Control characters are not part of any command")
    verb, _, rest = text.strip().partition(" ")
    return verb.upper(), rest.strip()


def path_of(rest: str, word: str) -> Path:
    """`FROM:<anneke@home.example> SIZE=100` taken apart; `word` is FROM or TO."""
    head, colon, tail = rest.partition(":")
    if not colon or head.strip().upper() != word:
        raise NotUnderstood(f"501 5.5.4 Say {word}:<address>")
    found = _PATH.fullmatch(tail)
    if found is None:
        raise NotUnderstood("501 5.1.7 This address cannot be read")
    address = _ROUTE.sub("", (found[1] if found[1] is not None else found[2]).strip(), count=1)
    if len(address) > ADDRESS_MAX:
        raise NotUnderstood("501 5.1.7 This address is too long")
    return Path(address, _parameters(found[3]))


def _parameters(text: str) -> dict[str, str]:
    found = {}
    for word in text.split():
        parameter = _PARAMETER.fullmatch(word)
        if parameter is None:
            raise NotUnderstood("501 5.5.4 One address at a time")
        found[parameter[1].upper()] = parameter[2] or ""
    return found

"""Address lists as senders write them: linear in their length, never an exception."""

import re
from typing import Final

from unbroken.intake.inbound import Mailbox
from unbroken.intake.mail import headers

ADDRESSES_MAX: Final = 20_000

_SIMPLE: Final = re.compile(
    r'\s*(?:"([^"\\]*)"|([^"<>@,;:()\\]*?))\s*<([^<>\s@,;:"()]+@[^<>\s@,;:"()]+)>\s*'
)
_BARE: Final = re.compile(r'\s*([^<>\s@,;:"()]+@[^<>\s@,;:"()]+)\s*')
_TOKEN: Final = re.compile(r'\\.|[",;:<>()]|[^\\",;:<>()]+|\\', re.DOTALL)
_MAIL: Final = re.compile(
    r'[^\s<>,;:"()\[\]@]{1,320}@(?:[^\s<>,;:"()\[\]@]{1,320}|\[[0-9a-fA-F.:]{1,60}\])'
)


def addresses(value: str, hint: str = "") -> tuple[Mailbox, ...]:
    """Everyone named in an address field."""
    if not value:
        return ()
    bare = _BARE.fullmatch(value)
    if bare:
        return (Mailbox("", _readable_email(bare[1], hint)),)
    simple = _SIMPLE.fullmatch(value)
    if simple:
        return (_mailbox(simple[1] or simple[2] or "", simple[3], hint),)
    return tuple(_listed(value, hint))


def _listed(value: str, hint: str) -> list[Mailbox]:
    tokens = _TOKEN.findall(value)
    if tokens.count('"') % 2:
        tokens = [token for token in tokens if token != '"']
    found: list[Mailbox] = []
    entry = _Entry()
    for token in tokens:
        if entry.takes(token):
            continue
        if token == "," and entry.is_only_a_name:
            # "de Wit, Anneke <…>" without quotes: the comma belongs to the name.
            entry.words.append(", ")
            continue
        if token in (",", ";"):
            entry.close(found, hint)
            if len(found) >= ADDRESSES_MAX:
                return found
        # What stood before a colon was a group's name: its members follow.
        entry = _Entry()
    entry.close(found, hint)
    return found


class _Entry:
    """One entry of a list while it is being read."""

    __slots__ = ("angle", "comment", "has_at", "place", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.comment: list[str] = []
        self.angle: list[str] | None = None
        self.place = ""
        self.has_at = False

    @property
    def is_only_a_name(self) -> bool:
        return self.angle is None and bool(self.words) and not self.has_at

    def takes(self, token: str) -> bool:
        """Whether this token belongs to the entry; if not, it separates or closes it."""
        if len(token) == 2 and token[0] == "\\":
            token = token[1]
        elif self.place:
            if token == {"<": ">", "(": ")", '"': '"'}[self.place]:
                self.place = ""
                return True
        elif token in ('"', "(", "<"):
            self.place = token
            if token == "<":
                self.angle = []
            return True
        elif token in (",", ";") or (token == ":" and self.is_only_a_name):
            return False
        elif token in (">", ")"):
            return True
        if self.place == "<" and token in (",", ";") and self.angle:
            self.place = ""
            return False
        self._keep(token)
        return True

    def _keep(self, token: str) -> None:
        if self.place == "<" and self.angle is not None:
            self.angle.append(token)
        elif self.place == "(":
            self.comment.append(token)
        else:
            self.words.append(token)
            self.has_at = self.has_at or (not self.place and "@" in token)

    def close(self, found: list[Mailbox], hint: str) -> None:
        """Put what was read into the list."""
        words = "".join(self.words).strip().strip(",").strip()
        comment = "".join(self.comment).strip()
        if self.angle is not None:
            inside = "".join(self.angle).strip()
            address = _MAIL.search(inside.rpartition(":")[2]) if "@" in inside else None
            email = address[0] if address else inside
            if email or words:
                found.append(_mailbox(words or comment, email, hint))
        elif words:
            address = _MAIL.search(words) if "@" in words else None
            if address is None:
                found.append(Mailbox("", headers.readable(words, hint)[:500]))
            else:
                name = comment or (words[: address.start()] + words[address.end() :])
                found.append(_mailbox(name, address[0], hint))


def _mailbox(name: str, email: str, hint: str) -> Mailbox:
    name = headers.readable(name.strip(), hint)
    if len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1].strip()
    return Mailbox(name[:500], _readable_email(email, hint))


def _readable_email(email: str, hint: str) -> str:
    email = email.strip().strip("'").rstrip(".")
    if email.isascii() and "=?" not in email:
        return email[:1000]
    return headers.readable(email, hint)[:1000]

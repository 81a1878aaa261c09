"""Our mark on letters that one word answers, or that come back: a crew's pass (`w`), news to many
(`q`), the status page by mail (`s`).

It comes back in the Message-ID that is answered (`<w.NUMBER.MAC@domain>`) or in the address
(`local+wNUMBER.MAC@domain`). Nobody else can make one, so it counts whoever sends it.
"""

import base64
import hmac
import re
from typing import Final

from unbroken.intake.inbound import LetterMark

CREW, NEWS, STATUS = "w", "q", "s"
_MAC_LETTERS: Final = 16
_MARK: Final = re.compile(r"(?:\+|(?<![a-z0-9.+]))([wqs])\.?([1-9][0-9]{0,14})\.([a-z2-7]{16})@")
_LOOKED_AT_MAX: Final = 200


def letter_id(kind: str, number: int, secret: bytes, domain: str) -> str:
    """The lasting Message-ID of the letter, without <>."""
    return f"{kind}.{number}.{_mac(kind, number, secret)}@{domain}"


def letter_address(mailbox: str, kind: str, number: int, secret: bytes) -> str:
    """Where its answer goes."""
    local, _, domain = mailbox.rpartition("@")
    return f"{local}+{kind}{number}.{_mac(kind, number, secret)}@{domain}"


def read_letter_mark(text: str, secret: bytes) -> LetterMark | None:
    """The first true mark in this text."""
    for count, found in enumerate(_MARK.finditer(text.lower())):
        if count >= _LOOKED_AT_MAX:
            return None
        kind, number, mac = found.groups()
        if hmac.compare_digest(_mac(kind, int(number), secret), mac):
            return LetterMark(kind, int(number))
    return None


def looks_marked(text: str) -> bool:
    """Whether there is anything in the form of such a mark, true or not."""
    return _MARK.search(text.lower()) is not None


def _mac(kind: str, number: int, secret: bytes) -> str:
    digest = hmac.digest(secret, f"unbroken:letter:{kind}:{number}".encode(), "sha256")
    return base64.b32encode(digest[:10]).decode().lower()[:_MAC_LETTERS]

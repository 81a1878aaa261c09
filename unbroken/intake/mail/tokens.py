"""Our own mark on what we send, by which an answer finds its ticket again.

A Message-ID `<u.TICKET.DELIVERY.MAC@domain>` comes back in References, a plus address
`local+tTICKET.MAC@domain` in To. The mark is a proof (nobody else can make one), so it
counts whoever sends it. Letters may be changed to capitals or back on the way.
"""

import base64
import hmac
import re
from collections.abc import Iterator
from typing import Final

_MAC_LETTERS: Final = 16
_MESSAGE_ID: Final = re.compile(
    r"(?<![a-z0-9.])u\.([1-9][0-9]{5,11})\.([0-9]{1,18})\.([a-z2-7]{16})@"
)
_ADDRESS: Final = re.compile(r"\+t([1-9][0-9]{5,11})\.([a-z2-7]{16})@")
_TOKENS_LOOKED_AT_MAX: Final = 2_000


def message_id(ticket: int, delivery: int, secret: bytes, domain: str) -> str:
    """The lasting Message-ID of one delivery."""
    return f"<u.{ticket}.{delivery}.{_mac(f'message:{ticket}:{delivery}', secret)}@{domain}>"


def reply_address(mailbox: str, ticket: int, secret: bytes) -> str:
    """The address that answers to a ticket go to."""
    local, _, domain = mailbox.rpartition("@")
    return f"{local}+t{ticket}.{_mac(f'address:{ticket}', secret)}@{domain}"


def read_token(text: str, secret: bytes) -> int | None:
    """The ticket that the first true mark in this text belongs to."""
    return next(_true_tokens(text, secret), None)


def read_tokens(text: str, secret: bytes) -> tuple[int, ...]:
    """Every ticket truly marked in this text, in its order, each once."""
    return tuple(dict.fromkeys(_true_tokens(text, secret)))


def looks_marked(text: str) -> bool:
    """Whether there is anything in the form of our mark, true or not."""
    text = text.lower()
    return bool(_MESSAGE_ID.search(text) or _ADDRESS.search(text))


def _true_tokens(text: str, secret: bytes) -> Iterator[int]:
    text = text.lower()
    looked_at = 0
    for pattern, form in ((_MESSAGE_ID, "message"), (_ADDRESS, "address")):
        for found in pattern.finditer(text):
            looked_at += 1
            if looked_at > _TOKENS_LOOKED_AT_MAX:
                return
            *numbers, mac = found.groups()
            if hmac.compare_digest(_mac(":".join((form, *numbers)), secret), mac):
                yield int(numbers[0])


def _mac(what: str, secret: bytes) -> str:
    digest = hmac.digest(secret, f"unbroken:{what}".encode(), "sha256")
    return base64.b32encode(digest[:10]).decode().lower()[:_MAC_LETTERS]

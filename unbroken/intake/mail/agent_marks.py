"""The mark by which an agent's answer to a notice is known: whose it is, on what, knowing what.

It comes back in the address (`local+aTICKET.AGENT.SEEN.DAY.MAC@domain`) or in the Message-ID that
is answered (`<a.…@domain>`). `a` answers the customer, `n` is a note among colleagues. Unlike a
customer's mark it proves nothing alone: whoever uses it must also write from the agent's address.
"""

import base64
import hmac
import re
from dataclasses import astuple
from typing import Final

from unbroken.intake.inbound import AgentMark

_MAC_LETTERS: Final = 16
_MARK: Final = re.compile(
    r"(?:\+|(?<![a-z0-9.+]))([an])\.?([1-9][0-9]{5,11})\.([0-9]{1,10})\.([0-9]{1,10})\.([0-9]{1,6})"
    r"\.([a-z2-7]{16})@"
)
_LOOKED_AT_MAX: Final = 200


def answer_address(mailbox: str, mark: AgentMark, secret: bytes) -> str:
    """Where the agent's answer to a notice goes."""
    local, _, domain = mailbox.rpartition("@")
    letter, numbers = _written(mark)
    return f"{local}+{letter}{numbers}.{_mac(letter, numbers, secret)}@{domain}"


def notice_id(mark: AgentMark, secret: bytes, domain: str) -> str:
    """The Message-ID of the notice, without <>."""
    letter, numbers = _written(mark)
    return f"{letter}.{numbers}.{_mac(letter, numbers, secret)}@{domain}"


def read_agent_mark(text: str, secret: bytes) -> AgentMark | None:
    """The first true mark in this text."""
    for count, found in enumerate(_MARK.finditer(text.lower())):
        if count >= _LOOKED_AT_MAX:
            return None
        letter, *numbers, mac = found.groups()
        if hmac.compare_digest(_mac(letter, ".".join(numbers), secret), mac):
            ticket, agent, seen, day = map(int, numbers)
            return AgentMark(ticket, agent, seen, day, is_note=letter == "n")
    return None


def looks_marked(text: str) -> bool:
    """Whether there is anything in the form of such a mark, true or not."""
    return _MARK.search(text.lower()) is not None


def _written(mark: AgentMark) -> tuple[str, str]:
    return "n" if mark.is_note else "a", ".".join(str(one) for one in astuple(mark)[:4])


def _mac(letter: str, numbers: str, secret: bytes) -> str:
    digest = hmac.digest(secret, f"unbroken:agent:{letter}:{numbers}".encode(), "sha256")
    return base64.b32encode(digest[:10]).decode().lower()[:_MAC_LETTERS]

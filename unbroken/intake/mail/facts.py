"""What the headers claim about the mail: machine or person, list or letter, ours or not."""

import re
from dataclasses import dataclass
from typing import Final

from unbroken.intake.inbound import HeaderFacts, Mailbox
from unbroken.intake.mail import addresses, headers
from unbroken.intake.mail.headers import Head

DESK_HEADER: Final = "X-Unbroken-Desk"
_RECEIVED_LOOKED_AT_MAX: Final = 200
_FIRST_WORD: Final = re.compile(r"[a-z_-]+")
_BY_HOST: Final = re.compile(r"(?i)\bby\s+([a-z0-9.-]{1,255})")
_NO_ANSWERS: Final = re.compile(r"(?i)\b(?:all|oof|autoreply)\b")
_DAEMON: Final = re.compile(
    r"(?i)(?:mailer[-_.]?daemon|mail[-_.]?daemon|postmaster|mail[-_.]?delivery[\w.-]*|mdaemon"
    r"|mailerdaemon"
    r"|postoffice|ndr|maildelivery|mailer|double-bounce|bounce|bounces|bounce[sd]?[-+=].*|mail-?system)"
)
_SURE_DAEMON: Final = re.compile(
    r"(?i)mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|mail-?deliver-?system"
)
_DAEMON_NAME: Final = re.compile(
    r"(?i)\W*(?:mail delivery (?:sub)?system|mail ?delivery service|mailer[- ]daemon|internet"
    r" mail delivery|mail system)\b.{0,40}"
)
_LIST_ADDRESS: Final = re.compile(
    r"(?i)(?:owner-.+|.+-(?:request|owner|bounces?|admin|outgoing|relay)|listserv|majordomo)"
)
_NO_REPLY: Final = re.compile(
    r"(?i)(?:.*[._+-])?(?:no[-_.]?reply|do[-_.]?not[-_.]?(?:reply|respond)|dont[-_.]?reply"
    r"|no[-_.]?responder?"
    r"|nicht[-_.]?antworten|keine[-_.]?antwort|ne[-_.]?pas[-_.]?repondre|non[-_.]?rispondere"
    r"|nao[-_.]?responda"
    r"|ne[-_.]?otvech\w+|no[-_.]?responda[n]?|unattended)(?:[._+-].*)?"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who we are, so that our own mail is known when it comes back."""

    secret: bytes = b""
    key: str = ""
    """What our own X-Unbroken-Desk header says; empty: any such header is taken for ours."""
    hosts: frozenset[str] = frozenset()
    mailboxes: frozenset[str] = frozenset()


def facts_of(head: Head, desk: Desk) -> HeaderFacts:
    """Everything that later decisions need, in one pass."""
    first: dict[str, str] = {}
    received: list[str] = []
    delivered: list[str] = []
    is_list = False
    for name, value in head.fields:
        if name == "received":
            received.append(value)
        elif name in ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to"):
            delivered.append(value.strip().strip("<>"))
        elif name.startswith("list-") or name == "mailing-list":
            is_list = True
        first.setdefault(name, value)
    precedence = first.get("precedence", "").strip().lower()
    return HeaderFacts(
        auto_submitted=_first_word(first.get("auto-submitted", "")),
        precedence=precedence,
        return_path=_return_path(first),
        sender=next(iter(addresses.addresses(first.get("sender", ""))), None),
        delivered_to=tuple(dict.fromkeys(delivered)),
        received_count=len(received),
        received_from_us=_hops_of_ours(received, desk),
        is_list=is_list,
        is_bulk=_first_word(precedence) in ("bulk", "list", "junk"),
        asks_no_answer=bool(_NO_ANSWERS.search(first.get("x-auto-response-suppress", ""))),
        desk=first[DESK_HEADER.lower()].strip()[:200] if DESK_HEADER.lower() in first else None,
    )


def _first_word(value: str) -> str:
    found = _FIRST_WORD.match(value.strip().lower())
    return found[0] if found else ""


def _return_path(first: dict[str, str]) -> str | None:
    if "return-path" not in first:
        return None
    value = first["return-path"].strip()
    return headers.one_line(value.strip("<> "))[:1000]


def _hops_of_ours(received: list[str], desk: Desk) -> int:
    if not desk.hosts:
        return 0
    hosts = (_BY_HOST.search(value) for value in received[:_RECEIVED_LOOKED_AT_MAX])
    return sum(1 for found in hosts if found and found[1].lower() in desk.hosts)


def is_daemon(mailbox: Mailbox | None) -> bool:
    """A mail server speaks."""
    if mailbox is None:
        return False
    local = mailbox.email.partition("@")[0]
    return bool(_DAEMON.fullmatch(local) or _DAEMON_NAME.fullmatch(mailbox.name))


def is_surely_daemon(mailbox: Mailbox | None) -> bool:
    """A mail server that speaks of nothing but delivery."""
    if mailbox is None:
        return False
    local = mailbox.email.partition("@")[0]
    return bool(_SURE_DAEMON.fullmatch(local) or _DAEMON_NAME.fullmatch(mailbox.name))


def is_list_address(email: str) -> bool:
    """A list's own machinery, not one of its members."""
    return bool(_LIST_ADDRESS.fullmatch(email.partition("@")[0]))


def is_no_reply(email: str) -> bool:
    """An address that says of itself that nobody reads it."""
    return bool(_NO_REPLY.fullmatch(email.partition("@")[0]))

"""The conversation with a directory by LDAP: which entry a name means, and whether it is theirs.

The desk finds the entry, then binds as it with the password that was typed: right if the directory
takes it. TLS always, with the certificate checked, before anything is said. Referrals are not
followed, so that no password goes to a server nobody named. An agent waits five seconds at most,
two at a time in one process, and after a silence nobody asks again for a while: a directory that is
down keeps nobody out who has a password here, and no thread from its work.
"""

import logging
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import BoundedSemaphore, Timer
from typing import Any
from uuid import UUID

import ldap3
from django.views.decorators.debug import sensitive_variables
from ldap3.core.exceptions import LDAPException
from ldap3.utils.conv import escape_filter_chars
from ldap3.utils.dn import parse_dn
from pyasn1.error import PyAsn1Error

from unbroken.staffing.ldap_settings import Ldap

SECONDS_MAX, CONNECT_SECONDS_MAX, REST_SECONDS = 5.0, 2, 15
AT_ONCE = 2
GROUPS_DEEP, GROUPS_MAX = 5, 50
IN_CHAIN = "1.2.840.113556.1.4.1941"
"""LDAP_MATCHING_RULE_IN_CHAIN of Active Directory."""
ATTRIBUTES = ["entryUUID", "objectGUID", "mail", "displayName", "cn"]
BUSY = ("busy", "unavailable", "timeLimitExceeded")

log = logging.getLogger(__name__)
_turns = BoundedSemaphore(AT_ONCE)
_silent: dict[tuple[str, int], float] = {}


class Away(Exception):
    """The directory could not be asked, or does not answer as one does."""


class Unproven(Exception):
    """No entry, more than one, not in the group, or not their password."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the directory. `subject` stays theirs when their name or place changes there,
    as far as the directory has such a number."""

    dn: str
    subject: str
    email: str
    name: str


@sensitive_variables()
def identity(known: Ldap, name: str, password: str, *, found: Callable[[Entry], None]) -> Entry:
    """Whose entry it is, once the directory takes the password; Unproven or Away otherwise.

    `found` is told of the entry before its password is tried, and may refuse by raising. An empty
    password never gets there: a bind with a name and none succeeds for everybody (RFC 4513 5.1.2).
    """
    if not password or not name:
        raise Unproven("nothing was said")
    with _asking(known) as connection:
        entry = _entry(connection, known, name)
        if known.group and not _is_in_group(connection, known.group, entry):
            raise Unproven("not in the group")
        found(entry)
        connection.rebind(user=entry.dn, password=password)
        _check_taken(connection)
    return entry


@contextmanager
def _asking(known: Ldap) -> Iterator[Any]:
    """A connection that is sure of the other side and speaks as the desk; closed after it."""
    where = (known.host, known.port)
    if time.monotonic() < _silent.get(where, 0.0):
        raise Away("it did not answer a moment ago")
    if not _turns.acquire(timeout=1):
        raise Away("others are asking")
    try:
        with _in_time(_connection(known)) as connection:
            _introduce(connection, known)
            yield connection
    except (LDAPException, PyAsn1Error, OSError, ValueError, TypeError, LookupError) as error:
        _silent[where] = time.monotonic() + REST_SECONDS
        log.warning("directory %s: %s: %.300s", known.host, type(error).__name__, error)
        raise Away("it does not answer as a directory does") from None
    finally:
        _turns.release()


def _connection(known: Ldap) -> Any:
    server = ldap3.Server(
        known.host,
        port=known.port,
        use_ssl=known.is_tls_at_once,
        tls=_CheckedTls(known),
        get_info=ldap3.NONE,
        connect_timeout=CONNECT_SECONDS_MAX,
    )
    return ldap3.Connection(
        server,
        user=known.user or None,
        password=known.password or None,
        auto_referrals=False,
        receive_timeout=int(SECONDS_MAX) or 1,
        read_only=True,
        check_names=False,
    )


def _introduce(connection: Any, known: Ldap) -> None:
    """TLS first, whatever the other side says of it; then who the desk is."""
    connection.open(read_server_info=False)
    if not known.is_tls_at_once and not connection.start_tls(read_server_info=False):
        raise OSError("no TLS")
    if known.user and not connection.bind(read_server_info=False):
        raise OSError(f"the desk's own name and password: {connection.result['description']}")


class _CheckedTls(ldap3.Tls):  # type: ignore[misc]
    """TLS as the standard library does it for a client: certificate and name are checked."""

    def __init__(self, known: Ldap) -> None:
        super().__init__(validate=ssl.CERT_REQUIRED)
        self.host = known.host
        self.context = ssl.create_default_context(cafile=known.ca or None)

    def wrap_socket(self, connection: Any, do_handshake: bool = False) -> None:
        """The handshake at once: no word goes out before the other side has proven itself."""
        connection.socket = self.context.wrap_socket(connection.socket, server_hostname=self.host)


@contextmanager
def _in_time(connection: Any) -> Iterator[Any]:
    """Cut after the longest time altogether, also when it answers drop by drop."""
    timer = Timer(SECONDS_MAX, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield connection
    finally:
        timer.cancel()
        with suppress(LDAPException, OSError):
            connection.unbind()


def _cut(connection: Any) -> None:
    """Whoever reads from it is told that it ended."""
    with suppress(OSError, TypeError):
        socket.socket.shutdown(connection.socket, socket.SHUT_RDWR)


def _entry(connection: Any, known: Ldap, name: str) -> Entry:
    """The one entry that the name means; the name is a value in the filter, never part of it."""
    wanted = known.filter.replace("{name}", escape_filter_chars(name))
    found = _search(connection, known.base, wanted, ldap3.SUBTREE)
    if len(found) != 1:
        raise Unproven(f"{len(found)} entries")
    dn, raw = str(found[0]["dn"]), found[0]["raw_attributes"]
    if not dn:
        raise Unproven("an entry without a name")  # a bind with it would be anonymous
    return Entry(
        dn=dn,
        subject=_subject(raw) or dn.lower(),
        email=_email(raw, name),
        name=_first(raw, "displayName") or _first(raw, "cn"),
    )


def _is_in_group(connection: Any, group: str, entry: Entry) -> bool:
    """Whether the group holds them, also by groups within it.

    Active Directory follows the chain itself; elsewhere it is walked upward, through groups that
    lie beside the one or below, a few steps and not without end: groups may hold each other.
    """
    if _holds(connection, group, [entry.dn]) or _holds_by_chain(connection, group, entry.dn):
        return True
    beside = _beside(group)
    seen, level = {entry.dn.lower()}, [entry.dn]
    for _step in range(GROUPS_DEEP):
        above = _search(connection, beside, _held(level), ldap3.SUBTREE, most=GROUPS_MAX)
        level = [dn for one in above if (dn := str(one["dn"])).lower() not in seen]
        seen |= {dn.lower() for dn in level}
        if not level:
            return False
        if _holds(connection, group, level):
            return True
    return False


def _holds(connection: Any, group: str, names: list[str]) -> bool:
    return len(_search(connection, group, _held(names), ldap3.BASE)) == 1


def _holds_by_chain(connection: Any, group: str, name: str) -> bool:
    """By the rule that Active Directory has for it; other directories do not know it."""
    wanted = f"(member:{IN_CHAIN}:={escape_filter_chars(name)})"
    connection.search(group, wanted, search_scope=ldap3.BASE, attributes=ldap3.NO_ATTRIBUTES)
    answers = connection.response or []
    is_known = connection.result["description"] == "success"
    return is_known and any(one["type"] == "searchResEntry" for one in answers)


def _held(names: list[str]) -> str:
    """A filter for what holds any of these; names are values in it, never parts of it."""
    each = (escape_filter_chars(name) for name in names)
    return f"(|{''.join(f'(member={one})(uniqueMember={one})' for one in each)})"


def _beside(group: str) -> str:
    """Where a group lies: its name without the first part, which may have commas of its own."""
    return "".join(f"{kind}={value}{more}" for kind, value, more in parse_dn(group)[1:])


def _search(connection: Any, base: str, wanted: str, scope: str, *, most: int = 2) -> list[Any]:
    """The entries found, so many at most; what it refers us to elsewhere is left alone."""
    connection.search(
        base,
        wanted,
        search_scope=scope,
        dereference_aliases=ldap3.DEREF_NEVER,
        attributes=ATTRIBUTES,
        size_limit=most,
        time_limit=int(SECONDS_MAX) or 1,
    )
    outcome = connection.result["description"]
    if outcome not in ("success", "sizeLimitExceeded"):
        raise OSError(f"{base}: {outcome}")
    return [one for one in connection.response or [] if one["type"] == "searchResEntry"]


def _check_taken(connection: Any) -> None:
    """Whether the directory took the password."""
    outcome = connection.result["description"]
    if outcome in BUSY:
        raise OSError(outcome)
    if outcome != "success":
        raise Unproven(outcome)


def _subject(raw: Mapping[str, list[bytes]]) -> str:
    """The number the directory itself gave the entry: OpenLDAP and others, Active Directory."""
    guid = next(iter(_values(raw, "objectGUID")), b"")
    return str(UUID(bytes_le=guid)) if len(guid) == 16 else _first(raw, "entryUUID")


def _email(raw: Mapping[str, list[bytes]], name: str) -> str:
    """Their address; of several the one they typed."""
    every = [one.decode(errors="replace").strip().lower() for one in _values(raw, "mail")]
    return name.lower() if name.lower() in every else next(iter(every), "")


def _first(raw: Mapping[str, list[bytes]], name: str) -> str:
    return next(iter(_values(raw, name)), b"").decode(errors="replace")


def _values(raw: Mapping[str, list[bytes]], name: str) -> list[bytes]:
    """Servers write the names of attributes as they like."""
    return next((values for key, values in raw.items() if key.lower() == name.lower()), [])

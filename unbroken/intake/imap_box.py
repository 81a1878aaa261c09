"""A mailbox on somebody else's server: opened, asked and fetched from, one mail or many.

Speaks IMAP through imap-tools; mails are fetched as raw bytes and never parsed here, so no
mail can break the reading of its mailbox. Every wait has an end.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any

import imap_tools

from unbroken.ground.loops import Stop

CALL_SECONDS_MAX = 60.0
IDLE_SECONDS = 240.0
POLL_SECONDS = 1.0
SIZES_AT_ONCE = 500

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")


class BoxTrouble(Exception):
    """The mailbox cannot be read just now, in words for whoever set it up."""


@dataclass(frozen=True, slots=True)
class BoxSettings:
    """Where the mailbox is and how it is to be treated.

    `after`: what becomes of a mail once it is ours: "seen", "leave", or "move:FOLDER".
    `begin`: what is taken when the mailbox is read for the first time: "unseen", "all", "new".
    """

    host: str
    user: str
    password: str
    port: int = 993
    tls: str = "tls"
    verify: bool = True
    folder: str = "INBOX"
    seconds: float = 30.0
    after: str = "seen"
    begin: str = "unseen"
    patience: float = CALL_SECONDS_MAX

    @staticmethod
    def read(stored: dict[str, Any]) -> "BoxSettings":
        """From `Mailbox.imap`; BoxTrouble says what is missing or cannot be."""
        missing = [name for name in ("host", "user", "password") if not stored.get(name)]
        if missing:
            raise BoxTrouble(f"The setting {missing[0]} is missing.")
        tls = {True: "tls", False: "none", None: "tls"}.get(stored.get("tls"), stored.get("tls"))
        if tls not in ("tls", "starttls", "none"):
            raise BoxTrouble("tls is true, false or starttls.")
        after, begin = stored.get("after") or "seen", stored.get("begin") or "unseen"
        if after not in ("seen", "leave") and not str(after).startswith("move:"):
            raise BoxTrouble("after is seen, leave or move:FOLDER.")
        if begin not in ("unseen", "all", "new"):
            raise BoxTrouble("begin is unseen, all or new.")
        try:
            port = int(stored.get("port") or (993 if tls == "tls" else 143))
            seconds = max(1.0, float(stored.get("seconds") or 30.0))
        except (TypeError, ValueError) as error:
            raise BoxTrouble("port and seconds are numbers.") from error
        return BoxSettings(
            host=str(stored["host"]),
            user=str(stored["user"]),
            password=str(stored["password"]),
            port=port,
            tls=str(tls),
            verify=bool(stored.get("verify", True)),
            folder=str(stored.get("folder") or "INBOX"),
            seconds=seconds,
            after=str(after),
            begin=str(begin),
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that has not been fetched yet."""

    uid: int
    size: int


class Box:
    """An open mailbox, standing in its folder."""

    def __init__(self, settings: BoxSettings) -> None:
        self.settings = settings
        self._box = _connected(settings)
        try:
            _log_in(self._box, settings)
            self._box.folder.set(settings.folder)
            self.uid_validity = self._number("UIDVALIDITY")
            self.uid_next = self._number("UIDNEXT")
            self._box.client.capability()
        except Exception:
            self.close()
            raise
        answered = self._box.client.untagged_responses.get("CAPABILITY", [])
        told = b" ".join(answered).upper() or " ".join(self._box.client.capabilities).encode()
        self.can_idle = b"IDLE" in told.split()

    def __enter__(self) -> "Box":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave, politely if the server still listens."""
        try:
            self._box.client.sock.settimeout(2.0)
            self._box.client.logout()
        except Exception:
            self._box.client.shutdown()

    def _number(self, name: str) -> int:
        answer = self._box.client.response(name)[1]
        return int(answer[0]) if answer and answer[0] else 0

    # ── what is there ─────────────────────────────────────────────────────────

    def uids_above(self, uid: int) -> list[int]:
        """Mails that came after this one."""
        return [one for one in self._search(f"UID {uid + 1}:*") if one > uid]

    def uids_at_first(self) -> list[int]:
        """What to take of a mailbox that was never read."""
        return {"unseen": lambda: self._search("UNSEEN"), "all": lambda: self._search("ALL")}.get(
            self.settings.begin, list
        )()

    def uids_since(self, day: date) -> list[int]:
        """After the server numbered anew: what nobody read, and everything from that day on."""
        since = f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year}"
        return self._search(f"OR UNSEEN SINCE {since}")

    def _search(self, criteria: str) -> list[int]:
        self._box.client.untagged_responses.pop("EXISTS", None)
        return sorted(int(uid) for uid in self._box.uids(criteria, charset=None))

    def sizes(self, uids: Sequence[int]) -> Iterator[Waiting]:
        """How large each is; one that the server does not know any more is left out."""
        for start in range(0, len(uids), SIZES_AT_ONCE):
            part = ",".join(map(str, uids[start : start + SIZES_AT_ONCE]))
            found = {}
            for line in self._fetch(part, "(UID RFC822.SIZE)"):
                text = line[0] if isinstance(line, tuple) else line or b""
                uid, size = _UID.search(text), _SIZE.search(text)
                if uid and size:
                    found[int(uid[1])] = int(size[1])
            for one in sorted(found):
                yield Waiting(one, found[one])

    def mails(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The raw bytes of some mails."""
        return _by_uid(self._fetch(",".join(map(str, uids)), "(UID BODY.PEEK[])"))

    def beginning(self, uid: int, size: int) -> bytes:
        """The first bytes of a mail that is too large to be taken whole."""
        return _by_uid(self._fetch(str(uid), f"(UID BODY.PEEK[]<0.{size}>)")).get(uid, b"")

    def _fetch(self, uids: str, what: str) -> list[Any]:
        status, answer = self._box.client.uid("FETCH", uids, what)
        if status != "OK":
            raise BoxTrouble(f"Mail {uids[:50]} cannot be fetched: {_text(answer)}")
        return list(answer)

    # ── afterwards, and until there is more ───────────────────────────────────

    def done_with(self, uids: Sequence[int]) -> None:
        """They are ours: mark them read, move them, or leave them, as the settings say."""
        names = [str(uid) for uid in uids]
        if self.settings.after == "seen":
            self._box.flag(names, imap_tools.MailMessageFlags.SEEN, True)
        elif self.settings.after.startswith("move:"):
            self._box.move(names, self.settings.after.removeprefix("move:"))

    def _has_news(self) -> bool:
        """Whether the server told of mail since the last search, in passing."""
        return "EXISTS" in self._box.client.untagged_responses

    def wait_for_mail(self, stop: Stop) -> None:
        """Until the server says there is news, or it is time to look again."""
        if self._has_news():
            return
        if not self.can_idle:
            stop.pause(self.settings.seconds)
            self._box.client.noop()
            return
        self._box.idle.start()
        if not self._has_news():
            self._idle(stop)
        self._box.idle.stop()

    def _idle(self, stop: Stop) -> None:
        if _is_news(self._said_at_once()):
            return
        until = monotonic() + IDLE_SECONDS
        while not stop.is_asked and monotonic() < until:
            asked_at = monotonic()
            said = self._box.idle.poll(timeout=POLL_SECONDS)
            if _is_news(said):
                break
            if not said and monotonic() - asked_at < POLL_SECONDS / 4:
                raise BoxTrouble("The server closed the connection.")

    def _said_at_once(self) -> list[bytes]:
        """What came in one packet with the answer to IDLE, as when a mail arrives just then.

        It is read already, so that `poll`, which asks the socket, would wait beside it.
        """
        client, said = self._box.client, []
        seconds = client.sock.gettimeout()
        client.sock.settimeout(0)
        try:
            while True:
                said.append(client._get_line())
        except OSError:
            return said
        except imaplib.IMAP4.abort as nothing_left:
            if "EOF" not in str(nothing_left):
                raise
            return said
        finally:
            client.sock.settimeout(seconds)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _is_news(said: Sequence[bytes]) -> bool:
    if any(line.upper().startswith(b"* BYE") for line in said):
        raise BoxTrouble("The server said goodbye.")
    return any(b"EXISTS" in line or b"RECENT" in line for line in said)


def _connected(settings: BoxSettings) -> Any:
    place: dict[str, Any] = {"port": settings.port, "timeout": settings.patience}
    if settings.tls == "none":
        return imap_tools.MailBoxUnencrypted(settings.host, **place)
    context = ssl.create_default_context()
    if not settings.verify:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    kind = imap_tools.MailBox if settings.tls == "tls" else imap_tools.MailBoxStartTls
    return kind(settings.host, ssl_context=context, **place)


def _log_in(box: Any, settings: BoxSettings) -> None:
    plain = settings.user.isascii() and settings.password.isascii()
    (box.login if plain else box.login_utf8)(settings.user, settings.password, initial_folder=None)


def _by_uid(answer: Sequence[Any]) -> dict[int, bytes]:
    """Servers put the UID before the mail or behind it."""
    found: dict[int, bytes] = {}
    waiting: bytes | None = None
    for part in answer:
        if isinstance(part, tuple):
            uid = _UID.search(part[0])
            if uid:
                found[int(uid[1])], waiting = bytes(part[1]), None
            else:
                waiting = bytes(part[1])
        elif waiting is not None and part and (uid := _UID.search(part)):
            found[int(uid[1])], waiting = waiting, None
    return found


def _text(answer: Any) -> str:
    parts = [part for part in answer or () if isinstance(part, bytes)]
    return b" ".join(parts).decode("utf-8", "replace")[:200]

"""What is said at the mail door: SMTP and LMTP as their server speaks them. Pure, no socket.

A mail ends at CRLF dot CRLF and at nothing else (a dot between bare line feeds is content),
so no two servers can disagree about where one mail ends and the next begins. Lines of any
length, bare line feeds and zero bytes inside a mail are kept as they came. Nothing is ever
sent on to somebody else: whatever is accepted is ours.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from unbroken.intake.doors.lines import NotUnderstood, command_of, path_of

LINE_MAX = 4096
RECIPIENTS_MAX = 1000
MISTAKES_MAX = 20
IDLE_WORDS_MAX = 200
"""Commands in one session that bring no mail nearer, before it is ended."""

_END = b"\r\n.\r\n"
_OF_THE_WEB = frozenset({"GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "DELETE", "PATCH"})
_KNOWN_PARAMETERS = frozenset({"SIZE", "BODY", "SMTPUTF8", "AUTH", "RET", "ENVID"})

Knows = Callable[[str], bool | None]
"""Whether mail for an address is taken; None when that cannot be said just now."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a door behaves: its protocol, its name, its limits."""

    is_lmtp: bool
    host: str
    bytes_max: int
    knows: Knows = lambda _address: True
    recipients_max: int = RECIPIENTS_MAX


@dataclass(frozen=True, slots=True)
class Say:
    """A reply; `ends` closes the session after it."""

    text: bytes
    ends: bool = False


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A whole mail. It is answered by `Dialogue.answer` once it is committed, or is not."""

    raw: bytes
    mail_from: str
    rcpt_to: tuple[str, ...]
    helo: str


@dataclass
class Dialogue:
    """One session: feed it with `hear`, ask `turn` until it has nothing to say."""

    rules: Rules
    helo: str = ""
    mail_from: str | None = None
    rcpt_to: list[str] = field(default_factory=list)
    is_in_mail: bool = False
    is_too_big: bool = False
    mistakes: int = 0
    idle_words: int = 0
    _heard: bytearray = field(default_factory=bytearray)
    _looked_at: int = 0
    _left_out: int = 0

    def hello(self) -> bytes:
        """The first word is the server's."""
        protocol = "LMTP" if self.rules.is_lmtp else "ESMTP"
        return f"220 {self.rules.host} {protocol} Unbroken\r\n".encode()

    def hear(self, data: bytes) -> None:
        """Bytes came in."""
        self._heard += data

    @property
    def bytes_held(self) -> int:
        """How much of what was heard is still kept here."""
        return len(self._heard)

    def turn(self) -> Say | HandedIn | None:
        """What follows from what was heard so far; None: the other side has to go on."""
        if self.is_in_mail:
            return self._rest_of_mail()
        line = self._line()
        if line is None:
            if len(self._heard) > LINE_MAX:
                return Say(b"500 5.5.6 This line does not end\r\n", ends=True)
            return None
        if len(line) > LINE_MAX:
            return self._mistake("500 5.5.6 This line is too long")
        try:
            return self._obey(*command_of(line))
        except NotUnderstood as problem:
            return self._mistake(str(problem))

    def answer(self, reply: str, others: str = "") -> bytes:
        """The reply to a mail handed in: LMTP wants one for each recipient."""
        count = len(self.rcpt_to) if self.rules.is_lmtp else 1
        self._forget_mail()
        self.idle_words = 0
        return f"{reply}\r\n".encode() + f"{others or reply}\r\n".encode() * (count - 1)

    # ── commands ──────────────────────────────────────────────────────────────

    def _line(self) -> bytes | None:
        end = self._heard.find(b"\n")
        if end < 0:
            return None
        line = bytes(self._heard[:end]).removesuffix(b"\r")
        del self._heard[: end + 1]
        return line

    def _obey(self, verb: str, rest: str) -> Say:
        if verb in _OF_THE_WEB:
            return Say(b"421 4.7.0 This is a mail door\r\n", ends=True)
        if verb in ("HELO", "EHLO", "LHLO"):
            return self._greeted(verb, rest)
        if verb in ("MAIL", "RCPT", "DATA"):
            return {"MAIL": self._from, "RCPT": self._to, "DATA": self._data}[verb](rest)
        if verb == "QUIT":
            return Say(b"221 2.0.0 Goodbye\r\n", ends=True)
        self.idle_words += 1
        if self.idle_words > IDLE_WORDS_MAX:
            return Say(b"421 4.7.0 Too much talk\r\n", ends=True)
        if verb == "RSET":
            self._forget_mail()
            return Say(b"250 2.0.0 Forgotten\r\n")
        if verb == "NOOP":
            return Say(b"250 2.0.0 Still here\r\n")
        if verb == "VRFY":
            return Say(b"252 2.5.0 Send some mail and see\r\n")
        if verb in ("EXPN", "HELP", "AUTH", "STARTTLS", "BDAT", "ETRN", "TURN"):
            return self._mistake("502 5.5.1 Not offered here")
        return self._mistake("500 5.5.2 Not understood")

    def _mistake(self, reply: str) -> Say:
        self.mistakes += 1
        if self.mistakes > MISTAKES_MAX:
            return Say(b"421 4.7.0 Too many mistakes\r\n", ends=True)
        return Say(f"{reply}\r\n".encode())

    def _greeted(self, verb: str, rest: str) -> Say:
        if (verb == "LHLO") != self.rules.is_lmtp:
            return self._mistake(f"500 5.5.1 Say {'LHLO' if self.rules.is_lmtp else 'EHLO'} here")
        if not rest:
            return self._mistake(f"501 5.5.4 {verb} and your name")
        self._forget_mail()
        self.helo = rest[:255]
        if verb == "HELO":
            return Say(f"250 {self.rules.host}\r\n".encode())
        offers = (
            self.rules.host,
            f"SIZE {self.rules.bytes_max}",
            "8BITMIME",
            "SMTPUTF8",
            "PIPELINING",
            "ENHANCEDSTATUSCODES",
        )
        lines = [f"250-{offer}\r\n" for offer in offers[:-1]] + [f"250 {offers[-1]}\r\n"]
        return Say("".join(lines).encode())

    def _from(self, rest: str) -> Say:
        if not self.helo:
            return self._mistake("503 5.5.1 Say who you are first")
        if self.mail_from is not None:
            return self._mistake("503 5.5.1 One sender a mail")
        path = path_of(rest, "FROM")
        strange = path.parameters.keys() - _KNOWN_PARAMETERS
        if strange:
            return self._mistake(f"555 5.5.4 {sorted(strange)[0][:40]!r} is not known here")
        size = path.parameters.get("SIZE", "")
        if size.isdecimal() and (len(size) > 18 or int(size) > self.rules.bytes_max):
            return Say(self._too_big())
        self.mail_from = path.address
        return Say(b"250 2.1.0 Go on\r\n")

    def _to(self, rest: str) -> Say:
        if self.mail_from is None:
            return self._mistake("503 5.5.1 The sender comes first")
        path = path_of(rest, "TO")
        if not path.address:
            return self._mistake("501 5.1.3 Mail needs an address")
        if len(self.rcpt_to) >= self.rules.recipients_max:
            return Say(b"452 4.5.3 Too many recipients; send the others another mail\r\n")
        known = self.rules.knows(path.address)
        if known is None:
            return Say(b"451 4.3.0 We cannot look just now; please try again\r\n")
        if not known:
            return Say(b"550 5.1.1 No such mailbox here\r\n")
        self.rcpt_to.append(path.address)
        return Say(b"250 2.1.5 Go on\r\n")

    def _data(self, rest: str) -> Say:
        if rest:
            return self._mistake("501 5.5.4 DATA stands alone")
        if not self.rcpt_to:
            return self._mistake("503 5.5.1 Nobody to give it to")
        self.is_in_mail = True
        self._looked_at = self._left_out = 0
        self.is_too_big = False
        # The line break of DATA itself counts, so that an empty mail can end.
        self._heard[0:0] = b"\r\n"
        return Say(b"354 Go on; end with a dot alone\r\n")

    # ── a mail ────────────────────────────────────────────────────────────────

    def _rest_of_mail(self) -> Say | HandedIn | None:
        end = self._heard.find(_END, max(0, self._looked_at - len(_END)))
        if end < 0:
            self._looked_at = len(self._heard)
            return self._kept_small()
        size = self._left_out + end
        raw = b"" if self.is_too_big else bytes(memoryview(self._heard)[2 : end + 2])
        del self._heard[: end + len(_END)]
        self.is_in_mail = False
        if self.is_too_big or size > self.rules.bytes_max:
            return Say(self.answer(self._too_big().decode().strip()))
        assert self.mail_from is not None
        return HandedIn(_unstuffed(raw), self.mail_from, tuple(self.rcpt_to), self.helo)

    def _kept_small(self) -> Say | None:
        """What is too big is heard to its end and kept no longer; what never ends is cut."""
        if self._left_out + len(self._heard) <= self.rules.bytes_max + 2 * len(_END):
            return None
        self.is_too_big = True
        drop = max(0, len(self._heard) - len(_END))
        del self._heard[:drop]
        self._left_out += drop
        self._looked_at = 0
        if self._left_out > 2 * self.rules.bytes_max + 1_000_000:
            return Say(self._too_big(), ends=True)
        return None

    def _too_big(self) -> bytes:
        return f"552 5.3.4 More than {self.rules.bytes_max} bytes are not taken\r\n".encode()

    def _forget_mail(self) -> None:
        self.mail_from = None
        self.rcpt_to = []


def _unstuffed(raw: bytes) -> bytes:
    """Without the dots that the sender put before lines that begin with one."""
    raw = raw.removeprefix(b".")
    return raw.replace(b"\r\n.", b"\r\n") if b"\r\n." in raw else raw

"""Questions to an SNMPv3 agent, signed and, with a key for it, in secret. RFC 3412, 3414 and 3826.

Whose engine it is, is asked first, unsigned, as it must be; how far its clock has come is taken
from what it signed and from nothing else. An answer is believed when its user signed it, it is of
that engine, of that moment and to this question, and was said in secret if we spoke in secret.
"""

import hmac
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES

from unbroken.evidence.snmp import asking, usm
from unbroken.evidence.snmp.asking import Bound, NotAnAnswer, _ber, _whole
from unbroken.evidence.snmp.traps import NotATrap, _expect, _parts

SIZE_MAX = 65_507
_INTEGER, _OCTETS, _SEQUENCE = 0x02, 0x04, 0x30
_RESPONSE, _REPORT = 0xA2, 0xA8
_REPORTABLE = 0x04


class OtherClock(NotAnAnswer):
    """Its clock is not where we thought; now we know, and may ask again."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """A message as it came: `scoped` is its middle, sealed or not."""

    number: int
    flags: int
    engine: bytes
    boots: int
    time: int
    user: str
    signed: bytes
    salt: bytes
    tag: int
    scoped: bytes


@dataclass(slots=True)
class Signed:
    """One conversation with one agent, as one user."""

    user: usm.User
    engine: bytes = b""
    boots: int = 0
    _time: int = 0
    _at: float = field(default_factory=time.monotonic)

    def who_are_you(self, number: int) -> bytes:
        """The question that every agent answers with its engine."""
        return _message(number, _REPORTABLE, _security(), _scoped(b"", asking.bulk_pdu(number, ())))

    def introduced(self, data: bytes, number: int) -> None:
        """Who it says it is; NotAnAnswer when it says nothing of the kind."""
        heard = _heard(data)
        if heard.number != number or not 5 <= len(heard.engine) <= 32:
            raise NotAnAnswer("it does not say who it is")
        self.engine = heard.engine

    def bulk(self, number: int, oid: tuple[int, ...]) -> bytes:
        """What comes after this object, many at once."""
        scoped = _scoped(self.engine, asking.bulk_pdu(number, oid))
        flags, salt, now = usm._AUTH | _REPORTABLE, b"", self._now()
        if self.user.priv_key:
            flags, salt = flags | usm._PRIV, os.urandom(8)
            scoped = _ber(_OCTETS, self._sealed(scoped, now, salt))
        method, size = usm._SIGNED[self.user.auth]
        name = self.user.name.encode()

        def whole(sign: bytes) -> bytes:
            told = _security(self.engine, self.boots, now, name, sign, salt)
            return _message(number, flags, told, scoped)

        key = usm._own_key(method, self.user.auth_key, self.engine)
        return whole(hmac.new(key, whole(bytes(size)), method).digest()[:size])

    def answered(self, data: bytes, number: int) -> list[Bound]:
        """What an answer holds. OtherClock: nothing, but asked again it may answer."""
        try:
            heard = _heard(data)
            if (heard.number, heard.engine, heard.user) != (number, self.engine, self.user.name):
                raise NotAnAnswer("an answer to another question")
            if not heard.flags & usm._AUTH:
                raise NotAnAnswer("not signed")
            usm._check(data, self.user, heard.engine, heard.signed)
            self._set_clock(heard)
            tag, pdu = self._opened(heard)
        except NotATrap as problem:
            raise NotAnAnswer(str(problem)) from problem
        if tag == _REPORT:
            raise OtherClock("its clock was not where we thought")
        if tag != _RESPONSE or bool(self.user.priv_key) != bool(heard.flags & usm._PRIV):
            raise NotAnAnswer("not an answer, or not in secret")
        return asking.bounds_in(pdu, number)

    def _set_clock(self, heard: _Heard) -> None:
        """Never backwards: an answer that was recorded long ago is none."""
        if (heard.boots, heard.time) < (self.boots, self._now() - usm.WINDOW_SECONDS):
            raise NotAnAnswer("it was said before")
        self.boots, self._time, self._at = heard.boots, heard.time, time.monotonic()

    def _now(self) -> int:
        """What its clock says by now."""
        return self._time + int(time.monotonic() - self._at)

    def _sealed(self, scoped: bytes, now: int, salt: bytes) -> bytes:
        key = usm._own_key(usm._SIGNED[self.user.auth][0], self.user.priv_key, self.engine)[:16]
        start = self.boots.to_bytes(4, "big") + now.to_bytes(4, "big") + salt
        sealer = Cipher(AES(key), CFB(start)).encryptor()
        return sealer.update(scoped) + sealer.finalize()

    def _opened(self, heard: _Heard) -> tuple[int, bytes]:
        scoped = heard.scoped
        if heard.flags & usm._PRIV:
            plain = usm._opened(
                scoped, self.user, heard.engine, heard.boots, heard.time, heard.salt
            )
            scoped = usm._only_scoped(plain)
        elif heard.tag != _SEQUENCE:
            raise NotAnAnswer("sealed, though it says it is not")
        fields = _parts(scoped)
        _expect(fields, _OCTETS), _expect(fields, _OCTETS)
        return next(fields, (0, b""))


def _heard(data: bytes) -> _Heard:
    try:
        message = _parts(_expect(_parts(data), _SEQUENCE))
        _expect(message, _INTEGER)
        header = _parts(_expect(message, _SEQUENCE))
        number = usm._number(_expect(header, _INTEGER))
        _expect(header, _INTEGER)
        flags = _expect(header, _OCTETS)
        told = _parts(_expect(_parts(_expect(message, _OCTETS)), _SEQUENCE))
        engine = _expect(told, _OCTETS)
        boots, at = _clock(told)
        name, signed, salt = (_expect(told, _OCTETS) for _ in range(3))
        tag, scoped = next(message, (0, b""))
    except NotATrap as problem:
        raise NotAnAnswer(str(problem)) from problem
    who = name.decode("utf-8", "replace")
    of = flags[0] if flags else 0
    return _Heard(number, of, engine, boots, at, who, signed, salt, tag, scoped)


def _clock(told: Iterator[tuple[int, bytes]]) -> tuple[int, int]:
    boots, at = (usm._number(_expect(told, _INTEGER)) for _ in range(2))
    if not (0 <= boots < 2**31 and 0 <= at < 2**31):
        raise NotATrap("a clock that cannot be")
    return boots, at


def _message(number: int, flags: int, security: bytes, scoped: bytes) -> bytes:
    header = (_whole(number), _whole(SIZE_MAX), _ber(_OCTETS, bytes((flags,))), _whole(usm._USM))
    return _ber(
        _SEQUENCE, _whole(3), _ber(_SEQUENCE, *header), _ber(_OCTETS, security), scoped
    )  # fmt: skip


def _security(
    engine: bytes = b"", boots: int = 0, at: int = 0, name: bytes = b"", sign: bytes = b"",
    salt: bytes = b"",
) -> bytes:  # fmt: skip
    return _ber(
        _SEQUENCE, _ber(_OCTETS, engine), _whole(boots), _whole(at), _ber(_OCTETS, name),
        _ber(_OCTETS, sign), _ber(_OCTETS, salt),
    )  # fmt: skip


def _scoped(engine: bytes, pdu: bytes) -> bytes:
    return _ber(_SEQUENCE, _ber(_OCTETS, engine), _ber(_OCTETS, b""), pdu)

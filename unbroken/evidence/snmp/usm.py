"""SNMPv3 messages opened: who signed them, what was said in secret. RFC 3412, 3414 and 3826.

Only what is signed is believed (authNoPriv or authPriv): HMAC-SHA-96, HMAC-SHA-256-192 (RFC 7860),
AES-128. MD5 and DES are not taken. A message that was recorded and sent again is refused.
"""

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES

from unbroken.evidence.snmp.traps import NotATrap, _expect, _parts

_INTEGER, _OCTETS, _SEQUENCE = 0x02, 0x04, 0x30
_AUTH, _PRIV, _USM = 0x01, 0x02, 3
_SIGNED = {"sha": ("sha1", 12), "sha256": ("sha256", 24)}
PASSWORD_MIN = 8
WINDOW_SECONDS = 150
"""RFC 3414 section 2.2.3."""

ENGINES_MAX = 10_000


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs: `auth` is sha or sha256; without a `priv_key` nothing is in secret."""

    name: str
    auth: str
    auth_key: str = field(repr=False)
    priv_key: str = field(default="", repr=False)


@dataclass(slots=True)
class Opener:
    """Opens messages of these users; remembers how far each engine's clock has come."""

    users: Mapping[str, User]
    _heard: OrderedDict[bytes, tuple[int, int]] = field(default_factory=OrderedDict)

    def open(self, data: bytes) -> tuple[int, bytes]:
        """The PDU in a message: its tag and its body. NotATrap when it is not to be believed."""
        message = _parts(_expect(_parts(data), _SEQUENCE))
        _expect(message, _INTEGER)
        header = _parts(_expect(message, _SEQUENCE))
        _expect(header, _INTEGER), _expect(header, _INTEGER)
        flags, model = _expect(header, _OCTETS), _number(_expect(header, _INTEGER))
        if model != _USM or len(flags) != 1 or not flags[0] & _AUTH:
            raise NotATrap("not signed")
        told = _expect(message, _OCTETS)
        parts = _parts(_expect(_parts(told), _SEQUENCE))
        engine, boots, time = (
            _expect(parts, _OCTETS),
            *(_number(_expect(parts, _INTEGER)) for _ in range(2)),
        )
        name, signed, salt = (_expect(parts, _OCTETS) for _ in range(3))
        user = self.users.get(name.decode("utf-8", "replace"))
        if user is None or not 5 <= len(engine) <= 32:
            raise NotATrap("a user we do not know")
        _check(data, user, engine, signed)
        self._check_time(engine, boots, time)
        tag, scoped = next(message, (0, b""))
        if flags[0] & _PRIV:
            scoped = _only_scoped(_opened(scoped, user, engine, boots, time, salt))
        elif user.priv_key or tag != _SEQUENCE:
            raise NotATrap("it should be in secret")
        fields = _parts(scoped)
        _expect(fields, _OCTETS), _expect(fields, _OCTETS)
        return next(fields, (0, b""))

    def _check_time(self, engine: bytes, boots: int, time: int) -> None:
        last_boots, last_time = self._heard.get(engine, (0, 0))
        if (boots, time) < (last_boots, last_time - WINDOW_SECONDS):
            raise NotATrap("it was said before")
        self._heard[engine] = max((boots, time), (last_boots, last_time))
        self._heard.move_to_end(engine)
        if len(self._heard) > ENGINES_MAX:
            self._heard.popitem(last=False)


def _check(data: bytes, user: User, engine: bytes, signed: bytes) -> None:
    method, size = _SIGNED[user.auth]
    place = data.find(signed) if len(signed) == size else -1
    if place < 0:
        raise NotATrap("not signed as it should be")
    blank = data[:place] + bytes(size) + data[place + size :]
    right = hmac.new(_own_key(method, user.auth_key, engine), blank, method).digest()[:size]
    if not hmac.compare_digest(right, signed):
        raise NotATrap("a wrong signature")


def _opened(sealed: bytes, user: User, engine: bytes, boots: int, time: int, salt: bytes) -> bytes:
    if not user.priv_key or len(salt) != 8 or not (0 <= boots < 2**31 and 0 <= time < 2**31):
        raise NotATrap("it cannot be opened")
    key = _own_key(_SIGNED[user.auth][0], user.priv_key, engine)[:16]
    start = boots.to_bytes(4, "big") + time.to_bytes(4, "big") + salt
    opener = Cipher(AES(key), CFB(start)).decryptor()
    return opener.update(sealed) + opener.finalize()


def _only_scoped(data: bytes) -> bytes:
    """The sequence at the beginning; a cipher may leave padding behind it."""
    return _expect(_parts(data), _SEQUENCE)


@lru_cache(maxsize=2_000)
def _own_key(method: str, password: str, engine: bytes) -> bytes:
    """The key of a user at one engine. RFC 3414 appendix A.2."""
    common = _common_key(method, password)
    return hashlib.new(method, common + engine + common).digest()


@lru_cache(maxsize=200)
def _common_key(method: str, password: str) -> bytes:
    raw = password.encode()
    whole = raw * (1_048_576 // len(raw) + 1)
    return hashlib.new(method, whole[:1_048_576]).digest()


def _number(raw: bytes) -> int:
    return int.from_bytes(raw[:8], "big", signed=True)


def users_in(told: object) -> dict[str, User]:
    """The `[[user]]` tables of the operator's file; ValueError says what is wrong with them."""
    found = {}
    for one in told if isinstance(told, list) else []:
        user = User(*(str(one.get(name, "")) for name in ("name", "auth", "auth_key", "priv_key")))
        keys = [user.auth_key, *filter(None, [user.priv_key])]
        if not user.name or user.auth not in _SIGNED or min(map(len, keys)) < PASSWORD_MIN:
            raise ValueError("each [[user]] needs name, auth (sha or sha256) and an auth_key of 8")
        found[user.name] = user
    return found

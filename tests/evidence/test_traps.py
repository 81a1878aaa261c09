"""SNMP traps: what a device tells is read, and nothing that only looks like it."""

import random

import pytest

from unbroken.evidence.snmp.traps import NotATrap, read


def ber(tag: int, *parts: bytes) -> bytes:
    """A value with its tag and length."""
    value = b"".join(parts)
    size = bytes((len(value),)) if len(value) < 128 else b"\x82" + len(value).to_bytes(2, "big")
    return bytes((tag,)) + size + value


def binding(oid: bytes, value: bytes) -> bytes:
    """An object and its value."""
    return ber(0x30, ber(0x06, oid), value)


UP_TIME = binding(b"\x2b\x06\x01\x02\x01\x01\x03\x00", ber(0x43, b"\x01"))
WHICH = b"\x2b\x06\x01\x06\x03\x01\x01\x04\x01\x00"
LINK_DOWN = ber(0x06, b"\x2b\x06\x01\x06\x03\x01\x01\x05\x03")
NAME = binding(b"\x2b\x06\x01\x02\x01\x02\x02\x01\x02\x07", ber(0x04, b"xe-0/0/7"))


def trap(*bindings: bytes, version: int = 1, kind: int = 0xA7) -> bytes:
    """A whole datagram."""
    number = ber(0x02, b"\x00")
    told = ber(kind, number, number, number, ber(0x30, *bindings))
    return ber(0x30, ber(0x02, bytes((version,))), ber(0x04, b"public"), told)


LINK_IS_DOWN = trap(UP_TIME, binding(WHICH, LINK_DOWN), NAME)


def test_a_link_that_goes_down_is_read() -> None:
    told = read(LINK_IS_DOWN)

    assert (told.name, told.kind, told.community) == ("linkDown", "port_down", "public")
    assert told.in_words() == "trap linkDown: ifDescr.7=xe-0/0/7"


def test_what_is_no_trap_of_version_2c_is_refused() -> None:
    wrong = [b"", b"\x30", b"\x30\x84\xff\xff\xff\xff", b"\x30\x80", trap(version=0),
             trap(kind=0xA0), trap(UP_TIME), trap(binding(b"\x80", LINK_DOWN)),
             trap(*[NAME] * 500)]  # fmt: skip
    for data in wrong:
        with pytest.raises(NotATrap):
            read(data)


def test_mutated_traps_are_read_or_refused() -> None:
    """Attack: octets changed and cut by chance."""
    chance = random.Random(3)
    for _ in range(3_000):
        octets = bytearray(LINK_IS_DOWN[: chance.randrange(1, len(LINK_IS_DOWN) + 1)])
        octets[chance.randrange(len(octets))] = chance.randrange(256)
        try:
            assert read(bytes(octets)).name
        except NotATrap:
            continue

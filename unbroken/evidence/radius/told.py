"""A packet's attributes by name, in their order, as somebody reads them who checks us. Pure."""

from struct import Struct

from unbroken.evidence.radius.attributes import text_of, value_of
from unbroken.evidence.radius.dictionary import Dictionary
from unbroken.evidence.radius.packets import SIZE_MIN

NAMES: dict[int, tuple[str, str]] = {
    1: ("User-Name", "string"), 4: ("NAS-IP-Address", "ipaddr"), 5: ("NAS-Port", "integer"),
    6: ("Service-Type", "integer"), 7: ("Framed-Protocol", "integer"),
    8: ("Framed-IP-Address", "ipaddr"), 25: ("Class", "octets"),
    27: ("Session-Timeout", "integer"), 30: ("Called-Station-Id", "string"),
    31: ("Calling-Station-Id", "string"), 32: ("NAS-Identifier", "string"),
    33: ("Proxy-State", "octets"), 40: ("Acct-Status-Type", "integer"),
    41: ("Acct-Delay-Time", "integer"), 42: ("Acct-Input-Octets", "integer"),
    43: ("Acct-Output-Octets", "integer"), 44: ("Acct-Session-Id", "string"),
    45: ("Acct-Authentic", "integer"), 46: ("Acct-Session-Time", "integer"),
    47: ("Acct-Input-Packets", "integer"), 48: ("Acct-Output-Packets", "integer"),
    49: ("Acct-Terminate-Cause", "integer"), 50: ("Acct-Multi-Session-Id", "string"),
    52: ("Acct-Input-Gigawords", "integer"), 53: ("Acct-Output-Gigawords", "integer"),
    55: ("Event-Timestamp", "integer"), 61: ("NAS-Port-Type", "integer"),
    77: ("Connect-Info", "string"), 85: ("Acct-Interim-Interval", "integer"),
    87: ("NAS-Port-Id", "string"), 95: ("NAS-IPv6-Address", "ipv6addr"),
    97: ("Framed-IPv6-Prefix", "octets"), 123: ("Delegated-IPv6-Prefix", "octets"),
    168: ("Framed-IPv6-Address", "ipv6addr"),
}  # fmt: skip
"""RFC 2865, 2866, 2869, 3162, 4818, 6911; any other goes by its number."""

_VENDOR = 26
_INTEGER = Struct("!I")


def attributes_of(packet: bytes, words: Dictionary) -> tuple[tuple[str, str], ...]:
    """Each with its value; what is cut off ends the list."""
    found: list[tuple[str, str]] = []
    at = SIZE_MIN
    while at + 2 <= len(packet):
        kind, size = packet[at], packet[at + 1]
        if size < 2 or at + size > len(packet):
            break
        value = packet[at + 2 : at + size]
        if kind == _VENDOR and size >= 8:
            found += _vendor(value, words)
        else:
            name, shape = NAMES.get(kind, (f"Attr-{kind}", "octets"))
            found.append((name, str(value_of(shape, value))))
        at += size
    return tuple(found)


def _vendor(value: bytes, words: Dictionary) -> list[tuple[str, str]]:
    vendor, at = _INTEGER.unpack_from(value)[0], 4
    found: list[tuple[str, str]] = []
    while at + 2 <= len(value):
        number, size = value[at], value[at + 1]
        if size < 2 or at + size > len(value):
            return found
        known = words.by_number.get((vendor, number))
        raw = value[at + 2 : at + size]
        if known is not None:
            found.append((text_of(known.name), str(value_of(known.type, raw))))
        else:
            found.append((f"Attr-26.{vendor}.{number}", "0x" + raw.hex()))
        at += size
    return found

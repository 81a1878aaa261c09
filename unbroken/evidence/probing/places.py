"""Where probes may go besides the line itself: the operator's list. Pure.

`dns 192.0.2.53, tcp 192.0.2.80:443, ping 192.0.2.1`: addresses, never names, so that nobody who
answers for a name leads us elsewhere.
"""

import ipaddress
import re
from dataclasses import dataclass
from typing import Literal

Probe = Literal["ping", "tcp", "dns", "trace"]

PLACES_MAX = 8
_PLACE = re.compile(
    r"(?P<probe>ping|tcp|dns)\s+"
    r"(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<four>[0-9.]+)|(?P<bare>[0-9a-fA-F.]*:[0-9a-fA-F:.]*:\w*))"
    r"(?::(?P<port>\d{1,5}))?"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One address, and what is asked there. `port`: of tcp and dns, else 0."""

    probe: Probe
    address: str
    port: int = 0


def read_places(text: str) -> tuple[Place, ...]:
    """The list as it stands in the setting; ValueError when it cannot be used."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > PLACES_MAX:
        raise ValueError(f"at most {PLACES_MAX} places")
    return tuple(_place(part) for part in parts)


def _place(text: str) -> Place:
    found = _PLACE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no place")
    is_bare = found["bare"] is not None  # IPv6 without brackets has no port
    address = ipaddress.ip_address(text.split()[-1] if is_bare else found["six"] or found["four"])
    probe: Probe = found["probe"]  # type: ignore[assignment]
    given = "" if is_bare else found["port"] or ""
    port = int(given or (53 if probe == "dns" else 0))
    if (probe == "ping") != (port == 0) or port > 65535:
        raise ValueError(f"{text!r}: tcp needs a port, ping has none")
    return Place(probe, str(address), port)


def may_be_probed(address: str) -> bool:
    """Whether this is an address a customer or a NAS may have; not our own machine, nor everybody.

    A session's address came from outside: a NAS that lies must not turn our probes on ourselves.
    """
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = one.ipv4_mapped if isinstance(one, ipaddress.IPv6Address) else None
    one = mapped or one
    return not (
        one.is_loopback or one.is_multicast or one.is_unspecified or one.is_link_local
        or str(one) == "255.255.255.255"
    )  # fmt: skip

"""Which NAS a record speaks of: its key in the inventory, else what it calls itself."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Nas:
    """A NAS of the inventory. Its secret is never shown."""

    key: str
    name: str
    address: str
    secret: bytes = field(repr=False, default=b"")


class Naming:
    """The NASes of the inventory, by address and by name."""

    def __init__(self, nases: Iterable[Nas] = ()) -> None:
        self._by_address: dict[str, Nas] = {}
        self._by_name: dict[str, Nas] = {}
        for nas in nases:
            self._by_name.setdefault(nas.key.casefold(), nas)
            if nas.name:
                self._by_name.setdefault(nas.name.casefold(), nas)
            if address := plain_address(nas.address):
                self._by_address.setdefault(address, nas)

    def client(self, address: str) -> Nas | None:
        """Who may speak from this source address: only whoever has a secret."""
        nas = self._by_address.get(address)
        return nas if nas is not None and nas.secret else None

    def name_of(self, *, source: str, claimed: str, identifier: str, is_restart: bool) -> str:
        """The NAS by the address it claims, by its identifier, or by who handed the record in.

        A proxy may speak for many NASes that the inventory does not know: when one of them begins
        anew, that says nothing about the sessions of the others.
        """
        known = self._by_address.get(claimed) or self._by_name.get(identifier.casefold())
        if known is None and not (is_restart and claimed):
            known = self._by_address.get(source)
        return known.key if known is not None else claimed or identifier or source


def plain_address(text: str) -> str:
    """An address as it is compared: IPv4 in IPv6 unwrapped; empty when it is none."""
    try:
        found = ipaddress.ip_address(text.strip().partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(found)

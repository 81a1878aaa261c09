"""From where a request really comes when proxies stand in front of us. Pure.

A proxy that we trust puts the address it was called from at the end of X-Forwarded-For. What
stands before that was said by somebody we do not trust, and anybody may say anything.
"""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network


def networks(text: str) -> tuple[Network, ...]:
    """Addresses and networks with commas between them; ValueError for anything else."""
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


def visitor(peer: str, forwarded: Sequence[str], *, proxies: Iterable[Network]) -> str:
    """Who called: the last address on the way that is none of our proxies'."""
    trusted = tuple(proxies)
    address = peer
    for before in reversed(forwarded):
        if not _is_in(address, trusted):
            break
        address = before
    return address if _is_address(address) else peer


def steps(headers: Iterable[tuple[bytes, bytes]]) -> list[str]:
    """The addresses in X-Forwarded-For, the nearest last; several such headers are one."""
    said = [value.decode("latin-1") for name, value in headers if name == b"x-forwarded-for"]
    return [part.strip() for part in ",".join(said).split(",") if part.strip()]


def _is_in(address: str, trusted: Sequence[Network]) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True

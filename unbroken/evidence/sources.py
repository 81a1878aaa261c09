"""Where the network is asked and listened to besides the first doors, as the settings say it.

Knows no Django. Whatever is absent here is not asked, and that is all.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from unbroken.evidence.probing.places import Place, read_places


@dataclass(frozen=True, slots=True)
class Sources:
    """`probes`: places besides the line itself where a test may look."""

    probes: tuple[Place, ...] = ()


def read(environ: Mapping[str, str]) -> Sources:
    """What the settings name; ValueError says what is wrong and what to write."""
    return Sources(probes=_probes(environ.get("UNBROKEN_PROBES", "")))


def _probes(text: str) -> tuple[Place, ...]:
    try:
        return read_places(text)
    except ValueError as error:
        raise ValueError(
            "UNBROKEN_PROBES must be at most eight addresses, never names, as "
            "dns 192.0.2.53, tcp 192.0.2.80:443, ping 192.0.2.1."
        ) from error

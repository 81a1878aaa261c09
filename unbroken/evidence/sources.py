"""Where the network is asked and listened to besides the first doors, as the settings say it.

Knows no Django. Whatever is absent here is not asked, and that is all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from unbroken.evidence.probing.places import Place, read_places

RADACCT_SCHEMES = ("postgresql", "postgres", "mysql", "mariadb")


@dataclass(frozen=True, slots=True)
class Tls:
    """Where syslog comes by TLS, and with which certificate. `ca`: whose devices may speak."""

    host: str
    port: int
    certificate: str
    key: str
    ca: str


@dataclass(frozen=True, slots=True)
class Sources:
    """`probes`: places besides the line itself where a test may look. `genieacs`: its NBI.
    `radacct`: a database with that table. `snmp_devices`: a file. Empty where there is none."""

    probes: tuple[Place, ...] = ()
    genieacs: str = field(default="", repr=False)
    radacct: str = field(default="", repr=False)
    syslog_tls: Tls | None = None
    snmp_devices: str = ""


def read(environ: Mapping[str, str]) -> Sources:
    """What the settings name; ValueError says what is wrong and what to write."""
    return Sources(
        probes=_probes(environ.get("UNBROKEN_PROBES", "")),
        genieacs=_url(environ, "UNBROKEN_GENIEACS_URL", ("http", "https")),
        radacct=_url(environ, "UNBROKEN_RADACCT_URL", RADACCT_SCHEMES),
        syslog_tls=_tls(environ),
        snmp_devices=environ.get("UNBROKEN_SNMP_DEVICES", "").strip(),
    )


def _tls(environ: Mapping[str, str]) -> Tls | None:
    text = environ.get("UNBROKEN_SYSLOG_TLS", "").strip()
    if not text:
        return None
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError("UNBROKEN_SYSLOG_TLS must be an address and a port, as 0.0.0.0:6514.")
    certificate = environ.get("UNBROKEN_SYSLOG_CERTIFICATE", "").strip()
    if not certificate:
        raise ValueError("UNBROKEN_SYSLOG_TLS needs UNBROKEN_SYSLOG_CERTIFICATE, a PEM file.")
    key = environ.get("UNBROKEN_SYSLOG_KEY", "").strip()
    ca = environ.get("UNBROKEN_SYSLOG_CA", "").strip()
    return Tls(host.strip("[]") or "127.0.0.1", int(port), certificate, key, ca)


def _url(environ: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str:
    url = environ.get(name, "").strip().rstrip("/")
    parts = urlsplit(url)
    is_there = parts.netloc or "host=" in parts.query  # a socket has no host
    if url and (parts.scheme not in schemes or not is_there):
        raise ValueError(f"{name} must begin with {schemes[0]}:// and name a host.")
    return url


def _probes(text: str) -> tuple[Place, ...]:
    try:
        return read_places(text)
    except ValueError as error:
        raise ValueError(
            "UNBROKEN_PROBES must be at most eight addresses, never names, as "
            "dns 192.0.2.53, tcp 192.0.2.80:443, ping 192.0.2.1."
        ) from error

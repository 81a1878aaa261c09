"""The directory at whose entries agents sign in, as the settings describe it. Knows no Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

FILTER = "(|(mail={name})(uid={name}))"


@dataclass(frozen=True, slots=True)
class Ldap:
    """One directory: where it is, whom it is asked as, which entries count."""

    host: str
    port: int
    is_tls_at_once: bool
    ca: str
    base: str
    filter: str
    user: str
    password: str
    group: str
    by_address: bool
    role: str


def read(environ: Mapping[str, str], *, role: str) -> Ldap | None:
    """The directory of this desk, or none; ValueError says what is wrong and what to write."""
    url = environ.get("UNBROKEN_LDAP_URL", "").strip()
    if not url:
        return None
    host, port, is_tls_at_once = _address(url)
    base = environ.get("UNBROKEN_LDAP_BASE", "").strip()
    if not base:
        raise ValueError("UNBROKEN_LDAP_BASE must be set, as ou=people,dc=isp,dc=example.")
    template = environ.get("UNBROKEN_LDAP_FILTER", "").strip() or FILTER
    if "{name}" not in template or template.count("(") != template.count(")"):
        raise ValueError(
            "UNBROKEN_LDAP_FILTER must be a filter with {name} in it, as (uid={name})."
        )
    user, password = (
        environ.get("UNBROKEN_LDAP_USER", ""),
        environ.get("UNBROKEN_LDAP_PASSWORD", ""),
    )
    if bool(user) != bool(password):
        raise ValueError("UNBROKEN_LDAP_USER and UNBROKEN_LDAP_PASSWORD go together.")
    return Ldap(
        host=host,
        port=port,
        is_tls_at_once=is_tls_at_once,
        ca=environ.get("UNBROKEN_LDAP_CA", ""),
        base=base,
        filter=template,
        user=user,
        password=password,
        group=environ.get("UNBROKEN_LDAP_GROUP", "").strip(),
        by_address=environ.get("UNBROKEN_LDAP_BY_ADDRESS", "") not in ("", "0"),
        role=role,
    )


def _address(url: str) -> tuple[str, int, bool]:
    parts = urlsplit(url)
    is_tls_at_once = parts.scheme == "ldaps"
    try:
        port = parts.port or (636 if is_tls_at_once else 389)
    except ValueError as error:
        raise ValueError("The port in UNBROKEN_LDAP_URL is not a number.") from error
    if parts.scheme not in ("ldap", "ldaps") or not parts.hostname:
        raise ValueError("UNBROKEN_LDAP_URL must begin with ldaps:// or ldap:// and name a host.")
    return parts.hostname, port, is_tls_at_once

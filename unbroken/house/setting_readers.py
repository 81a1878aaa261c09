"""How each setting is read: from text to what it means; WrongSetting says what to write instead."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from unbroken.evidence import sources as network
from unbroken.evidence.sources import Sources
from unbroken.ground.clock import parse_rehearsal
from unbroken.ground.origins import origins
from unbroken.house.addresses import Address, WrongSetting
from unbroken.house.setting_list import BY_NAME
from unbroken.house.visitors import Network, networks
from unbroken.staffing import ldap_settings
from unbroken.staffing.ldap_settings import Ldap
from unbroken.staffing.permissions import BUILT_IN


def folder(environ: Mapping[str, str], name: str) -> Path | None:
    text = environ.get(name, "").strip()
    return Path(text).expanduser().resolve() if text else None


def embed_origins(environ: Mapping[str, str]) -> tuple[str, ...]:
    try:
        return origins(environ.get("UNBROKEN_EMBED_ORIGINS", ""))
    except ValueError as error:
        raise WrongSetting(
            f"UNBROKEN_EMBED_ORIGINS: {error} is no origin, such as https://www.isp.example."
        ) from error


def roles(environ: Mapping[str, str]) -> tuple[str, ...]:
    named = [one.strip() for one in environ.get("UNBROKEN_SECOND_FACTOR", "").split(",")]
    for role in filter(None, named):
        if role != "all":
            _check_role("UNBROKEN_SECOND_FACTOR", role)
    return tuple(filter(None, named))


def role(environ: Mapping[str, str], name: str) -> str:
    role = environ.get(name, "").strip()
    if role:
        _check_role(name, role)
    return role


def _check_role(name: str, role: str) -> None:
    if role not in BUILT_IN and not re.fullmatch(r"own-\d+", role):
        raise WrongSetting(f"{name}: there is no role {role} (of {', '.join(BUILT_IN)}).")


def billing(environ: Mapping[str, str]) -> str:
    url = environ.get("UNBROKEN_BILLING_URL", "").strip()
    parts = urlsplit(url)
    is_near = parts.hostname in ("127.0.0.1", "localhost")
    if url and parts.scheme != "https" and not (parts.scheme == "http" and is_near):
        raise WrongSetting("UNBROKEN_BILLING_URL must begin with https://.")
    if url and not environ.get("UNBROKEN_BILLING_SECRET"):
        raise WrongSetting("UNBROKEN_BILLING_URL needs UNBROKEN_BILLING_SECRET to sign with.")
    return url


def openid(environ: Mapping[str, str]) -> str:
    issuer = environ.get("UNBROKEN_OPENID", "").rstrip("/")
    parts = urlsplit(issuer)
    is_near = parts.hostname in ("127.0.0.1", "localhost")
    if issuer and parts.scheme != "https" and not (parts.scheme == "http" and is_near):
        raise WrongSetting("UNBROKEN_OPENID must begin with https://.")
    return issuer


def ldap(environ: Mapping[str, str]) -> Ldap | None:
    try:
        return ldap_settings.read(environ, role=role(environ, "UNBROKEN_LDAP_ROLE"))
    except ValueError as error:
        raise WrongSetting(str(error)) from error


def sources(environ: Mapping[str, str]) -> Sources:
    try:
        return network.read(environ)
    except ValueError as error:
        raise WrongSetting(str(error)) from error


def address(environ: Mapping[str, str], name: str) -> Address:
    text = environ.get(name) or BY_NAME[name].default
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit() or int(port) > 65535:
        raise WrongSetting(f"{name} must be an address and a port, as {BY_NAME[name].default}.")
    return Address(host.strip("[]") or "127.0.0.1", int(port))


def clock(environ: Mapping[str, str]) -> str:
    text = environ.get("UNBROKEN_CLOCK", "")
    try:
        if text:
            parse_rehearsal(text, epoch=datetime.now(UTC))
    except ValueError as error:
        raise WrongSetting(
            "UNBROKEN_CLOCK must be START@SPEED, as 2026-05-24T06:00:00+02:00@60."
        ) from error
    return text


def number(environ: Mapping[str, str], name: str, *, least: int) -> int:
    text = environ.get(name) or BY_NAME[name].default
    if not text.isdigit() or int(text) < least:
        raise WrongSetting(f"{name} must be a whole number, {least} or more.")
    return int(text)


def proxies(environ: Mapping[str, str]) -> tuple[Network, ...]:
    try:
        return networks(environ.get("UNBROKEN_PROXIES", ""))
    except ValueError as error:
        raise WrongSetting(
            "UNBROKEN_PROXIES must be addresses or networks, as 127.0.0.1, 10.0.0.0/8."
        ) from error


def country(environ: Mapping[str, str]) -> str:
    text = (environ.get("UNBROKEN_COUNTRY") or BY_NAME["UNBROKEN_COUNTRY"].default).upper()
    if len(text) != 2 or not text.isalpha() or not text.isascii():
        raise WrongSetting("UNBROKEN_COUNTRY must be two letters, as DE.")
    return text


def timezone(environ: Mapping[str, str]) -> str:
    text = environ.get("UNBROKEN_TIMEZONE") or BY_NAME["UNBROKEN_TIMEZONE"].default
    try:
        ZoneInfo(text)
    except (OSError, ValueError) as error:
        raise WrongSetting("UNBROKEN_TIMEZONE must be a time zone, as Europe/Berlin.") from error
    return text


def kept_key(data: Path) -> str:
    try:
        return (data / "secret_key").read_text().strip()
    except OSError:
        return ""

"""Every setting of the desk, read from the environment once, typed and explained.

Each setting is one variable `UNBROKEN_…` with a default that works on a laptop. This
page is the only place that reads them; `unbroken settings` prints it, and a test
fails when a variable is used anywhere without standing here. Knows no Django.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from unbroken.evidence import sources
from unbroken.evidence.sources import Sources
from unbroken.ground.clock import parse_rehearsal
from unbroken.ground.origins import origins
from unbroken.house.visitors import Network, networks
from unbroken.staffing import ldap_settings
from unbroken.staffing.ldap_settings import Ldap
from unbroken.staffing.permissions import BUILT_IN

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: its name, what it is when absent, and one sentence on what it is for."""

    name: str
    default: str
    meaning: str
    is_secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "UNBROKEN_DATA",
        "data/ in the checkout",
        "Folder for the embedded PostgreSQL, the secret key, sent mail of the demo and logs; "
        "everything the desk writes lies under it.",
    ),
    Setting(
        "UNBROKEN_DATABASE_URL",
        "",
        "An outside PostgreSQL (15 or newer) instead of the embedded one, as "
        "postgresql://user:password@host:port/name?sslmode=….",
        is_secret=True,
    ),
    Setting("UNBROKEN_HTTP", "127.0.0.1:8000", "Address and port where the pages are served."),
    Setting(
        "UNBROKEN_LMTP",
        "127.0.0.1:8024",
        "Address and port where mail is taken in by LMTP (for a Postfix next door).",
    ),
    Setting(
        "UNBROKEN_SMTP",
        "127.0.0.1:8025",
        "Address and port where mail is taken in by SMTP.",
    ),
    Setting(
        "UNBROKEN_SMTP_URL",
        "",
        "Where mail goes out: smtp://user:password@host:port (smtps:// for TLS) or file:///DIR, "
        "one .eml a mail. When absent, the relay named in the administration; without one, the "
        "folder `sent` under UNBROKEN_DATA, shown in the console as a mail catcher.",
        is_secret=True,
    ),
    Setting(
        "UNBROKEN_MAIL_BYTES_MAX",
        "52428800",
        "The largest mail that is taken in, in bytes; a larger one is refused at the door.",
    ),
    Setting(
        "UNBROKEN_MAIL_STRICT",
        "",
        "1 refuses mail to addresses that are no mailbox of ours; otherwise it goes to the "
        "default mailbox. Nothing is ever sent on.",
    ),
    Setting("UNBROKEN_RADIUS", "127.0.0.1:1813", "Address and port for RADIUS accounting (UDP)."),
    Setting(
        "UNBROKEN_RADIUS_DICTIONARIES",
        "",
        "Folder with dictionaries of FreeRADIUS, whose vendors' attributes are then kept with each "
        "session by name; those that say something about a line are known anyway.",
    ),
    Setting("UNBROKEN_SYSLOG", "127.0.0.1:5514", "Address and port for syslog (UDP and TCP)."),
    Setting("UNBROKEN_SNMPTRAP", "127.0.0.1:1162", "Address and port for SNMP traps (UDP)."),
    Setting(
        "UNBROKEN_NETFLOW",
        "127.0.0.1:2055",
        "Address and port for flows of routers: NetFlow v5, v9 and IPFIX (UDP).",
    ),
    Setting(
        "UNBROKEN_SYSLOG_TLS",
        "",
        "Address and port for syslog over TLS, as 0.0.0.0:6514; closed when absent.",
    ),
    Setting(
        "UNBROKEN_SYSLOG_CERTIFICATE",
        "",
        "File with the certificate (and chain) of that door, PEM; a renewed one is taken up.",
    ),
    Setting(
        "UNBROKEN_SYSLOG_KEY",
        "",
        "File with its key, PEM, where the certificate's file does not hold it too.",
    ),
    Setting(
        "UNBROKEN_SYSLOG_CA",
        "",
        "File with the authority whose certificates devices have to show there; when absent they "
        "show none and are known by their address, as at the other doors.",
    ),
    Setting(
        "UNBROKEN_SNMP_DEVICES",
        "",
        "A TOML file with the devices that are asked by SNMP v2c: [[device]] with resource (its "
        "key in the inventory), community, and, if other than 300, every (seconds); and each "
        "[[user]] who signs SNMPv3 traps (docs/rooms/evidence.md).",
    ),
    Setting(
        "UNBROKEN_PROBES",
        "",
        "Where a test of a line looks besides the line itself and its NAS: at most eight "
        "addresses, as dns 192.0.2.53, tcp 192.0.2.80:443, ping 192.0.2.1.",
    ),
    Setting(
        "UNBROKEN_RADACCT_URL",
        "",
        "A PostgreSQL in which FreeRADIUS or daloRADIUS keeps its table radacct, as "
        "postgresql://user:password@host/radius: read every minute, what is new; never written.",
        is_secret=True,
    ),
    Setting(
        "UNBROKEN_GENIEACS_URL",
        "",
        "The NBI of your GenieACS, as http://user:password@acs.isp.example:7557: what modems last "
        "told it and its faults are fetched every five minutes.",
        is_secret=True,
    ),
    Setting(
        "UNBROKEN_BASE_URL",
        "http:// and UNBROKEN_HTTP",
        "The address by which customers and agents reach the desk; it stands in every mail, and "
        "https:// makes the sign-in cookies secure.",
    ),
    Setting(
        "UNBROKEN_PROXIES",
        "",
        "Addresses or networks, with commas between them, of the proxies in front of the pages: "
        "whom they name in X-Forwarded-For is taken for the visitor. Needed for limits by place.",
    ),
    Setting(
        "UNBROKEN_EMBED_ORIGINS",
        "",
        "Pages that may show the form /embed/ask in a frame: their origins with commas between "
        "them, as https://www.isp.example. When absent, those named in the administration.",
    ),
    Setting(
        "UNBROKEN_BILLING_URL",
        "",
        "Where billing takes credits: each that is booked or taken back is sent there once as JSON "
        "(POST), signed, and tried again for three days. See docs/rooms/promise.md.",
    ),
    Setting(
        "UNBROKEN_BILLING_SECRET",
        "",
        "The secret that credits are signed with (HMAC-SHA256); billing knows it too.",
        is_secret=True,
    ),
    Setting(
        "UNBROKEN_SECRET_KEY",
        "made on the first start and kept in secret_key under UNBROKEN_DATA",
        "Signs sign-ins and mail links; on several machines it must be the same on each.",
        is_secret=True,
    ),
    Setting(
        "UNBROKEN_SECOND_FACTOR",
        "",
        "Roles that have to prove themselves with an app or a passkey besides the password, with "
        "commas between them, as admin,head; all means every role.",
    ),
    Setting(
        "UNBROKEN_OPENID",
        "",
        "Address of your OpenID Connect provider (its issuer, as https://login.example/realm). "
        "Agents tie their account to it on their own page and sign in there from then on.",
    ),
    Setting("UNBROKEN_OPENID_CLIENT", "unbroken", "What the desk is called at that provider."),
    Setting(
        "UNBROKEN_OPENID_SECRET", "", "The secret it shares with that provider.", is_secret=True
    ),
    Setting(
        "UNBROKEN_OPENID_BY_ADDRESS",
        "",
        "1 ties an agent to their account at the provider the first time it names them by an "
        "e-mail address that it has confirmed; only where nobody can choose their address there.",
    ),
    Setting(
        "UNBROKEN_OPENID_ROLE",
        "",
        "The role of whoever the provider names by a confirmed address that is no agent's: they "
        "work here from then on, in no team. When absent, nobody is let in who is no agent.",
    ),
    Setting(
        "UNBROKEN_LDAP_URL",
        "",
        "Your directory, as ldaps://ldap.example or ldap://ldap.example (which begins with "
        "StartTLS, always). Agents then sign in with their name and password there too.",
    ),
    Setting(
        "UNBROKEN_LDAP_CA",
        "",
        "File with the certificates that vouch for the directory's; when absent, this machine's.",
    ),
    Setting(
        "UNBROKEN_LDAP_BASE", "", "Below which entry people stand, as ou=people,dc=isp,dc=example."
    ),
    Setting(
        "UNBROKEN_LDAP_FILTER",
        ldap_settings.FILTER,
        "Which entry a name means, {name} being what was typed; for Active Directory "
        "(|(mail={name})(sAMAccountName={name})).",
    ),
    Setting(
        "UNBROKEN_LDAP_USER",
        "",
        "The entry as which the desk looks for people, where not everybody may.",
    ),
    Setting("UNBROKEN_LDAP_PASSWORD", "", "The password of that entry.", is_secret=True),
    Setting(
        "UNBROKEN_LDAP_GROUP",
        "",
        "A group whose members alone may come in, as cn=desk,ou=groups,dc=isp,dc=example; it "
        "names them as member or uniqueMember.",
    ),
    Setting(
        "UNBROKEN_LDAP_BY_ADDRESS",
        "",
        "1 ties an agent to the entry that has their e-mail address, the first time they come in "
        "with it; only where nobody can change their own address there.",
    ),
    Setting(
        "UNBROKEN_LDAP_ROLE",
        "",
        "The role of whoever comes in by an entry whose address is no agent's: they work here "
        "from then on, in no team. When absent, nobody is let in who is no agent.",
    ),
    Setting(
        "UNBROKEN_CLOCK",
        "",
        "START@SPEED, for rehearsals only: the desk's clock begins at START and runs SPEED times "
        "as fast.",
    ),
    Setting(
        "UNBROKEN_CLOCK_EPOCH",
        "noted under UNBROKEN_DATA when the rehearsal begins",
        "When a rehearsal began in real time, so that all its processes agree; set by hand only "
        "on several machines.",
    ),
    Setting(
        "UNBROKEN_WEB_PROCESSES",
        "1",
        "Web processes; one is enough for a hundred agents, more use more processors.",
    ),
    Setting(
        "UNBROKEN_WATCH_PROCESSES",
        "2",
        "Watch processes; they share the loops, so that one loop may use a processor by itself.",
    ),
    Setting("UNBROKEN_WEB_THREADS", "8", "Pages that one web process makes at the same time."),
    Setting(
        "UNBROKEN_POOL",
        "10",
        "Database connections that one process keeps at most; 0 opens one per thread instead.",
    ),
    Setting(
        "UNBROKEN_WORKER_JOBS",
        "8",
        "Calls to the outside that one worker makes at the same time.",
    ),
    Setting(
        "UNBROKEN_COUNTRY",
        "DE",
        "Two letters: the country in which telephone numbers without a country code are written.",
    ),
    Setting(
        "UNBROKEN_TIMEZONE",
        "UTC",
        "The time zone in which days and weeks are counted for figures and reports, as "
        "Europe/Berlin. After a change: unbroken figures rebuild --again.",
    ),
    Setting(
        "UNBROKEN_RADIUS_DAYS",
        "30",
        "For how many days RADIUS packets are kept as they came. The sessions folded from them are "
        "kept as long as all other records of the network.",
    ),
    Setting(
        "UNBROKEN_EVIDENCE_DAYS",
        "800",
        "For how many days sessions, readings, alarms and log lines are kept.",
    ),
    Setting(
        "UNBROKEN_RECEIPT_CERTAINTY",
        "90",
        "From how many percent of certainty on the acknowledgement says what was found on the "
        "line; 0 never says it. Only what is ours to mend is said, never that it is the customer.",
    ),
    Setting(
        "UNBROKEN_DEBUG",
        "",
        "1 shows errors on the page and reloads templates; never where customers can reach it.",
    ),
)

BY_NAME = {setting.name: setting for setting in SETTINGS}


class WrongSetting(Exception):
    """A variable holds something that cannot be used; the text says which and what to write."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where something listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Database:
    """How to reach PostgreSQL, in the words of its client library."""

    host: str
    port: str
    user: str
    password: str
    name: str
    options: tuple[tuple[str, str], ...] = ()

    def dsn(self) -> str:
        """For psycopg and the tools of PostgreSQL, each value quoted."""
        pairs = [
            ("host", self.host),
            ("port", self.port),
            ("user", self.user),
            ("password", self.password),
            ("dbname", self.name),
            *self.options,
        ]
        return " ".join(f"{key}={_quoted(value)}" for key, value in pairs if value)


@dataclass(frozen=True, slots=True)
class Environment:
    """All settings, typed."""

    data: Path
    database_url: str
    http: Address
    lmtp: Address
    smtp: Address
    smtp_url: str
    mail_bytes_max: int
    mail_is_strict: bool
    radius: Address
    radius_dictionaries: Path | None
    syslog: Address
    snmptrap: Address
    netflow: Address
    sources: Sources
    base_url: str
    proxies: tuple[Network, ...]
    embed_origins: tuple[str, ...]
    billing_url: str
    billing_secret: str
    secret_key: str
    second_factor: tuple[str, ...]
    openid: str
    openid_client: str
    openid_secret: str
    openid_by_address: bool
    openid_role: str
    ldap: Ldap | None
    clock: str
    web_processes: int
    watch_processes: int
    web_threads: int
    pool: int
    worker_jobs: int
    country: str
    timezone: str
    radius_days: int
    evidence_days: int
    receipt_certainty: int
    debug: bool

    @property
    def has_outside_database(self) -> bool:
        """Whether somebody else runs PostgreSQL for us."""
        return bool(self.database_url)


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """The settings as they stand in the environment; WrongSetting when one cannot be used."""
    data = Path(environ.get("UNBROKEN_DATA") or CHECKOUT / "data").expanduser().resolve()
    http = _address(environ, "UNBROKEN_HTTP")
    base_url = environ.get("UNBROKEN_BASE_URL", "").rstrip("/") or f"http://{http}"
    if urlsplit(base_url).scheme not in ("http", "https"):
        raise WrongSetting("UNBROKEN_BASE_URL must begin with http:// or https://.")
    return Environment(
        data=data,
        database_url=environ.get("UNBROKEN_DATABASE_URL", ""),
        http=http,
        lmtp=_address(environ, "UNBROKEN_LMTP"),
        smtp=_address(environ, "UNBROKEN_SMTP"),
        smtp_url=environ.get("UNBROKEN_SMTP_URL", "") or (data / "sent").as_uri(),
        mail_bytes_max=_number(environ, "UNBROKEN_MAIL_BYTES_MAX", least=10_000),
        mail_is_strict=environ.get("UNBROKEN_MAIL_STRICT", "") not in ("", "0"),
        radius=_address(environ, "UNBROKEN_RADIUS"),
        radius_dictionaries=_folder(environ, "UNBROKEN_RADIUS_DICTIONARIES"),
        syslog=_address(environ, "UNBROKEN_SYSLOG"),
        snmptrap=_address(environ, "UNBROKEN_SNMPTRAP"),
        netflow=_address(environ, "UNBROKEN_NETFLOW"),
        sources=_sources(environ),
        base_url=base_url,
        proxies=_proxies(environ),
        embed_origins=_origins(environ),
        billing_url=_billing(environ),
        billing_secret=environ.get("UNBROKEN_BILLING_SECRET", ""),
        secret_key=environ.get("UNBROKEN_SECRET_KEY", "") or _kept_key(data),
        second_factor=_roles(environ),
        openid=_openid(environ),
        openid_client=environ.get("UNBROKEN_OPENID_CLIENT") or "unbroken",
        openid_secret=environ.get("UNBROKEN_OPENID_SECRET", ""),
        openid_by_address=environ.get("UNBROKEN_OPENID_BY_ADDRESS", "") not in ("", "0"),
        openid_role=_role(environ, "UNBROKEN_OPENID_ROLE"),
        ldap=_ldap(environ),
        clock=_clock(environ),
        web_processes=_number(environ, "UNBROKEN_WEB_PROCESSES", least=1),
        watch_processes=_number(environ, "UNBROKEN_WATCH_PROCESSES", least=1),
        web_threads=_number(environ, "UNBROKEN_WEB_THREADS", least=1),
        pool=_number(environ, "UNBROKEN_POOL", least=0),
        worker_jobs=_number(environ, "UNBROKEN_WORKER_JOBS", least=1),
        country=_country(environ),
        timezone=_timezone(environ),
        radius_days=_number(environ, "UNBROKEN_RADIUS_DAYS", least=2),
        evidence_days=_number(environ, "UNBROKEN_EVIDENCE_DAYS", least=60),
        receipt_certainty=_number(environ, "UNBROKEN_RECEIPT_CERTAINTY", least=0),
        debug=environ.get("UNBROKEN_DEBUG", "") not in ("", "0"),
    )


def database_from_url(url: str) -> Database:
    """A postgresql:// address taken apart; WrongSetting says what is wrong with it."""
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise WrongSetting(
            "UNBROKEN_DATABASE_URL must look like postgresql://user:password@host:port/name."
        )
    try:
        port = str(parts.port or "")
    except ValueError as error:
        raise WrongSetting("The port in UNBROKEN_DATABASE_URL is not a number.") from error
    options = dict(parse_qsl(parts.query))
    return Database(
        host=options.pop("host", unquote(parts.hostname or "")),
        port=options.pop("port", port),
        user=options.pop("user", unquote(parts.username or "")),
        password=options.pop("password", unquote(parts.password or "")),
        name=name,
        options=tuple(options.items()),
    )


def _folder(environ: Mapping[str, str], name: str) -> Path | None:
    text = environ.get(name, "").strip()
    return Path(text).expanduser().resolve() if text else None


def _origins(environ: Mapping[str, str]) -> tuple[str, ...]:
    try:
        return origins(environ.get("UNBROKEN_EMBED_ORIGINS", ""))
    except ValueError as error:
        raise WrongSetting(
            f"UNBROKEN_EMBED_ORIGINS: {error} is no origin, such as https://www.isp.example."
        ) from error


def _roles(environ: Mapping[str, str]) -> tuple[str, ...]:
    named = [one.strip() for one in environ.get("UNBROKEN_SECOND_FACTOR", "").split(",")]
    for role in filter(None, named):
        if role != "all":
            _check_role("UNBROKEN_SECOND_FACTOR", role)
    return tuple(filter(None, named))


def _role(environ: Mapping[str, str], name: str) -> str:
    role = environ.get(name, "").strip()
    if role:
        _check_role(name, role)
    return role


def _check_role(name: str, role: str) -> None:
    if role not in BUILT_IN and not re.fullmatch(r"own-\d+", role):
        raise WrongSetting(f"{name}: there is no role {role} (of {', '.join(BUILT_IN)}).")


def _billing(environ: Mapping[str, str]) -> str:
    url = environ.get("UNBROKEN_BILLING_URL", "").strip()
    parts = urlsplit(url)
    is_near = parts.hostname in ("127.0.0.1", "localhost")
    if url and parts.scheme != "https" and not (parts.scheme == "http" and is_near):
        raise WrongSetting("UNBROKEN_BILLING_URL must begin with https://.")
    if url and not environ.get("UNBROKEN_BILLING_SECRET"):
        raise WrongSetting("UNBROKEN_BILLING_URL needs UNBROKEN_BILLING_SECRET to sign with.")
    return url


def _openid(environ: Mapping[str, str]) -> str:
    issuer = environ.get("UNBROKEN_OPENID", "").rstrip("/")
    parts = urlsplit(issuer)
    is_near = parts.hostname in ("127.0.0.1", "localhost")
    if issuer and parts.scheme != "https" and not (parts.scheme == "http" and is_near):
        raise WrongSetting("UNBROKEN_OPENID must begin with https://.")
    return issuer


def _ldap(environ: Mapping[str, str]) -> Ldap | None:
    try:
        return ldap_settings.read(environ, role=_role(environ, "UNBROKEN_LDAP_ROLE"))
    except ValueError as error:
        raise WrongSetting(str(error)) from error


def _sources(environ: Mapping[str, str]) -> Sources:
    try:
        return sources.read(environ)
    except ValueError as error:
        raise WrongSetting(str(error)) from error


def _address(environ: Mapping[str, str], name: str) -> Address:
    text = environ.get(name) or BY_NAME[name].default
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit() or int(port) > 65535:
        raise WrongSetting(f"{name} must be an address and a port, as {BY_NAME[name].default}.")
    return Address(host.strip("[]") or "127.0.0.1", int(port))


def _clock(environ: Mapping[str, str]) -> str:
    text = environ.get("UNBROKEN_CLOCK", "")
    try:
        if text:
            parse_rehearsal(text, epoch=datetime.now(UTC))
    except ValueError as error:
        raise WrongSetting(
            "UNBROKEN_CLOCK must be START@SPEED, as 2026-05-24T06:00:00+02:00@60."
        ) from error
    return text


def _number(environ: Mapping[str, str], name: str, *, least: int) -> int:
    text = environ.get(name) or BY_NAME[name].default
    if not text.isdigit() or int(text) < least:
        raise WrongSetting(f"{name} must be a whole number, {least} or more.")
    return int(text)


def _proxies(environ: Mapping[str, str]) -> tuple[Network, ...]:
    try:
        return networks(environ.get("UNBROKEN_PROXIES", ""))
    except ValueError as error:
        raise WrongSetting(
            "UNBROKEN_PROXIES must be addresses or networks, as 127.0.0.1, 10.0.0.0/8."
        ) from error


def _country(environ: Mapping[str, str]) -> str:
    text = (environ.get("UNBROKEN_COUNTRY") or BY_NAME["UNBROKEN_COUNTRY"].default).upper()
    if len(text) != 2 or not text.isalpha() or not text.isascii():
        raise WrongSetting("UNBROKEN_COUNTRY must be two letters, as DE.")
    return text


def _timezone(environ: Mapping[str, str]) -> str:
    text = environ.get("UNBROKEN_TIMEZONE") or BY_NAME["UNBROKEN_TIMEZONE"].default
    try:
        ZoneInfo(text)
    except (OSError, ValueError) as error:
        raise WrongSetting("UNBROKEN_TIMEZONE must be a time zone, as Europe/Berlin.") from error
    return text


def _kept_key(data: Path) -> str:
    try:
        return (data / "secret_key").read_text().strip()
    except OSError:
        return ""


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

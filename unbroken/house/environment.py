"""Every setting of the desk, read from the environment once and typed.

Each setting is one variable `UNBROKEN_…` with a default that works on a laptop. They are listed in
`setting_list.py` and read nowhere else. Knows no Django.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from unbroken.evidence.sources import Sources
from unbroken.house import setting_readers as readers
from unbroken.house.addresses import Address, WrongSetting
from unbroken.house.visitors import Network
from unbroken.staffing.ldap_settings import Ldap

CHECKOUT = Path(__file__).resolve().parents[2]


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
    readings_days: int
    receipt_certainty: int
    debug: bool

    @property
    def has_outside_database(self) -> bool:
        """Whether somebody else runs PostgreSQL for us."""
        return bool(self.database_url)


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """The settings as they stand in the environment; WrongSetting when one cannot be used."""
    data = Path(environ.get("UNBROKEN_DATA") or CHECKOUT / "data").expanduser().resolve()
    http = readers.address(environ, "UNBROKEN_HTTP")
    base_url = environ.get("UNBROKEN_BASE_URL", "").rstrip("/") or f"http://{http}"
    if urlsplit(base_url).scheme not in ("http", "https"):
        raise WrongSetting("UNBROKEN_BASE_URL must begin with http:// or https://.")
    return Environment(
        data=data,
        database_url=environ.get("UNBROKEN_DATABASE_URL", ""),
        http=http,
        lmtp=readers.address(environ, "UNBROKEN_LMTP"),
        smtp=readers.address(environ, "UNBROKEN_SMTP"),
        smtp_url=environ.get("UNBROKEN_SMTP_URL", "") or (data / "sent").as_uri(),
        mail_bytes_max=readers.number(environ, "UNBROKEN_MAIL_BYTES_MAX", least=10_000),
        mail_is_strict=environ.get("UNBROKEN_MAIL_STRICT", "") not in ("", "0"),
        radius=readers.address(environ, "UNBROKEN_RADIUS"),
        radius_dictionaries=readers.folder(environ, "UNBROKEN_RADIUS_DICTIONARIES"),
        syslog=readers.address(environ, "UNBROKEN_SYSLOG"),
        snmptrap=readers.address(environ, "UNBROKEN_SNMPTRAP"),
        netflow=readers.address(environ, "UNBROKEN_NETFLOW"),
        sources=readers.sources(environ),
        base_url=base_url,
        proxies=readers.proxies(environ),
        embed_origins=readers.embed_origins(environ),
        billing_url=readers.billing(environ),
        billing_secret=environ.get("UNBROKEN_BILLING_SECRET", ""),
        secret_key=environ.get("UNBROKEN_SECRET_KEY", "") or readers.kept_key(data),
        second_factor=readers.roles(environ),
        openid=readers.openid(environ),
        openid_client=environ.get("UNBROKEN_OPENID_CLIENT") or "unbroken",
        openid_secret=environ.get("UNBROKEN_OPENID_SECRET", ""),
        openid_by_address=environ.get("UNBROKEN_OPENID_BY_ADDRESS", "") not in ("", "0"),
        openid_role=readers.role(environ, "UNBROKEN_OPENID_ROLE"),
        ldap=readers.ldap(environ),
        clock=readers.clock(environ),
        web_processes=readers.number(environ, "UNBROKEN_WEB_PROCESSES", least=1),
        watch_processes=readers.number(environ, "UNBROKEN_WATCH_PROCESSES", least=1),
        web_threads=readers.number(environ, "UNBROKEN_WEB_THREADS", least=1),
        pool=readers.number(environ, "UNBROKEN_POOL", least=0),
        worker_jobs=readers.number(environ, "UNBROKEN_WORKER_JOBS", least=1),
        country=readers.country(environ),
        timezone=readers.timezone(environ),
        radius_days=readers.number(environ, "UNBROKEN_RADIUS_DAYS", least=2),
        evidence_days=readers.number(environ, "UNBROKEN_EVIDENCE_DAYS", least=60),
        readings_days=readers.number(environ, "UNBROKEN_READINGS_DAYS", least=10),
        receipt_certainty=readers.number(environ, "UNBROKEN_RECEIPT_CERTAINTY", least=0),
        debug=environ.get("UNBROKEN_DEBUG", "") not in ("", "0"),
    )

"""What settings hold: where something listens, and how to reach PostgreSQL. Knows no Django."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit


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


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

"""The two databases in which FreeRADIUS and daloRADIUS keep `radacct`, asked the same questions.

Read only, bounded in time. PostgreSQL keeps moments; MySQL and MariaDB keep what the clock of the
server showed, and that server tells which moments those were. `Away` says why without the password.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
import pymysql
from psycopg.rows import dict_row
from pymysql.cursors import DictCursor

ROWS = 2_000
STATEMENT_SECONDS, CONNECT_SECONDS = 60, 10
MYSQL = ("mysql", "mariadb")
MYSQL_PORT = 3306
TIMES = ("acctstarttime", "acctupdatetime", "acctstoptime")

Row = dict[str, object]

_COLUMNS = """radacctid, acctsessionid, username, host(nasipaddress::inet) AS nas, nasportid,
    acctstarttime, acctupdatetime, acctstoptime, acctsessiontime, acctinputoctets,
    acctoutputoctets, callingstationid, acctterminatecause,
    host(framedipaddress::inet) AS address"""
_NEW = f"SELECT {_COLUMNS} FROM radacct WHERE radacctid > %s ORDER BY radacctid LIMIT {ROWS}"
_CHANGED = f"""
SELECT {_COLUMNS} FROM radacct JOIN unnest(%s::bigint[], %s::timestamptz[]) seen (id, at)
    ON radacctid = seen.id
WHERE acctstoptime IS NOT NULL OR acctupdatetime > seen.at
"""
_THEIR_COLUMNS = """radacctid, acctsessionid, username, nasipaddress AS nas, nasportid,
    UNIX_TIMESTAMP(acctstarttime) AS acctstarttime,
    UNIX_TIMESTAMP(acctupdatetime) AS acctupdatetime,
    UNIX_TIMESTAMP(acctstoptime) AS acctstoptime, acctsessiontime, acctinputoctets,
    acctoutputoctets, callingstationid, acctterminatecause, framedipaddress AS address"""
_THEIR_NEW = (
    f"SELECT {_THEIR_COLUMNS} FROM radacct WHERE radacctid > %s ORDER BY radacctid LIMIT {ROWS}"
)
_THEIR_OPEN = f"SELECT {_THEIR_COLUMNS} FROM radacct WHERE radacctid IN %s"


class Away(Exception):
    """The table cannot be read just now; the text says why, without the password."""


class Table(Protocol):
    """A `radacct` somewhere; at most `ROWS` rows at a time."""

    def after(self, number: int) -> list[Row]:
        """Rows with a higher number, lowest first."""

    def changed(self, numbers: Sequence[int], seen: Sequence[datetime]) -> list[Row]:
        """Of these those that stopped, or were heard of since they were seen."""


@contextmanager
def opened(url: str) -> Iterator[Table]:
    """The table at this address; Away when it cannot be read, now or while it is."""
    try:
        if urlsplit(url).scheme in MYSQL:
            with _mysql(url) as there:
                yield MySQL(there)
        else:
            with psycopg.connect(
                url, connect_timeout=CONNECT_SECONDS, row_factory=dict_row, autocommit=True
            ) as here:
                here.execute("SET default_transaction_read_only = on")
                here.execute(f"SET statement_timeout = '{STATEMENT_SECONDS}s'")
                yield PostgreSQL(here)
    except (psycopg.Error, pymysql.MySQLError, OSError) as error:
        told = str(error).split("\n")[0][:300]
        raise Away(f"{type(error).__name__}: {told}") from error


class PostgreSQL:
    """As FreeRADIUS's schema for PostgreSQL has it."""

    def __init__(self, there: psycopg.Connection[Row]) -> None:
        self.there = there

    def after(self, number: int) -> list[Row]:
        """Rows with a higher number, lowest first."""
        return self.there.execute(_NEW, [number]).fetchall()

    def changed(self, numbers: Sequence[int], seen: Sequence[datetime]) -> list[Row]:
        """Of these those that stopped, or were heard of since they were seen."""
        return self.there.execute(_CHANGED, [list(numbers), list(seen)]).fetchall()


class MySQL:
    """As FreeRADIUS's schema for MySQL and MariaDB has it."""

    def __init__(self, there: "pymysql.Connection[DictCursor]") -> None:
        self.there = there

    def after(self, number: int) -> list[Row]:
        """Rows with a higher number, lowest first."""
        return self._rows(_THEIR_NEW, [number])

    def changed(self, numbers: Sequence[int], seen: Sequence[datetime]) -> list[Row]:
        """Of these those that stopped, or were heard of since they were seen."""
        before = dict(zip(numbers, seen, strict=True))
        return [
            row
            for row in self._rows(_THEIR_OPEN, [tuple(numbers)])
            if row["acctstoptime"] is not None or _is_after(row, before)
        ]

    def _rows(self, statement: str, values: Sequence[object]) -> list[Row]:
        with self.there.cursor() as cursor:
            cursor.execute(statement, values)
            return [_plain(row) for row in cursor.fetchall()]


def _is_after(row: Row, before: dict[int, datetime]) -> bool:
    heard, number = row["acctupdatetime"], row["radacctid"]
    return (
        isinstance(heard, datetime)
        and isinstance(number, int)
        and number in before
        and heard > before[number]
    )


def _plain(row: Row) -> Row:
    """Moments from seconds; a zero date, and words that are empty, are none."""
    told = {name: None if value == "" else value for name, value in row.items()}
    return told | {name: _moment(row[name]) for name in TIMES}


def _moment(seconds: object) -> datetime | None:
    number = float(str(seconds)) if seconds is not None else 0.0
    return datetime.fromtimestamp(number, UTC) if number > 0 else None


def _mysql(url: str) -> "pymysql.Connection[DictCursor]":
    """`mysql://user:password@host:3306/radius`; with `?ca=FILE` over TLS, the server checked."""
    parts = urlsplit(url)
    ca = parse_qs(parts.query).get("ca", [""])[0]
    there = pymysql.connect(
        host=parts.hostname or "", port=parts.port or MYSQL_PORT,
        user=unquote(parts.username or ""), password=unquote(parts.password or ""),
        database=parts.path.strip("/"), charset="utf8mb4", autocommit=True, local_infile=False,
        cursorclass=DictCursor, connect_timeout=CONNECT_SECONDS, read_timeout=STATEMENT_SECONDS,
        write_timeout=STATEMENT_SECONDS, ssl={"ca": ca, "check_hostname": True} if ca else None,
    )  # fmt: skip
    with there.cursor() as cursor:
        cursor.execute("SET SESSION TRANSACTION READ ONLY")
    return there

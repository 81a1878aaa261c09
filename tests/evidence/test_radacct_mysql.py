"""A `radacct` table in MySQL or MariaDB, as FreeRADIUS's schema for it has the columns.

The rows were recorded from MariaDB 10.11 as its driver gives them. Where TEST_MYSQL_URL names an
empty database whose user may write (mysql://user:password@host/name) that is read as well.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pymysql
import pytest
from pymysql.cursors import DictCursor

from unbroken.evidence import radacct_tables
from unbroken.evidence.radacct import blocks_of
from unbroken.evidence.radacct_tables import Away, opened
from unbroken.evidence.sources import read

SIX = datetime(2026, 5, 24, 6, 0, tzinfo=UTC)
NOON = SIX + timedelta(hours=6)
STOPPED: radacct_tables.Row = {
    "radacctid": 1, "acctsessionid": "a", "username": "anneke@isp", "nas": "192.0.2.1",
    "nasportid": None, "acctstarttime": 1779602400, "acctupdatetime": Decimal(1779606000),
    "acctstoptime": 1779609600, "acctsessiontime": 7200, "acctinputoctets": 6_000_000_000,
    "acctoutputoctets": 7, "callingstationid": "", "acctterminatecause": "Lost-Carrier",
    "address": "198.51.100.7",
}  # fmt: skip
OPEN = STOPPED | {"acctstoptime": 0, "acctterminatecause": "", "address": ""}


def test_what_their_clock_showed_becomes_moments_and_what_is_empty_nothing() -> None:
    start, stop = blocks_of(radacct_tables._plain(STOPPED), now=NOON)
    _start, interim = blocks_of(radacct_tables._plain(OPEN), now=NOON)

    assert b'Acct-Status-Type = "Start"' in start
    assert f"Event-Timestamp = {int(SIX.timestamp())}".encode() in start
    assert b'Acct-Terminate-Cause = "Lost-Carrier"' in stop
    assert b"Acct-Input-Gigawords = 1" in stop
    assert b'Acct-Status-Type = "Interim-Update"' in interim  # a zero date is no stop
    assert b"Calling-Station-Id" not in start
    assert b"Framed-IP-Address" not in interim


def test_a_server_that_is_away_is_told_without_its_password() -> None:
    with pytest.raises(Away) as told, opened("mysql://desk:secret@127.0.0.1:9/radius"):
        pass

    assert "secret" not in str(told.value)


def test_the_setting_takes_either_kind_of_database_and_nothing_else() -> None:
    for url in ("postgresql://u@h/radius", "mysql://u@h/radius", "mariadb://u@h:3307/radius"):
        assert read({"UNBROKEN_RADACCT_URL": url}).radacct == url
    with pytest.raises(ValueError, match="postgresql://"):
        read({"UNBROKEN_RADACCT_URL": "sqlite:///radius"})


LIVE = os.environ.get("TEST_MYSQL_URL", "")
TABLE = """
CREATE TABLE radacct (
    radacctid bigint(21) NOT NULL auto_increment PRIMARY KEY, acctsessionid varchar(64) NOT NULL,
    username varchar(64) NOT NULL, nasipaddress varchar(15) NOT NULL, nasportid varchar(32),
    acctstarttime datetime, acctupdatetime datetime, acctstoptime datetime,
    acctsessiontime int(12) unsigned, acctinputoctets bigint(20), acctoutputoctets bigint(20),
    callingstationid varchar(50) NOT NULL DEFAULT '',
    acctterminatecause varchar(32) NOT NULL DEFAULT '',
    framedipaddress varchar(15) NOT NULL DEFAULT '') ENGINE=INNODB
"""


@pytest.fixture
def there() -> Iterator["pymysql.Connection[DictCursor]"]:
    """A connection that may write, to a table of FreeRADIUS's."""
    with opened(LIVE) as table:
        assert isinstance(table, radacct_tables.MySQL)
        writes = table.there
        with writes.cursor() as cursor:
            cursor.execute("SET SESSION TRANSACTION READ WRITE")
            cursor.execute(TABLE)
        yield writes
        with writes.cursor() as cursor:
            cursor.execute("DROP TABLE radacct")


@pytest.mark.skipif(not LIVE, reason="TEST_MYSQL_URL names no database")
def test_rows_are_found_by_their_number_and_open_ones_again_when_heard_of(
    there: "pymysql.Connection[DictCursor]",
) -> None:
    heard = SIX + timedelta(hours=1)
    with there.cursor() as cursor:
        cursor.execute(
            "INSERT INTO radacct (acctsessionid, username, nasipaddress, acctstarttime,"
            " acctupdatetime) VALUES ('a', 'anneke@isp', '192.0.2.1', FROM_UNIXTIME(%s),"
            " FROM_UNIXTIME(%s))",
            [SIX.timestamp(), heard.timestamp()],
        )
    with opened(LIVE) as table:
        (row,) = table.after(0)
        assert (row["acctstarttime"], row["acctupdatetime"]) == (SIX, heard)
        assert table.after(1) == table.changed([1], [heard]) == []
        with there.cursor() as cursor:
            cursor.execute(
                "UPDATE radacct SET acctupdatetime = FROM_UNIXTIME(%s)", [NOON.timestamp()]
            )
        assert [one["acctupdatetime"] for one in table.changed([1], [heard])] == [NOON]

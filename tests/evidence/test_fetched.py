"""What is fetched elsewhere: a `radacct` table, GenieACS. Each thing once, and nothing else asked.

The table has the columns of FreeRADIUS's `schema.sql` for PostgreSQL; GenieACS is a server of ours
that answers as its API reference says.
"""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, quote, urlsplit

import psycopg
import pytest
from django.db import connection

from unbroken.directory.importing.run import import_inventory
from unbroken.evidence import genieacs, radacct
from unbroken.evidence.adapters import all_adapters
from unbroken.evidence.models import Alarm, Observation, RadacctOpen, Session
from unbroken.evidence.queries.doors import door_counts
from unbroken.ground import http
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

NOON = datetime(2026, 5, 24, 12, 0, tzinfo=UTC)
SIX = NOON - timedelta(hours=6)
TABLE = """
CREATE SCHEMA elsewhere;
CREATE TABLE elsewhere.radacct (
    radacctid bigserial PRIMARY KEY, acctsessionid text NOT NULL, acctuniqueid text UNIQUE,
    username text, nasipaddress inet NOT NULL, nasportid text, acctstarttime timestamptz,
    acctupdatetime timestamptz, acctstoptime timestamptz, acctsessiontime bigint,
    acctinputoctets bigint, acctoutputoctets bigint, callingstationid text,
    acctterminatecause text, framedipaddress inet)
"""


@pytest.fixture
def elsewhere(db: None) -> Iterator[tuple[psycopg.Connection[object], str]]:
    """Another database's table, and its address; our own work is rolled back, this one's is not."""
    told = connection.settings_dict
    wanted = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"],
              "password": told["PASSWORD"], "options": "-c search_path=elsewhere"}  # fmt: skip
    query = "&".join(f"{name}={quote(str(value))}" for name, value in wanted.items() if value)
    url = f"postgresql:///{told['NAME']}?{query}"
    with psycopg.connect(url, autocommit=True) as there:
        there.execute(TABLE)
        yield there, url
        there.execute("DROP SCHEMA elsewhere CASCADE")


def test_a_table_of_sessions_is_read_once_and_open_ones_until_they_stop(
    elsewhere: tuple[psycopg.Connection[object], str],
) -> None:
    there, url = elsewhere
    nas = '{"resources": [{"id": "nas-1", "kind": "nas", "address": "192.0.2.1"}]}'
    import_inventory([nas], by=HOUSE, at=now())
    there.execute(
        "INSERT INTO radacct (acctsessionid, username, nasipaddress, acctstarttime, acctupdatetime,"
        " acctsessiontime, acctinputoctets, acctoutputoctets, framedipaddress)"
        " VALUES ('a', 'anneke@isp', '192.0.2.1', %s, %s, 3600, 6000000000, 7, '198.51.100.7'),"
        " ('b', %s, '192.0.2.1', %s, NULL, NULL, NULL, NULL, NULL)",
        [SIX, SIX + timedelta(hours=1), 'bram"\n\tAcct-Status-Type = Stop', SIX],
    )

    first = radacct.fetch(url, now=NOON)
    again = radacct.fetch(url, now=NOON)
    there.execute(
        "UPDATE radacct SET acctstoptime = %s, acctsessiontime = 7200,"
        " acctterminatecause = 'Lost-Carrier' WHERE acctsessionid = 'a'",
        [SIX + timedelta(hours=2)],
    )
    third = radacct.fetch(url, now=NOON)

    assert (first.new, again.new, third.new) == (3, 0, 1)
    anneke = Session.objects.get(user="anneke@isp")
    assert (anneke.ended_by, anneke.cause, anneke.seconds) == ("stop", 2, 7200)
    assert (anneke.started_at, anneke.input_octets) == (SIX, 6_000_000_000)
    bram = Session.objects.exclude(user="anneke@isp").get()  # attack: a name that is a stop
    assert bram.ended_at is None
    assert RadacctOpen.objects.count() == 1
    assert door_counts()["radacct"]["kept"] == 4


def test_a_table_that_is_away_is_told_without_its_password(db: None) -> None:
    with pytest.raises(radacct.Away) as told:
        radacct.fetch("postgresql://desk:secret@127.0.0.1:9/radius", now=NOON)

    assert "secret" not in str(told.value)


class Acs(BaseHTTPRequestHandler):
    """Answers as an NBI does, and notes what it was asked."""

    asked: list[tuple[str, dict[str, list[str]], str]] = []
    faults = "[]"
    way_on = ""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.asked.append(
            (parts.path, parse_qs(parts.query), self.headers.get("Authorization", ""))
        )
        devices, _fault = json.loads(all_adapters()["genieacs"].sample)
        body = json.dumps([devices] if parts.path == "/devices/" else json.loads(self.faults))
        self.send_response(302 if self.way_on else 200)
        if self.way_on:
            self.send_header("Location", self.way_on)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *told: object) -> None:
        """Quiet."""


@pytest.fixture
def acs(db: None) -> Iterator[str]:
    """An ACS on a port of its own."""
    Acs.asked, Acs.faults, Acs.way_on = [], "[]", ""
    server = HTTPServer(("127.0.0.1", 0), Acs)
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    ).start()
    yield f"http://desk:secret@127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_modems_are_asked_for_since_the_last_time_and_faults_end_with_their_list(acs: str) -> None:
    Acs.faults = json.dumps(json.loads(all_adapters()["genieacs"].sample)[1:])
    genieacs.fetch(acs, now=NOON)
    Acs.faults = "[]"
    genieacs.fetch(acs, now=NOON)

    assert Observation.objects.count() == 1
    assert list(Alarm.objects.order_by("at").values_list("state", flat=True)) == [
        "raised", "cleared",
    ]  # fmt: skip
    since = [json.loads(one["query"][0]) for path, one, _ in Acs.asked if path == "/devices/"]
    assert since[-1] == {"_lastInform": {"$gte": "2026-05-24T06:11:00.000Z"}}
    assert Acs.asked[0][2].startswith("Basic ")


def test_an_acs_that_sends_us_elsewhere_is_not_followed(acs: str) -> None:
    """Attack: a stranger answers for the ACS and leads us to the cloud's secrets."""
    Acs.way_on = "http://169.254.169.254/latest/meta-data"
    with pytest.raises(http.Turned):
        genieacs.fetch(acs, now=NOON)

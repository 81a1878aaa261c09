"""Other systems that watch the network: each is heard in its own published format, each thing once.

The real systems are not installed here: every adapter is held against a message as its makers
publish it (`sample`, with the source named in the adapter).
"""

import json
import random
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from unbroken.directory.importing.run import import_inventory
from unbroken.evidence.adapter import NotTold, alarm_kind
from unbroken.evidence.adapters import all_adapters
from unbroken.evidence.hearing import Heard, forget_absent, hear
from unbroken.evidence.models import Alarm, Observation, OutsideAlarm
from unbroken.evidence.queries.doors import door_counts
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.kept import forget_everything
from unbroken.staffing.actions import issue_token

NOON = datetime(2026, 5, 24, 12, 0, tzinfo=UTC)
INVENTORY = json.dumps(
    {
        "resources": [
            {"id": "d7", "kind": "dslam", "name": "dslam-7", "address": "192.0.2.10"},
            {"id": "cpe-123", "kind": "cpe"},
        ],
        "customers": [
            {"id": "c", "name": "Anneke", "services": [
                {"id": "s", "access": "anneke@isp", "resource": "cpe-123"}]}
        ],
    }
)  # fmt: skip
every_system = pytest.mark.parametrize("key", sorted(all_adapters()))


@pytest.fixture
def network(db: None) -> None:
    """A DSLAM, and a modem at Anneke's."""
    import_inventory([INVENTORY], by=HOUSE, at=now())
    forget_everything()


def said(key: str, body: object) -> Heard:
    """The message taken in at noon."""
    raw = body if isinstance(body, str) else json.dumps(body)
    return hear(all_adapters()[key], raw.encode(), now=NOON)


def alarms() -> list[tuple[str, str, str]]:
    """What is known of alarms, in order of time."""
    return list(Alarm.objects.order_by("at", "id").values_list("resource", "type", "state"))


@every_system
def test_what_its_makers_publish_is_read_and_kept_once(key: str, network: None) -> None:
    first, again = said(key, all_adapters()[key].sample), said(key, all_adapters()[key].sample)

    assert (bool(first.new), first.refused, again.new) == (True, [], 0)
    named = {*Alarm.objects.values_list("resource"), *Observation.objects.values_list("resource")}
    known = {("d7",), ("cpe-123",)}
    assert named - known <= {("202BC1-BM632w-000001",)}
    assert named & known


def test_prometheus_ends_its_alarm_when_it_is_resolved(network: None) -> None:
    message = json.loads(all_adapters()["alertmanager"].sample)
    said("alertmanager", message)
    message["alerts"][0].update(status="resolved", endsAt="2026-05-24T08:00:00Z")
    said("alertmanager", message)

    assert alarms() == [("d7", "unreachable", "raised"), ("d7", "unreachable", "cleared")]
    assert not OutsideAlarm.objects.exists()


def test_a_recovery_of_zabbix_names_a_number_only_and_ends_that_alarm(network: None) -> None:
    assert said("zabbix", all_adapters()["zabbix"].sample).new == 3

    assert alarms() == [("d7", "unreachable", "raised"), ("d7", "unreachable", "cleared")]
    lost = said("zabbix", {"clock": 1779603603, "ns": 1, "value": 0, "eventid": 9, "p_eventid": 8})
    assert lost.refused[0][1].startswith("It names no thing")


def test_a_modem_is_known_by_its_access_name_and_a_fault_ends_when_it_is_listed_no_more(
    network: None,
) -> None:
    said("genieacs", all_adapters()["genieacs"].sample)

    reading = Observation.objects.get(resource="cpe-123")
    assert dict(zip(reading.names.names, reading.values, strict=True)) == {
        "DSL.Line.DownstreamMaxBitRate": 54000,
        "DSL.Line.DownstreamNoiseMargin": 61,
        "DSL.Line.LinkStatus": "Up",
    }
    assert forget_absent(all_adapters()["genieacs"], "acs-fault", [], at=NOON) == 1
    assert [state for _, _, state in alarms()] == ["raised", "cleared"]


def test_what_the_inventory_does_not_know_is_kept_under_its_name_and_counted(network: None) -> None:
    message = all_adapters()["librenms"].sample.replace("192.0.2.10", "x").replace("dslam-7", "x")
    assert said("librenms", message).unknown == 1

    assert alarms() == [("x", "unreachable", "raised")]
    assert door_counts()["librenms"]["unknown_resource"] == 1


def test_alarms_are_told_in_our_words_where_we_have_one() -> None:
    assert [
        alarm_kind("Dying gasp of ONT 7"), alarm_kind("ONU LOS"), alarm_kind("los"),
        alarm_kind("HighTemperature card 3"), alarm_kind("UPS on battery"),
        alarm_kind("Disk full"),
    ] == ["dying-gasp", "LOSi", "LOS", "high-temperature", "power", "Disk full"]  # fmt: skip


@every_system
def test_mutated_messages_are_read_or_refused(key: str, network: None) -> None:
    """Attack: parts of a message replaced by anything, cut, or changed by an octet."""
    chance = random.Random(5)
    adapter = all_adapters()[key]
    odd: list[Any] = [None, [], {}, "", 10**30, -1, True, "9" * 9_000, {"a": 1}, [[[]]], 1e300]
    for _ in range(400):
        raw = bytearray(adapter.sample.encode())
        raw[chance.randrange(len(raw))] = chance.randrange(256)
        for body in (raw, raw[: chance.randrange(len(raw))], broken(adapter.sample, odd, chance)):
            try:
                for item in adapter.items(bytes(body)):
                    assert isinstance(adapter.told(item), list)
            except NotTold:
                continue


def broken(sample: str, odd: list[Any], chance: random.Random) -> bytes:
    """One line of it with one value exchanged."""
    line = json.loads(sample.strip().split("\n{")[0])
    part = line
    while isinstance(part, dict | list) and part:
        key: Any = chance.choice(list(part) if isinstance(part, dict) else range(len(part)))
        if chance.random() < 0.4 or not isinstance(part[key], dict | list) or not part[key]:
            part[key] = chance.choice(odd)
            break
        part = part[key]
    return json.dumps(line).encode()


@pytest.mark.django_db
def test_a_system_speaks_with_a_token_for_the_network(client: Client) -> None:
    def post(scope: str, body: str) -> Any:
        _id, token = issue_token(name=scope, scopes=[scope], teams=[], by=HOUSE, at=now())
        return client.post(
            "/api/network/alertmanager",
            data=body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )

    message = all_adapters()["alertmanager"].sample
    assert post("tickets:write", message).status_code == 403
    assert post("network:write", message).json() == {
        "read": 1, "new": 1, "known": 0, "unknown": 1, "refused": [],
    }  # fmt: skip
    assert post("network:write", "[]").status_code == 400

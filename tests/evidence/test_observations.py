"""Readings and alarms: each line once, in whatever company; what is no line is told."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from unbroken.evidence.importing.observations import import_observations
from unbroken.evidence.models import Alarm, Observation
from unbroken.evidence.observed import NotObserved, read_line
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.staffing.actions import issue_token

NOON = datetime(2026, 5, 24, 12, 0, tzinfo=UTC)
READING = {
    "at": "2026-05-24T06:00:00+02:00",
    "resource": "line-123",
    "values": {"Device.DSL.Line.1.LinkStatus": "Up", "DSL.Line.DownstreamNoiseMargin": 61},
}
ALARM = {
    "at": "2026-05-24T06:00:00+02:00",
    "resource": "line-123",
    "alarm": {"type": "LPR", "state": "raised"},
}


def lines(*told: object) -> bytes:
    """As JSON Lines."""
    return "\n".join(json.dumps(one) for one in told).encode()


def test_names_lose_the_device_and_its_numbers() -> None:
    observed = read_line(json.dumps(READING), now=NOON)

    assert observed.names == ("DSL.Line.DownstreamNoiseMargin", "DSL.Line.LinkStatus")
    assert observed.values == (61, "Up")
    assert observed.received_at == observed.at == datetime(2026, 5, 24, 4, 0, tzinfo=UTC)


WRONG = [
    b"", b"[]", b"nothing", b"\xff\xfe", b"[" * 100_000, b'{"at": 1e999}', b'"x"' * 100_000,
    *(
        json.dumps({**READING, **wrong}).encode()
        for wrong in (
            {"at": "2026-05-24T06:00:00"}, {"at": 7}, {"at": "9999-12-31T23:59:59-23:59"},
            {"at": "0001-01-01T00:00:00+23:59"}, {"at": "2031-01-01T00:00:00Z"},
            {"resource": ""}, {"resource": ["x"]}, {"resource": "x" * 300},
            {"values": []}, {"values": {}}, {"values": {"": 1}}, {"values": {"a": None}},
            {"values": {"a": float("inf")}}, {"values": {"a": 10**40}},
            {"values": {"a": {"b": 1}}}, {"values": {str(n): n for n in range(400)}},
            {"alarm": {"type": "LOS", "state": "perhaps"}}, {"alarm": {"state": "raised"}},
            {"received": "yesterday"},
        )
    ),
]  # fmt: skip


def test_what_is_no_observation_is_refused_with_a_reason() -> None:
    for line in WRONG:
        with pytest.raises(NotObserved, match=r"\w"):
            read_line(line, now=NOON)


@pytest.mark.django_db
def test_a_file_is_taken_in_once(tmp_path: Path) -> None:
    nasty = {**READING, "resource": "li\u0000ne\ud800", "values": {"a": "b\u0000"}}
    (tmp_path / "seen.jsonl").write_bytes(lines(READING, ALARM, READING, nasty) + b"\n{broken\n")

    first = import_observations([str(tmp_path / "seen.jsonl")])
    second = import_observations([str(tmp_path / "seen.jsonl")])

    assert (first.read, first.new, first.known) == (5, 3, 1)
    assert first.refused == [(f"{tmp_path}/seen.jsonl:5", "It is not JSON.")]
    assert (second.read, second.new, second.known) == (5, 0, 4)
    assert Observation.objects.filter(resource="line-123").get().values == [61, "Up"]
    assert Alarm.objects.get().type == "LPR"


@pytest.mark.django_db
def test_another_system_tells_with_its_token(client: Client) -> None:
    def post(scope: str) -> Any:
        _id, token = issue_token(name=scope, scopes=[scope], teams=[], by=HOUSE, at=now())
        return client.post(
            "/api/observations",
            data=lines(READING, {"at": "now"}),
            content_type="application/x-ndjson",
            headers={"Authorization": f"Bearer {token}"},
        )

    assert post("tickets:write").status_code == 403
    assert post("network:write").json() == {
        "read": 2, "new": 1, "known": 0,
        "refused": [{"item": "2", "reason": "It has no resource."}],
    }  # fmt: skip
    assert client.post("/api/observations").status_code == 401

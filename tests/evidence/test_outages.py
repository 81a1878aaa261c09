"""`unbroken outages`: from accounting records to the element that explains the silence."""

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from town.town import Town
from unbroken.directory.importing.run import import_inventory
from unbroken.evidence.actions import note_planned_window
from unbroken.evidence.commands import outages as command
from unbroken.evidence.queries.outages import Outage, as_json, outages
from unbroken.evidence.radius.records import INTERIM, START, STOP, Record
from unbroken.evidence.state.radius import fold_records
from unbroken.ground.actor import HOUSE

MORNING = datetime(2026, 5, 24, 6, 10, tzinfo=UTC)
BEFORE = MORNING - timedelta(hours=5)
NOON = MORNING + timedelta(hours=6)
MINUTE = timedelta(minutes=1)

LINES = [f"{cable}-{number}" for cable in ("cable-a", "cable-b") for number in range(6)]


@pytest.fixture
def village(town: Town) -> None:
    """Two cables of six lines on one DSLAM."""
    network: list[dict[str, object]] = [
        {"id": "nas-v", "kind": "nas"},
        {"id": "dslam-v", "kind": "dslam", "parents": ["nas-v"]},
    ]
    network += [{"id": c, "kind": "cable", "parents": ["dslam-v"]} for c in ("cable-a", "cable-b")]
    network += [{"id": f"l-{x}", "kind": "line", "parents": [x[:7]]} for x in LINES]
    services = [
        {"id": f"s-{x}", "technology": "vdsl", "access": f"{x}@isp", "resource": f"l-{x}"}
        for x in LINES
    ]
    customers = [{"id": "c-v", "name": "Lindenhof", "kind": "company", "services": services}]
    inventory = json.dumps({"resources": network, "customers": customers})
    import_inventory([inventory], by=HOUSE, at=BEFORE)


def record(line: str, status: int, at: datetime, began: datetime, session: str) -> Record:
    return Record(
        nas="nas-v",
        status=status,
        session=session,
        user=f"{line}@isp",
        at=at,
        arrived_at=at + timedelta(seconds=1),
        seconds=int((at - began).total_seconds()),
        cause=2 if status == STOP else None,
    )


def night() -> Iterator[Record]:
    """Everybody is there; at 6:10 cable-a goes, and comes back after an hour."""
    for number, line in enumerate(LINES):
        began = BEFORE + number * MINUTE
        yield record(line, START, began, began, f"{line}/1")
        if line.startswith("cable-b"):
            yield record(line, INTERIM, MORNING + 2 * MINUTE, began, f"{line}/1")
            continue
        yield record(line, STOP, MORNING + timedelta(seconds=number * 5), began, f"{line}/1")
        back = MORNING + timedelta(hours=1, seconds=number)
        yield record(line, START, back, back, f"{line}/2")


def asking(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(words)


def seen(*, at: datetime = NOON) -> list[Outage]:
    return outages(since=BEFORE, until=at)


@pytest.mark.usefixtures("village")
def test_a_cable_that_takes_six_lines_with_it_is_found_in_the_records() -> None:
    fold_records(list(night()))
    (found,) = seen()
    told = as_json(found)
    assert (found.element, found.cause, found.announced) == ("cable-a", "cable_cut", None)
    assert found.since == MORNING
    assert (
        MORNING + timedelta(hours=1)
        <= (found.until or BEFORE)
        < MORNING + timedelta(hours=1, minutes=1)
    )
    assert found.detected_at < MORNING + 3 * MINUTE
    assert told["affected"] == [f"s-cable-a-{number}" for number in range(6)]
    assert told["evidence"][0] == {
        "id": 1,
        "kind": "session_stop",
        "at": "2026-05-24T06:10:00+00:00",
        "ref": {"type": "radius", "service": "s-cable-a-0", "session": "cable-a-0/1"},
        "data": {"terminate_cause": "Lost Carrier"},
    }


@pytest.mark.usefixtures("village")
def test_at_a_moment_only_what_had_arrived_by_then_counts() -> None:
    fold_records(list(night()))
    assert seen(at=MORNING + MINUTE) == []
    (open_then,) = seen(at=MORNING + 10 * MINUTE)
    assert open_then.until is None


@pytest.mark.usefixtures("village")
def test_neither_the_order_nor_the_number_of_imports_matters() -> None:
    records = list(night())
    for one in reversed(records):
        fold_records([one])
    fold_records(records)
    assert [(one.element, one.since, one.detected_at) for one in seen()] == [
        ("cable-a", MORNING, seen()[0].detected_at)
    ]


@pytest.mark.usefixtures("village")
def test_announced_work_explains_it_and_a_harmless_notice_does_not() -> None:
    fold_records(list(night()))

    def announce(impact: str) -> None:
        note_planned_window(
            key="netco MW-1",
            since=MORNING - MINUTE,
            until=MORNING + 30 * MINUTE,
            resources=["cable-a"],
            impact=impact,
            by=HOUSE,
            at=BEFORE,
        )

    announce("NO-IMPACT")
    assert seen()[0].announced is None
    announce("OUTAGE")
    (found,) = seen()
    assert (found.cause, found.announced, found.overran) == ("planned_work", "netco MW-1", True)


@pytest.mark.usefixtures("village")
def test_the_command_answers_for_a_moment_and_for_a_span(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fold_records(list(night()))

    def asked(*words: str) -> list[str]:
        assert command.run(asking(*words, "--json")) == 0
        return [one["id"] for one in json.loads(capsys.readouterr().out)]

    known = ["cable-a@20260524T061000Z"]
    assert asked("--at", "2026-05-24T08:30:00+02:00") == known
    assert asked("--at", "2026-05-24T09:30:00+02:00") == []
    assert asked("--from", "2026-05-24T00:00:00Z", "--to", "2026-05-25T00:00:00Z") == known


@pytest.mark.parametrize(
    "words",
    [
        ["--at", "2026-05-24T08:30:00"],
        ["--at", "yesterday"],
        ["--at", "0001-01-01T00:00:00Z"],
        ["--from", "2026-05-25T00:00:00Z", "--to", "2026-05-24T00:00:00Z"],
        ["--to", "2026-05-24T00:00:00Z"],
        ["--at", "2026-05-24T00:00:00Z", "--from", "2026-05-24T00:00:00Z"],
    ],
)
def test_a_span_that_makes_no_sense_is_wrong_use(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        raise SystemExit(command.run(asking(*words)))
    assert ended.value.code == 2

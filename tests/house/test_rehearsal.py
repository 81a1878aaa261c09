"""All who take part in a rehearsal see the same time, also after a restart."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from unbroken.house import environment, rehearsal
from unbroken.house.environment import Environment

CLOCK = "2026-05-24T06:00:00+02:00@60"


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """The settings of a rehearsal on a new data folder."""
    monkeypatch.setenv(rehearsal.EPOCH, "")
    monkeypatch.delenv(rehearsal.EPOCH)
    return replace(environment.read({"UNBROKEN_CLOCK": CLOCK}), data=tmp_path)


def epoch_of_a_newcomer(read: Environment) -> str:
    os.environ.pop(rehearsal.EPOCH, None)
    rehearsal.join(read)
    return os.environ[rehearsal.EPOCH]


def test_whoever_comes_later_joins_the_rehearsal(read: Environment) -> None:
    assert epoch_of_a_newcomer(read) == epoch_of_a_newcomer(read)


def test_another_clock_is_another_rehearsal(read: Environment) -> None:
    first = epoch_of_a_newcomer(read)

    assert epoch_of_a_newcomer(replace(read, clock="2027-01-01T00:00:00Z@10")) != first


def test_an_epoch_set_by_hand_stands(read: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(rehearsal.EPOCH, "2026-01-01T00:00:00+00:00")

    rehearsal.join(read)

    assert os.environ[rehearsal.EPOCH] == "2026-01-01T00:00:00+00:00"


def test_without_a_rehearsal_nothing_is_noted(read: Environment) -> None:
    rehearsal.join(replace(read, clock=""))

    assert rehearsal.EPOCH not in os.environ
    assert list(read.data.iterdir()) == []

"""The case the product is named for: four drops a day, a dark lamp, and "it is a planned reset"."""

import json
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from town.network import named
from unbroken.directory.importing.run import import_inventory
from unbroken.directory.queries import services_by_any_key
from unbroken.evidence.commands import diagnose
from unbroken.evidence.importing.observations import import_observations
from unbroken.evidence.importing.radius import import_radius
from unbroken.evidence.looking import look
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

pytestmark = pytest.mark.django_db


def hand_in(folder: Path, later: timedelta = timedelta(0)) -> None:
    files = named.files(later)
    import_inventory([files.inventory], by=HOUSE, at=now())
    (folder / "detail").write_text(files.detail)
    (folder / "observations").write_text(files.observations)
    import_radius([str(folder / "detail")], zone=ZoneInfo("UTC"))
    import_observations([str(folder / "observations")])


@pytest.fixture
def handed_in(tmp_path: Path) -> None:
    hand_in(tmp_path)


@pytest.mark.usefixtures("handed_in")
def test_it_says_that_the_line_loses_sync_and_that_the_reset_explains_none_of_it() -> None:
    (service,) = services_by_any_key(named.USER)

    told = look(service, named.AT, named.CLAIM).document("ru")

    assert told["verdict"] == "line_unstable"
    assert told["certainty"] > 0.8
    assert "2026-04-26" in told["sentence"]
    assert "Плановый сброс" in told["sentence"]
    keys = {one["key"]: one for one in told["hypotheses"]}
    assert keys["planned_reset"]["against"]
    assert keys["planned_reset"]["certainty"] < 0.05
    assert keys["access_mode_changed"]["for"]
    assert {one["kind"]: one["agrees"] for one in told["claims"]} == {
        "onset": True, "frequency": True, "lamp": True, "never": True,
    }  # fmt: skip
    assert told["scope"]["element"] == "line-1"
    shown = {one["id"] for one in told["evidence"]}
    assert set(keys["line_unstable"]["for"]) <= shown


@pytest.mark.usefixtures("handed_in")
def test_judged_by_what_had_arrived_before_the_drops_there_were_none(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = (named.BEGAN - timedelta(hours=3)).isoformat()
    asked = tmp_path / "asked.jsonl"
    lines = [{"service": named.SERVICE, "at": before}, {"service": "nobody", "at": before}, []]
    asked.write_text("\n".join(json.dumps(one) for one in lines))
    parser = __import__("argparse").ArgumentParser()
    diagnose.add_arguments(parser)

    status = diagnose.run(parser.parse_args(["--batch", str(asked), "--json"]))

    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert status == 1
    assert first["verdict"] == "planned_reset"
    assert "nobody" in second["error"]
    assert "object" in third["error"]

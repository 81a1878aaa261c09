"""Every sample mail reads as the page beside it says."""

import json
from pathlib import Path

import pytest

from unbroken.house.commands.mail import as_plain
from unbroken.intake.inbound import Inbound
from unbroken.intake.mail import read

SAMPLES = Path(__file__).parents[2] / "unbroken" / "intake" / "samples" / "mail"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.eml"))
_PARTS = {"html": "html_text", "quoted": "quoted_text", "new_text": "new_text"}


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.eml").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_reads_as_expected(name: str) -> None:
    expected = json.loads((SAMPLES / f"{name}.json").read_text())

    inbound = read(sample(name))

    said = as_plain(f"{name}.eml", inbound)
    for key, value in expected.items():
        check(key, value, said, inbound)


def check(key: str, value: object, said: dict[str, object], inbound: Inbound) -> None:
    if key == "held":
        assert {part.name: part.held for part in inbound.attachments if part.held} == value
    elif key == "problem_has":
        assert str(value) in (inbound.problem or "")
    elif key.endswith("_hasnot"):
        text = str(said[_PARTS[key.removesuffix("_hasnot")]])
        assert [piece for piece in as_list(value) if piece in text] == []
    elif key.endswith("_has"):
        text = str(said[_PARTS[key.removesuffix("_has")]])
        assert [piece for piece in as_list(value) if piece not in text] == []
    else:
        assert said[key] == value, key


def as_list(value: object) -> list[str]:
    assert isinstance(value, list)
    return value


def test_there_are_samples_of_many_kinds() -> None:
    assert len(NAMES) >= 80
    assert {read(sample(name)).kind for name in NAMES} == {
        "message",
        "auto_reply",
        "bounce",
        "abuse_report",
        "maintenance",
        "loop",
    }

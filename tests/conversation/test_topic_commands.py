"""The tree of topics grows from the command line."""

import json
from typing import Any

import pytest

from tests.typed import told
from unbroken.conversation import queries
from unbroken.conversation.commands import topic_list, topic_set

pytestmark = pytest.mark.django_db

Capture = pytest.CaptureFixture[str]


def listed(capsys: Capture) -> dict[str, dict[str, Any]]:
    rows = json.loads(told(topic_list, capsys, "--json").out)
    return {row["key"]: row for row in rows}


def test_a_topic_hangs_below_the_one_its_key_names(capsys: Capture) -> None:
    told(topic_set, capsys, "internet", "--type", "incident")
    told(topic_set, capsys, "internet/slow", "--name", "en=Slow", "--name", "it=Lenta",
         "--hint", "slow", "--hint", "lent")  # fmt: skip

    slow = next(topic for topic in queries.topic_tree() if topic.key == "internet/slow")
    assert (slow.depth, slow.name_in("it")) == (1, "Lenta")
    assert listed(capsys)["internet/slow"]["hints"] == ["lent", "slow"]
    assert "  internet/slow" in told(topic_list, capsys).out


def test_what_is_not_named_stays_as_it_is(capsys: Capture) -> None:
    told(topic_set, capsys, "internet", "--name", "en=Internet", "--hint", "web")

    told(topic_set, capsys, "internet", "--name", "ru=Интернет")

    assert listed(capsys)["internet"] == {
        "key": "internet",
        "names": {"en": "Internet", "ru": "Интернет"},
        "hints": ["web"],
        "type": None,
    }


def test_a_retired_topic_is_offered_no_more(capsys: Capture) -> None:
    told(topic_set, capsys, "fax")
    told(topic_set, capsys, "fax", "--no-active")

    assert listed(capsys) == {}


def test_a_topic_without_its_parent_is_refused(capsys: Capture) -> None:
    refused = told(topic_set, capsys, "internet/slow")

    assert refused.status == 1
    assert "there is no topic internet to hang it below" in refused.err
    assert told(topic_set, capsys, "internet", "--name", "Slow").status == 2

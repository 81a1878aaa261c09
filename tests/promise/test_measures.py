"""The socket for measures: ours, in the order in which people read them."""

import subprocess
import sys
from pathlib import Path

from unbroken.promise import measures
from unbroken.promise.measures import all_measures


def test_our_measures_come_in_the_order_in_which_people_read_them() -> None:
    named = [key for key in all_measures() if key in ("pick_up", "first_answer", "next_answer")]
    assert named == ["pick_up", "first_answer", "next_answer"]


def test_no_measure_leans_on_another() -> None:
    for path in Path(measures.__path__[0]).glob("[!_]*.py"):
        assert "unbroken.promise.measures" not in path.read_text()


def test_sums_and_judgements_know_no_database() -> None:
    pure = "unbroken.promise.timeline, unbroken.promise.book, unbroken.promise.measures"
    check = (
        f"import sys, {pure}; {pure.split(', ')[2]}.all_measures(); print('django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def test_every_kind_that_a_measure_names_exists() -> None:
    from unbroken.conversation import events  # noqa: F401
    from unbroken.ground.events import KINDS

    assert measures.kinds() - measures.TO_COME <= KINDS.keys()
    assert not measures.TO_COME & KINDS.keys()

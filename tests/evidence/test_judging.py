"""The judge: every cause on its own examples, and on small towns of which the truth is known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from town.network.cases import make
from town.network.measure import Answer, answers, excuses, is_in_three
from town.network.ranges import TUNING
from town.network.remembered import facts_of
from unbroken.evidence.complaint import Complaint
from unbroken.evidence.drops import Drop
from unbroken.evidence.facts import Element, Facts, Neighbour, Reading, ServiceFact, Session
from unbroken.evidence.finding import Sign
from unbroken.evidence.judging import judge
from unbroken.evidence.rules import all_rules
from unbroken.evidence.silence.beside import Company, company
from unbroken.evidence.silence.limits import MEMBERS_MIN
from unbroken.evidence.silence.lines import Loss
from unbroken.evidence.silence.naming import cluster_of, is_whole
from unbroken.evidence.silence.network import Network
from unbroken.evidence.wording import sentence

NOON = datetime(2026, 5, 24, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def judged() -> list[Answer]:
    return list(answers(TUNING, (5,), [
        "planned_reset", "cpe_scheduled_reconnect", "line_unstable", "customer_power", "ppp_path",
        "cable_cut", "fibre_cut", "nas_restart", "login_rejected", "home_network", "unknown",
    ]))  # fmt: skip


def test_every_key_of_the_interface_has_a_rule() -> None:
    assert set(all_rules()) == {
        "planned_reset", "cpe_scheduled_reconnect", "line_unstable", "customer_power", "ppp_path",
        "access_mode_changed", "fibre_cut", "area_power", "drop_fibre", "optical_degradation",
        "nas_restart", "accounting_gap", "login_rejected", "home_network", "line_rate_low",
        "congestion", "quota_reached", "wet_joint", "cpe_firmware", "elsewhere", "access_node",
        "cable_cut", "uplink_down", "planned_work", "work_overran",
    }  # fmt: skip


@pytest.mark.parametrize("key", [key for key, rule in all_rules().items() if rule.examples])
def test_a_cause_explains_its_own_examples_best(key: str) -> None:
    for example in all_rules()[key].examples:
        drop = _drop(example)
        ratios = {one.key: one.ratio(drop) for one in all_rules().values() if one.predicts}
        assert max(ratios, key=lambda one: ratios[one]) == key


def test_what_happens_by_design_never_excuses_a_fault(judged: list[Answer]) -> None:
    assert excuses(judged) == (0, 0)


def test_the_true_cause_is_among_the_first_three(judged: list[Answer]) -> None:
    assert [one.truth for one in judged if not is_in_three(one)] in ([], ["unknown"])
    assert sum(one.verdict.key == one.truth for one in judged) >= 0.8 * len(judged)


def test_work_that_outlasts_its_window_is_an_outage_and_no_longer_the_announced_work() -> None:
    """Accident: hours after the window the answer still was that it had been announced."""
    told = make("planned_work", 3, TUNING)
    (window,) = told.windows
    short = replace(window, until=window.since + timedelta(minutes=65))

    in_time = judge(facts_of(told))
    told.windows[:] = [short]
    late = judge(facts_of(told))

    assert (in_time.key, late.key) == ("planned_work", "work_overran")
    assert late.values is not None
    assert late.values["work_until"] == short.until
    assert "planned_window" in {one.kind for one in late.hypotheses[0].finding.speaks_for}
    assert next(one for one in late.hypotheses if one.key == "planned_work").certainty < 0.2


def test_with_nothing_to_go_by_it_abstains_and_says_what_is_missing() -> None:
    verdict = judge(Facts(ServiceFact("s-1", "vdsl"), NOON))

    assert verdict.key == "unknown"
    assert [str(one.text) for one in verdict.missing][:2] == [
        "no session was ever heard of for this service",
        "no line counters",
    ]


def test_drops_without_any_counter_are_not_blamed_on_the_line() -> None:
    sessions = tuple(
        Session("s-1", "nas", str(n), NOON - timedelta(hours=30 - 4.7 * n),
                NOON - timedelta(hours=25.4 - 4.7 * n) if n < 5 else None, "stop" if n < 5 else "",
                "Lost-Carrier" if n < 5 else "")
        for n in range(6)
    )  # fmt: skip

    verdict = judge(Facts(ServiceFact("s-1", "vdsl"), NOON, sessions))

    assert verdict.key == "unknown"
    assert any("counters" in one.text for one in verdict.missing)


def test_a_day_of_four_drops_is_not_the_reset_even_where_there_is_one() -> None:
    told = make("line_unstable", 7, TUNING)
    told.home.reset_seconds = 86400

    verdict = judge(facts_of(told))

    reset = next(one for one in verdict.hypotheses if one.key == "planned_reset")
    assert verdict.key == "line_unstable"
    assert reset.finding.speaks_against


def test_a_complaint_of_breaks_that_the_records_show_is_not_the_network_at_home() -> None:
    """Accident: "every night it disconnects" left the device's own schedule unnamed."""
    night = timedelta(days=1)
    ends = [NOON - timedelta(hours=9, seconds=n % 7) - n * night for n in range(20, -1, -1)]
    sessions = tuple(
        Session("s-1", "nas", str(n), began + timedelta(seconds=6), end, "stop", "User-Request")
        for n, (began, end) in enumerate(pairwise(ends))
    )
    now_up = Session("s-1", "nas", "now", ends[-1] + timedelta(seconds=8), None, heard_at=NOON)
    line = Element("line-1", "line")
    polls = [NOON - timedelta(minutes=30 * n) for n in range(1008, -1, -1)]
    readings = [Reading("line-1", "DSL.Line.LinkStatus", at, "Up") for at in polls]
    readings += [Reading("line-1", "DSL.Line.Stats.Total.LinkRetrain", at, 3.0) for at in polls]
    facts = Facts(
        ServiceFact("s-1", "vdsl"), NOON, (*sessions, now_up), tuple(readings), chain=(line,)
    )

    verdict = judge(facts, Complaint(frozenset({"drops"})))

    certain = {one.key: one.certainty for one in verdict.hypotheses}
    assert verdict.key == "cpe_scheduled_reconnect"
    assert certain["cpe_scheduled_reconnect"] > 4 * certain["home_network"]


@pytest.mark.parametrize("since_days", [8, 14])
def test_resets_do_not_excuse_breaks_that_ended_a_week_ago(since_days: int) -> None:
    """Accident: quiet for a week, the customer complains, and hears of a planned reset."""
    sessions = _reset_daily(lost=(since_days, since_days + 1, since_days + 2))

    verdict = judge(Facts(ServiceFact("s-1", "vdsl"), NOON, sessions), Complaint(DROPS))
    plain = judge(Facts(ServiceFact("s-1", "vdsl"), NOON, _reset_daily()), Complaint(DROPS))

    assert plain.key == "planned_reset"
    assert verdict.key == "unknown"
    assert any("lost carrier" in one.text for one in verdict.missing)
    assert sentence(verdict, "en", "UTC") == "The records are too few to name a cause."


@pytest.mark.parametrize(("apart", "struck"), [(20, True), (100, False)])
def test_a_verdict_and_the_detector_mean_the_same_by_together(apart: int, struck: bool) -> None:
    """Three lines of one cable, lost so many seconds after each other."""
    line = Element("line-1", "line", ("cable",), 0, 1)
    cable = Element("cable", "cable", (), 1, 3)
    lost = [NOON + n * timedelta(seconds=apart) for n in (0, 1, 2)]
    others = [
        Neighbour(f"s-{n}", ("cable",), sessions=(
            Session(f"s-{n}", "nas", str(n), NOON - timedelta(hours=n), lost[n], "stop"),))
        for n in (1, 2)
    ]  # fmt: skip
    network = Network([line, cable], {f"s-{n}": "cable" for n in range(3)})
    losses = {f"s-{n}": Loss(at.timestamp(), []) for n, at in enumerate(lost)}
    cluster = cluster_of("cable", losses, 0)

    lowest = company(NOON, (line, cable), others).lowest

    assert cluster is not None
    assert (cluster.size >= MEMBERS_MIN and is_whole(network, cluster, {})) is struck
    assert (lowest is not None and lowest.element == cable) is struck


def test_resets_do_not_excuse_a_session_of_which_nothing_is_heard() -> None:
    *before, now_up = _reset_daily()
    silent = now_up._replace(heard_at=NOON - timedelta(hours=5), interim=600)

    verdict = judge(
        Facts(ServiceFact("s-1", "vdsl"), NOON, (*before, silent)), Complaint(frozenset({"none"}))
    )

    assert verdict.key not in ("planned_reset", "cpe_scheduled_reconnect")


DROPS = frozenset({"drops"})


def _reset_daily(lost: tuple[int, ...] = ()) -> tuple[Session, ...]:
    """Twenty days of 24 hours each, some cut short by a lost carrier."""
    found: list[Session] = []
    began = NOON - timedelta(days=20, hours=7)
    while began < NOON:
        end, cause = began + timedelta(days=1), "Session-Timeout"
        cuts = [NOON - timedelta(days=d, hours=5 * n) for n, d in enumerate(lost)]
        cut = next((one for one in reversed(cuts) if began < one < end), None)
        if cut is not None:
            end, cause = cut, "Lost-Carrier"
        is_over = end <= NOON
        found.append(Session(
            "s-1", "nas", str(len(found)), began, end if is_over else None,
            "stop" if is_over else "", cause if is_over else "", 0, 0, end if is_over else NOON,
        ))  # fmt: skip
        began = end + timedelta(seconds=4)
    return tuple(found)


def _drop(example: object) -> Drop:
    session = Session("s", "nas", "1", NOON - timedelta(hours=3), NOON, "stop")
    signs = tuple(Sign(name, value) for name, value in dict(example).items())  # type: ignore[call-overload]
    return Drop(session, NOON, NOON + timedelta(minutes=1), signs, Company((), 0))

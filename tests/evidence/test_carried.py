"""Flows and probes weigh: a line its own customer fills, names unanswered, loss before the NAS."""

from datetime import UTC, datetime, timedelta

import pytest

from unbroken.evidence.carried import carried
from unbroken.evidence.complaint import Complaint
from unbroken.evidence.facts import Element, Facts, Reading, ServiceFact, Session
from unbroken.evidence.judging import Verdict, judge
from unbroken.evidence.picture import Picture

NOON = datetime(2026, 5, 24, 10, 0, tzinfo=UTC)
CHAIN = (
    Element("cpe-1", "cpe", services=1),
    Element("line-1", "line", distance=1, services=1),
    Element("nas-1", "nas", distance=2, services=40),
)
FLOWS = {
    "TrafficUp": "Traffic.Up.Bytes",
    "DNSQuestions": "Traffic.DNS.Questions",
    "DNSAnswers": "Traffic.DNS.Answers",
}
PING = "IP.Diagnostics.IPPing"


def told(**values: float) -> Facts:
    """A line that is up and well, with these readings, `cpe` or `nas` named by the first letter."""
    up = Session("s-1", "nas-1", "1", NOON - timedelta(days=2), None, heard_at=NOON)
    at = NOON - timedelta(minutes=10)
    readings = [
        Reading("line-1", "DSL.Line.LinkStatus", at, "Up"),
        Reading("line-1", "DSL.Channel.UpstreamCurrRate", at, 10_000),
        Reading("line-1", "DSL.Channel.DownstreamCurrRate", at, 50_000),
    ]
    for back in range(6):
        for key, name in FLOWS.items():
            if key in values:
                when = at - back * timedelta(minutes=5)
                readings.append(Reading("cpe-1", name, when, values[key]))
    for who, resource in (("own", "cpe-1"), ("nas", "nas-1")):
        if f"{who}_lost" in values:
            lost = values[f"{who}_lost"]
            readings += [
                Reading(resource, f"{PING}.SuccessCount", at, 20 - lost),
                Reading(resource, f"{PING}.FailureCount", at, lost),
                Reading(resource, f"{PING}.AverageResponseTime", at, 14.0),
            ]
    return Facts(ServiceFact("s-1", "vdsl"), NOON, (up,), tuple(readings), chain=CHAIN)


def share(facts: Facts, key: str, kind: str) -> float:
    verdict: Verdict = judge(facts, Complaint(frozenset({kind})))
    return next((one.certainty for one in verdict.hypotheses if one.key == key), 0.0)


def test_uploads_of_the_customers_own_that_fill_the_line_explain_why_it_is_slow() -> None:
    full = 0.95 * 10_000 * 1000 / 8 * 300

    assert carried(Picture(told(TrafficUp=full))).fills_itself is True
    assert carried(Picture(told(TrafficUp=full / 3))).fills_itself is False
    assert carried(Picture(told())).fills_itself is None
    verdict = judge(told(TrafficUp=full), Complaint(frozenset({"slow"})))
    assert verdict.key == "home_network"
    assert verdict.certainty > share(told(TrafficUp=full / 3), "home_network", "slow")
    assert any(dict(one.data).get("name") == "Traffic.Up.Bytes" for one in
               verdict.hypotheses[0].finding.speaks_for)  # fmt: skip


def test_names_that_nobody_answers_speak_for_the_home_and_answered_ones_for_elsewhere() -> None:
    silent, answered = told(DNSQuestions=40, DNSAnswers=0), told(DNSQuestions=40, DNSAnswers=39)

    assert share(silent, "home_network", "none") > share(told(), "home_network", "none")
    assert share(answered, "elsewhere", "content") > share(silent, "elsewhere", "content")


@pytest.mark.parametrize(("own", "nas", "better"), [(8, 8, "congestion"), (0, 0, "home_network")])
def test_packets_lost_before_the_nas_are_not_the_customers(own: int, nas: int, better: str) -> None:
    seen, blank = told(own_lost=own, nas_lost=nas), told()

    assert share(seen, better, "slow") > share(blank, better, "slow")


def test_a_modem_that_answers_no_ping_at_all_proves_nothing() -> None:
    way = carried(Picture(told(own_lost=20, nas_lost=0)))

    assert (way.loses_behind_nas, way.loses_before_nas, way.is_clear) == (False, False, False)

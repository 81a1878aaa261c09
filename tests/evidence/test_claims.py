"""What customers say, in three languages, becomes claims that can be held beside the records."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from unbroken.evidence.claims.beside import beside
from unbroken.evidence.claims.reading import read_claims, read_complaint
from unbroken.evidence.facts import Facts, ServiceFact, Session
from unbroken.evidence.judging import judge_case
from unbroken.evidence.lamps import layer_of
from unbroken.evidence.rule import Case

NOON = datetime(2026, 5, 24, 10, 0, tzinfo=UTC)  # a Sunday, 12:00 in Berlin
ZONE = "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("since two days the internet breaks", "2026-05-22"),
        ("My connection drops since 26 April.", "2026-04-26"),
        ("since April 26th it keeps dropping", "2026-04-26"),
        ("it started 3 days ago", "2026-05-21"),
        ("no internet since yesterday", "2026-05-23"),
        ("broken since Monday", "2026-05-18"),
        ("интернет обрывается с 26 апреля", "2026-04-26"),
        ("уже три дня связь пропадает", "2026-05-21"),
        ("второй день нет интернета", "2026-05-23"),
        ("со вчерашнего дня не работает", "2026-05-23"),
        ("с понедельника всё рвётся", "2026-05-18"),
        ("уже неделю нет интернета", "2026-05-17"),
        ("cade dal 26 aprile", "2026-04-26"),
        ("da tre giorni la linea cade", "2026-05-21"),
        ("da ieri niente internet", "2026-05-23"),
        ("da lunedì non funziona", "2026-05-18"),
        ("da una settimana cade", "2026-05-17"),
        ("since 26.04. it breaks", "2026-04-26"),
    ],
)
def test_since_when_is_read_in_the_customers_words(text: str, day: str) -> None:
    (onset,) = [one for one in read_claims(text, NOON, ZONE) if one.kind == "onset"]

    assert onset.said in text
    assert onset.at is not None
    assert f"{onset.at:%Y-%m-%d}" == day


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("it broke four times today", 4),
        ("the line drops 5 times a day", 5),
        ("сегодня было четыре обрыва", 4),
        ("вчера падало 3 раза", 3),
        ("oggi è caduta quattro volte", 4),
        ("dropped twice today", 2),
    ],
)
def test_how_often_is_counted(text: str, count: int) -> None:
    (often,) = [one for one in read_claims(text, NOON, ZONE) if one.kind == "frequency"]

    assert often.number == count


@pytest.mark.parametrize(
    ("text", "lamp", "state"),
    [
        ("the DSL lamp goes out", "dsl", "off"),
        ("на модеме гаснет лампочка DSL", "dsl", "off"),
        ("la spia DSL si spegne", "dsl", "off"),
        ("лампочка LOS горит красным", "los", "red"),
        ("the internet light is off", "internet", "off"),
    ],
)
def test_a_lamp_is_named_with_its_state(text: str, lamp: str, state: str) -> None:
    (claim,) = [one for one in read_claims(text, NOON, ZONE) if one.kind == "lamp"]

    assert (claim.lamp, claim.state) == (lamp, state)


def test_times_of_the_clock_are_read() -> None:
    text = "It broke at 14:30 and around 9 pm."
    times = [one.clock for one in read_claims(text, NOON, ZONE) if one.kind == "time"]

    assert times == [14 * 60 + 30, 21 * 60]


def test_each_lamp_speaks_of_one_layer_and_a_bridges_internet_lamp_of_none() -> None:
    assert layer_of("ZTE ZXDSL 531B", "dsl", "off") == "sync"
    assert layer_of("ZTE ZXDSL 531B", "internet", "off") == ""
    assert layer_of("a box nobody knows", "internet", "off") == "session"
    assert layer_of("Huawei HG8245H", "los", "red") == "light"


def test_no_words_are_no_complaint_and_thanks_are_of_no_kind() -> None:
    assert read_complaint("  ", NOON, ZONE) is None
    thanks = read_complaint("Thank you, all is well now.", NOON, ZONE)
    assert thanks is not None
    assert thanks.kinds == frozenset()


def test_a_text_made_to_hurt_is_read_in_no_time() -> None:
    hostile = "since " * 3000 + "с " * 3000 + "9" * 5000

    assert len(read_claims(hostile, NOON, ZONE)) <= 24


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("every night it disconnects", "night"),
        ("it is cut once every day", "day"),
        ("it drops every single evening", "evening"),
        ("Каждую ночь обрывается интернет", "night"),
        ("интернет отваливается раз в сутки", "day"),
        ("по вечерам рвётся связь", "evening"),
        ("ogni notte cade la connessione", "night"),
        ("tutti i giorni salta internet", "day"),
        ("3 times daily it drops", ""),
        ("it drops every other day", ""),
        ("обрывы 3 раз в день", ""),
    ],
)
def test_every_night_and_every_day_are_claims_of_their_own(text: str, part: str) -> None:
    found = [one.state for one in read_claims(text, NOON, ZONE) if one.kind == "every"]

    assert found == ([part] if part else [])
    complaint = read_complaint(text, NOON, ZONE)
    assert complaint is not None
    assert complaint.is_about("drops")


@pytest.mark.parametrize(("hour", "agrees"), [(3, True), (14, False)])
def test_every_night_is_held_against_each_of_the_last_nights(hour: int, agrees: bool) -> None:
    ends = [NOON.replace(hour=hour, minute=5) - timedelta(days=back) for back in range(20, 0, -1)]
    sessions = tuple(
        Session("s-1", "nas", str(n), began, end, "stop", "User-Request")
        for n, (began, end) in enumerate(pairwise(ends))
    )
    text = "every night it disconnects"
    case = Case(Facts(ServiceFact("s-1", "vdsl"), NOON, sessions), read_complaint(text, NOON, ZONE))

    (checked,) = beside(read_claims(text, NOON, ZONE), case, judge_case(case))

    assert checked.agrees is agrees
    assert checked.values == {"count": 13 if agrees else 0, "days": 14}

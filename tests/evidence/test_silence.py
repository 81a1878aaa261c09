"""Who fell silent together, and at which element: a test for each thing that can happen."""

from datetime import UTC, datetime, timedelta

from tests.evidence.quarter import HOUR, MIDNIGHT, Day
from unbroken.evidence.facts import Element, PlannedWindow
from unbroken.evidence.silence import signs
from unbroken.evidence.silence.causes import announced, cause_of
from unbroken.evidence.silence.fold import Detector
from unbroken.evidence.silence.found import SilentElement
from unbroken.evidence.silence.lines import Loss
from unbroken.evidence.silence.network import Network

SIX = MIDNIGHT + 4 * HOUR


def names(detector: Detector) -> list[str]:
    return [silence.element for silence in detector.silent]


def causes(detector: Detector) -> list[str]:
    return [cause_of(detector.network, silence) for silence in detector.silent]


def test_a_cut_cable_is_named_and_its_lines_with_it() -> None:
    day = Day()
    day.loses(day.below("cable-01"), SIX, SIX + HOUR)
    found = day.found()
    assert names(found) == ["cable-01"]
    (silence,) = found.silent
    assert causes(found) == ["cable_cut"]
    assert sorted(silence.affected) == day.below("cable-01")
    assert SIX <= silence.since <= SIX + 60
    assert silence.detected_at - silence.since < 150
    assert silence.until is not None
    assert abs(silence.until - (SIX + HOUR)) < 60


def test_a_dead_card_is_one_trouble_and_not_four_cables() -> None:
    day = Day()
    day.loses(day.below("card-1"), SIX, SIX + HOUR)
    found = day.found()
    assert names(found) == ["card-1"]
    assert causes(found) == ["access_node"]
    assert len(found.silent[0].affected) == 48


def test_losses_that_trickle_in_lift_the_name_to_the_element_that_explains_all() -> None:
    day = Day()
    day.loses(day.below("cable-10"), SIX, SIX + HOUR, echoes=(0, 5))
    day.loses(day.below("card-1")[12:], SIX, SIX + HOUR, echoes=(75, 140))
    found = day.found()
    assert names(found) == ["card-1"]
    assert found.silent[0].detected_at - SIX < 120


def test_fibre_is_told_by_the_light_and_power_by_the_last_gasp() -> None:
    day = Day()
    day.loses(day.below("splitter-01"), SIX, SIX + HOUR, alarm="LOSi")
    day.loses(day.below("feeder-2"), SIX + 2000, SIX + 5000, alarm="dying-gasp")
    found = day.found()
    assert names(found) == ["splitter-01", "feeder-2"]
    assert causes(found) == ["fibre_cut", "area_power"]


def test_two_things_at_once_are_two() -> None:
    day = Day()
    day.loses(day.below("cable-00"), SIX, SIX + HOUR)
    day.loses(day.below("splitter-10"), SIX + 20, SIX + HOUR, alarm="LOSi")
    assert sorted(names(day.found())) == ["cable-00", "splitter-10"]


def test_some_pairs_of_a_cable_are_found_after_five_minutes() -> None:
    day = Day()
    day.loses(day.below("cable-02")[:5], SIX, SIX + HOUR)
    found = day.found()
    assert names(found) == ["cable-02"]
    assert 300 <= found.silent[0].detected_at - SIX < 420


def test_a_bng_that_restarts_without_a_word_is_dated_by_the_last_it_said() -> None:
    day = Day()
    day.loses(day.below("bng"), SIX, SIX + 400, tells=False)
    day.says(SIX + 400, signs.NAS_UP, "bng")
    found = day.found()
    assert names(found) == ["bng"]
    assert causes(found) == ["nas_restart"]
    assert SIX - 60 <= found.silent[0].since <= SIX + 5
    assert found.silent[0].detected_at < SIX + 420


def test_a_satellite_that_answers_no_poll_is_believed_when_its_villages_are_missed() -> None:
    day = Day()
    day.loses(day.below("sat"), SIX, SIX + HOUR, tells=False)
    day.says(SIX + 10, signs.ELEMENT_LOST, "sat", why="unreachable")
    day.says(SIX + HOUR, signs.ELEMENT_BACK, "sat", why="unreachable")
    found = day.found()
    assert names(found) == ["sat"]
    assert causes(found) == ["uplink_down"]
    assert len(found.silent[0].affected) == 20
    assert found.silent[0].until is not None


def test_a_circuit_that_lost_its_frame_is_named_and_not_what_hangs_on_it() -> None:
    day = Day()
    day.loses(day.below("circuit"), SIX, SIX + HOUR)
    day.says(SIX, signs.ELEMENT_LOST, "circuit", why="LOF")
    day.says(SIX + HOUR, signs.ELEMENT_BACK, "circuit", why="LOF")
    found = day.found()
    assert names(found) == ["circuit"]
    assert causes(found) == ["uplink_down"]


def test_a_lost_poll_alone_is_no_outage_while_the_lines_still_speak() -> None:
    day = Day()
    day.says(SIX, signs.ELEMENT_LOST, "dslam-1", why="unreachable")
    assert names(day.found()) == []


def test_our_own_blindness_is_no_outage() -> None:
    """Accident: the way to our accounting server broke for an hour; nobody sent a stop."""
    day = Day()
    day.heard = []
    for service in day.below("bng", "sat"):
        day.away[service] = [(SIX, SIX + HOUR)]
    assert names(day.found()) == []


def test_a_nightly_reset_of_everybody_is_no_outage() -> None:
    day = Day()
    for number, service in enumerate(day.below("bng")):
        at = SIX + number % 4 * 10
        day.loses([service], at, at + 2, echoes=(0, 0.5))
    assert names(day.found()) == []


def test_a_thunderstorm_that_retrains_half_the_lines_is_no_outage() -> None:
    day = Day()
    lines = day.below("dslam-0")
    for _ in range(120):
        at = SIX + day.random.uniform(0, HOUR)
        day.loses([day.random.choice(lines)], at, at + day.random.uniform(40, 110), echoes=(0, 20))
    assert names(day.found()) == []


def test_new_firmware_for_one_model_is_no_outage() -> None:
    """Accident: four minutes without service for every device of model A, at the same minute."""
    day = Day()
    a = [s for s in day.below("bng") if day.network.model_of(s) == "A"]
    day.loses(a, SIX, SIX + 240)
    assert names(day.found()) == []


def test_two_outages_at_once_are_no_firmware_where_everybody_has_one_model() -> None:
    """Accident: a cable and a dead card at the same minute, at a provider with a single device."""
    day = Day(models=("A",))
    day.loses(day.below("cable-01"), SIX, SIX + HOUR)
    day.loses(day.below("cable-13"), SIX + 3, SIX + HOUR)
    assert sorted(names(day.found())) == ["cable-01", "cable-13"]


def test_people_who_switch_off_at_night_are_no_outage() -> None:
    day = Day(hours=30)
    for service in day.below("bng"):
        if day.random.random() < 0.7:
            at = MIDNIGHT + 22.5 * HOUR + day.random.gauss(0, 1800)
            day.loses([service], at, MIDNIGHT + 29 * HOUR)
    assert names(day.found()) == []


def test_the_same_element_again_within_minutes_is_the_same_trouble() -> None:
    day = Day()
    day.loses(day.below("cable-01"), SIX, SIX + 1200)
    day.loses(day.below("cable-01"), SIX + 1500, SIX + HOUR)
    found = day.found()
    assert names(found) == ["cable-01"]
    assert abs((found.silent[0].until or 0) - (SIX + HOUR)) < 60


def test_it_makes_no_difference_how_often_the_clock_is_looked_at() -> None:
    day = Day()
    day.loses(day.below("card-1"), SIX, SIX + HOUR)
    found = day.found()
    again = Detector(day.network)
    for sign in sorted(day.heard):
        again.advance(sign.received - 0.1)
        again.hear(sign)
    again.advance(day.end)
    assert [(s.element, s.detected_at, s.since) for s in again.silent] == [
        (s.element, s.detected_at, s.since) for s in found.silent
    ]


def test_work_below_excuses_no_crowd_that_does_not_hang_on_it() -> None:
    """Accident: a carrier's circuit failed while we worked on one of the DSLAMs behind it."""
    chains = {"link-p": (), "dslam-1": ("link-p",), "dslam-2": ("link-p",)}
    net = Network(
        [Element(key, "dslam", parents=parents) for key, parents in chains.items()],
        {f"s{n}": "dslam-2" if n >= 20 else "dslam-1" for n in range(23)},
    )
    begins = datetime.fromtimestamp(SIX, UTC)
    window = PlannedWindow("plan 4", begins, begins + timedelta(hours=2), ("dslam-1",))
    began = SIX + 300
    gone = {f"s{n}": Loss(began, []) for n in range(23)}

    few = SilentElement("link-p", began, began, {one: gone[one] for one in list(gone)[:22]})
    crowd = SilentElement("link-p", began, began, gone)

    assert announced(net, few, [window]) == window
    assert announced(net, crowd, [window]) is None

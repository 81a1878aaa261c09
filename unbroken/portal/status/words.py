"""The status page in words: components, states, what was told. None of them names an address."""

from collections.abc import Iterable

from unbroken.ground.words import Phrase, _, in_language
from unbroken.portal.status.components import FAMILIES, Component
from unbroken.portal.status.reading import Incident, Update, Work

AREAS_SHOWN = 3

STATES: dict[str, Phrase] = {
    "operational": _("Works"),
    "partial_outage": _("Does not work everywhere"),
    "major_outage": _("Does not work"),
    "under_maintenance": _("Planned work"),
}
SIGNS = {
    "operational": "check",
    "partial_outage": "risk",
    "major_outage": "late",
    "under_maintenance": "hourglass",
}
TONES = {"partial_outage": "risk", "major_outage": "alarm", "under_maintenance": "risk"}
REST, WHOLE = _("elsewhere"), _("{family}: {area}")
AND_MORE = _("{areas} and more")
BROKEN, WAS_BROKEN = _("{what} does not work"), _("{what} did not work")
WORKED_ON = _("Work on {what}")
UPDATES: dict[str, Phrase] = {
    "problem.opened": _("We know of it and look for the cause."),
    "problem.ended": _("It is over."),
    "problem.reopened": _("It is back. We go on working on it."),
    "left": _("The crew is on its way."),
    "working": _("The crew is at work."),
    "done": _("The crew has finished. We watch whether everything works again."),
    "notDone": _("The crew could not finish. We say what comes next."),
    "minutes": _("The crew arrives soon."),
}


def component_name(one: Component) -> str:
    """Internet by fibre: Lindenhof."""
    family = in_language(FAMILIES[one.family])
    return in_language(WHOLE, family=family, area=one.area) if one.area else family


def what(components: Iterable[Component]) -> str:
    """The kinds and the areas, few enough to read."""
    shown = list(components)
    families = list(dict.fromkeys(in_language(FAMILIES[one.family]) for one in shown))
    areas = list(dict.fromkeys(one.area for one in shown if one.area))
    if not areas:
        return ", ".join(families)
    named = ", ".join(areas[:AREAS_SHOWN])
    if len(areas) > AREAS_SHOWN:
        named = in_language(AND_MORE, areas=named)
    return in_language(WHOLE, family=", ".join(families), area=named)


def incident_name(one: Incident) -> str:
    """What does not work, and where."""
    return in_language(BROKEN, what=what(one.components))


def past_name(one: Incident) -> str:
    """What did not work, and where, of one that is over."""
    return in_language(WAS_BROKEN, what=what(one.components))


def work_name(one: Work) -> str:
    """What is worked on, and where."""
    return in_language(WORKED_ON, what=what(one.components))


def update_words(one: Update) -> str:
    """What was told then: a person's own words, else ours."""
    if one.words:
        return one.words
    return in_language(UPDATES.get(one.step or one.kind, UPDATES["problem.opened"]))

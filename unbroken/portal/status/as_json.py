"""The status as the usual clients expect it (`/api/v2/summary.json` and its siblings)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from unbroken.ground.words import _, in_language
from unbroken.intake.ways import us
from unbroken.portal.status import words
from unbroken.portal.status.components import FAMILIES, Component
from unbroken.portal.status.reading import Incident, Shown, Snapshot, Update, Work

Json = dict[str, Any]

INDICATORS = {
    "none": _("No trouble is known to us"),
    "maintenance": _("Planned work goes on"),
    "minor": _("Some services do not work everywhere"),
    "major": _("Some services do not work"),
    "critical": _("Many services do not work"),
}
STATUS_OF = {"acknowledged": "investigating", "inProgress": "identified", "held": "identified"}
UPDATE_STATUS = {
    "problem.opened": "investigating",
    "problem.step_taken": "identified",
    "problem.news_given": "identified",
    "problem.reopened": "investigating",
    "problem.ended": "resolved",
}


def indicator(found: Snapshot) -> str:
    """How bad it is altogether."""
    worst = {one.problem.severity for one in found.open_incidents}
    for name in ("critical", "major", "minor"):
        if name in worst:
            return name
    is_in_work = any(one.state(found.at) == "in_progress" for one in found.work)
    return "maintenance" if is_in_work else "none"


def whole(found: Snapshot, *parts: str) -> Json:
    """These parts, and the page they are about, as every answer carries it."""
    makers: dict[str, Any] = {
        "status": lambda: status(found),
        "components": lambda: components(found),
        "incidents": lambda: [incident(one, found) for one in found.incidents],
        "unresolved": lambda: [incident(one, found) for one in found.open_incidents],
        "work": lambda: [work(one, found) for one in reversed(found.work)],
        "coming": lambda: [work(one, found) for one in found.coming_work],
        "upcoming": lambda: [work(w, found) for w in found.work if w.state(found.at) == SCHEDULED],
        "active": lambda: [work(w, found) for w in found.work if w.state(found.at) == ACTIVE],
    }
    answer: Json = {"page": page(found)}
    for part in parts:
        answer[NAMES.get(part, part)] = makers[part]()
    return answer


SCHEDULED, ACTIVE = "scheduled", "in_progress"
NAMES = {
    "unresolved": "incidents",
    "work": "scheduled_maintenances",
    "coming": "scheduled_maintenances",
    "upcoming": "scheduled_maintenances",
    "active": "scheduled_maintenances",
}


def page(found: Snapshot) -> Json:
    """Who speaks."""
    return {
        "id": "status",
        "name": us().name or "Unbroken",
        "url": settings.BASE_URL + reverse("portal:status"),
        "time_zone": settings.UNBROKEN.timezone,
        "updated_at": _at(found.at),
    }


def status(found: Snapshot) -> Json:
    """The one line on top."""
    key = indicator(found)
    return {"indicator": key, "description": in_language(INDICATORS[key])}


def components(found: Snapshot) -> list[Json]:
    """The kinds of service as groups, and in them the parts of the map."""
    families = [key for key in FAMILIES if any(s.component.family == key for s in found.shown)]
    groups = [_group(key, number, found) for number, key in enumerate(families, 1)]
    return [*groups, *(_component(one, found) for one in found.shown)]


def _group(key: str, position: int, found: Snapshot) -> Json:
    mine = [one for one in found.shown if one.component.family == key]
    order = list(words.STATES)
    worst = max((one.state for one in mine), key=order.index)
    return {
        **_common(f"group-{key}", in_language(FAMILIES[key]), worst, position, found),
        "group": True,
        "group_id": None,
        "components": [one.component.id for one in mine],
    }


def _component(one: Shown, found: Snapshot) -> Json:
    position = found.shown.index(one) + 1
    return {
        **_common(one.component.id, _name(one.component), one.state, position, found),
        "group": False,
        "group_id": f"group-{one.component.family}",
        "uptime_percentage": None if one.share is None else round(100 * one.share, 3),
    }


def _common(id_: str, name: str, state: str, position: int, found: Snapshot) -> Json:
    return {
        "id": id_,
        "name": name,
        "status": state,
        "created_at": _at(found.measured_from),
        "updated_at": _at(found.at),
        "position": position,
        "description": None,
        "showcase": True,
        "start_date": found.measured_from.date().isoformat(),
        "page_id": "status",
        "only_show_if_degraded": False,
    }


def incident(one: Incident, found: Snapshot) -> Json:
    """A problem, and what was told about it, the newest first."""
    state = STATUS_OF.get(one.problem.state, "resolved")
    if state == "identified" and one.problem.step == "done":
        state = "monitoring"
    resolved = one.problem.until if state == "resolved" else None
    return {
        "id": f"p{one.id}",
        "name": words.incident_name(one),
        "status": state,
        "impact": one.problem.severity,
        "created_at": _at(one.problem.detected_at),
        "started_at": _at(one.problem.since),
        "updated_at": _at(one.updated_at),
        "monitoring_at": None,
        "resolved_at": _at(resolved) if resolved else None,
        "next_news_at": _at(one.problem.next_news_at) if one.problem.next_news_at else None,
        "shortlink": _link(f"p{one.id}"),
        "page_id": "status",
        "incident_updates": [_update(update, f"p{one.id}") for update in reversed(one.updates)],
        "components": _touched(one.components, found),
    }


def work(one: Work, found: Snapshot) -> Json:
    """Planned work."""
    number = f"w{one.id}"
    told: Json = {
        "id": f"{number}-1",
        "status": one.state(found.at),
        "body": words.work_name(one),
        "incident_id": number,
        "created_at": _at(one.arrived_at),
        "updated_at": _at(one.changed_at),
        "display_at": _at(one.arrived_at),
    }
    return {
        "id": number,
        "name": words.work_name(one),
        "status": one.state(found.at),
        "impact": "maintenance",
        "created_at": _at(one.arrived_at),
        "updated_at": _at(one.changed_at),
        "monitoring_at": None,
        "resolved_at": _at(one.until) if one.state(found.at) == "completed" else None,
        "scheduled_for": _at(one.since),
        "scheduled_until": _at(one.until),
        "shortlink": _link(number),
        "page_id": "status",
        "incident_updates": [told],
        "components": _touched(one.components, found),
    }


def _update(one: Update, incident_id: str) -> Json:
    status_word = UPDATE_STATUS[one.kind]
    if one.step == "done":
        status_word = "monitoring"
    return {
        "id": f"u{one.id}",
        "status": status_word,
        "body": words.update_words(one),
        "incident_id": incident_id,
        "created_at": _at(one.at),
        "updated_at": _at(one.at),
        "display_at": _at(one.at),
    }


def _touched(components_: tuple[Component, ...], found: Snapshot) -> list[Json]:
    mine = {one.id for one in components_}
    return [_component(one, found) for one in found.shown if one.component.id in mine]


def _name(one: Component) -> str:
    return one.area or in_language(words.REST)


def _link(place: str) -> str:
    return f"{settings.BASE_URL}{reverse('portal:status')}#{place}"


def _at(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")

"""Paths of escalation and rotas are set up, and taken back, like everything else."""

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.events import LoggedEvent
from unbroken.ground.sealed import seal
from unbroken.ground.undo import restores, values_back
from unbroken.ground.values import set_values
from unbroken.ground.words import _
from unbroken.routing.escalation.steps import checked
from unbroken.routing.events_escalation import PathSet, RotaSet
from unbroken.routing.models_escalation import EscalationPath, Rota

KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
HOOK = re.compile(r"https?://\S{1,400}")
TURN_MAX, STANDS_MAX = 366, 200

refusals(
    {
        "path.needs_name": _("Give it a short name (a to z, digits, -) and a name."),
        "rota.bad_turn": _("A turn is 1 to 366 days, and changes at an hour like 09:00."),
        "rota.bad_zone": _("There is no time zone {zone}."),
        "rota.needs_people": _("Say whose turns they are, or which team's shifts."),
        "rota.bad_stand": _("A stand-in ends after they begin."),
    }
)


def set_path(*, key: str, by: Actor, at: datetime, **values: Any) -> int:
    """Add a path, or change what is given; what is not given stays as it is. Returns its number.

    A hook gets a secret of its own, once: with it whoever is called tells that it was us.
    """
    known = EscalationPath.objects.filter(key=key).first()
    _check_path(known, key, values)
    if values.get("hook") and not (known and known.hook_secret):
        values["hook_secret"] = seal(secrets.token_hex(24))
    if known is None:
        with begin(EscalationPath, by=by, at=at) as path:
            path.key = key
            set_values(path, values)
            path.tell(PathSet(key=key))
        return int(path.id)
    with change(EscalationPath, known.pk, by=by, at=at) as path:
        changed = set_values(path, values)
        if changed is not None:
            path.tell(PathSet(key, _open(changed.was), _open(changed.now)))
    return int(known.pk)


def _open(values: Mapping[str, object]) -> dict[str, object]:
    """What an event may say: no secrets."""
    return {name: value for name, value in values.items() if name != "hook_secret"}


def _check_path(known: EscalationPath | None, key: str, values: Mapping[str, Any]) -> None:
    if not KEY.fullmatch(key) or not str(values.get("name", known.name if known else "")).strip():
        raise Refused("path.needs_name")
    if (hook := values.get("hook", "")) and not HOOK.fullmatch(hook):
        raise Refused("path.bad_hook")
    checked(
        values.get("begins", known.begins if known else {}),
        values.get("steps", known.steps if known else []),
        values.get("rounds", known.rounds if known else 1),
    )


def set_rota(
    *,
    key: str,
    name: str,
    people: Sequence[int],
    since: date,
    team: int = 0,
    by_shift: bool = False,
    turn_days: int = 7,
    change_at: str = "09:00",
    timezone: str = "UTC",
    active: bool = True,
    by: Actor,
    at: datetime,
) -> int:
    """Whose turns they are from now on. As it is already changes nothing. Returns its number."""
    if not KEY.fullmatch(key) or not name.strip():
        raise Refused("path.needs_name")
    if not 1 <= turn_days <= TURN_MAX or not HOUR.fullmatch(change_at):
        raise Refused("rota.bad_turn")
    if timezone not in available_timezones():
        raise Refused("rota.bad_zone", zone=timezone)
    if not people and not (by_shift and team):
        raise Refused("rota.needs_people")
    values = {
        "name": name, "people": list(dict.fromkeys(people)), "since": since, "team": team,
        "by_shift": by_shift, "turn_days": turn_days, "change_at": change_at,
        "timezone": timezone, "active": active,
    }  # fmt: skip
    return _set_rota(key, values, by=by, at=at)


def stand_in(
    *, rota_id: int, agent_id: int, since: datetime, until: datetime, by: Actor, at: datetime
) -> None:
    """Somebody else is called in this time, whosever turn it is."""
    if until <= since:
        raise Refused("rota.bad_stand")
    row = Rota.objects.get(pk=rota_id)
    kept = [one for one in row.stands if datetime.fromisoformat(one["until"]) > at]
    stand = {"since": since.isoformat(), "until": until.isoformat(), "agent": agent_id}
    _set_rota(row.key, {"stands": [*kept, stand][-STANDS_MAX:]}, by=by, at=at)


def end_stand(*, rota_id: int, number: int, by: Actor, at: datetime) -> None:
    """Nobody stands in after all. `number`: its place in the list."""
    row = Rota.objects.get(pk=rota_id)
    kept = [one for place, one in enumerate(row.stands) if place != number]
    _set_rota(row.key, {"stands": kept}, by=by, at=at)


def _set_rota(key: str, values: Mapping[str, Any], *, by: Actor, at: datetime) -> int:
    known = Rota.objects.filter(key=key).first()
    if known is None:
        with begin(Rota, by=by, at=at) as rota:
            rota.key = key
            for column, value in values.items():
                setattr(rota, column, value)
            rota.tell(RotaSet(key=key))
        return int(rota.id)
    with change(Rota, known.pk, by=by, at=at) as rota:
        changed = set_values(rota, values)
        if changed is not None:
            rota.tell(RotaSet(key, _told(changed.was), _told(changed.now)))
    return int(known.pk)


def _told(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def _path_as_before(event: LoggedEvent, **told: Any) -> None:
    set_path(key=event.data["key"], **values_back(event), **told)


def _rota_as_before(event: LoggedEvent, **told: Any) -> None:
    was = dict(values_back(event))
    if isinstance(was.get("since"), str):
        was["since"] = date.fromisoformat(str(was["since"]))
    _set_rota(event.data["key"], was, **told)


restores({"escalation_path.set": _path_as_before, "rota.set": _rota_as_before})

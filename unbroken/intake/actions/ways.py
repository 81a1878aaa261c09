"""What is said of the ways in and out: the relay, the web form, the frame, our own name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.ground.events import LoggedEvent
from unbroken.ground.sealed import seal, unseal
from unbroken.ground.undo import restores, values_back
from unbroken.intake.events import ChannelSet
from unbroken.intake.models import ChannelSetting
from unbroken.intake.ways import kept_ways


def set_way(*, key: str, says: Mapping[str, Any], by: Actor, at: datetime) -> int:
    """From now on this holds, whole; returns its number. No event tells a password."""
    known = ChannelSetting.objects.filter(key=key).first()
    wanted = {name: value for name, value in says.items() if value not in (None, "", [], {})}
    if known is None:
        with begin(ChannelSetting, by=by, at=at) as fresh:
            fresh.key, fresh.says = key, _sealed(wanted)
            fresh.tell(ChannelSet(key=key, was=dict.fromkeys(_told(wanted)), now=_told(wanted)))
        kept_ways.forget()
        return int(fresh.id)
    if _opened(known.says) == _opened(wanted):
        return int(known.pk)
    with change(ChannelSetting, known.pk, by=by, at=at) as row:
        was, now = _told(row.says), _told(wanted)
        row.says = _sealed(wanted)
        names = [name for name in (was | now) if was.get(name) != now.get(name)]
        row.tell(
            ChannelSet(
                key=key,
                was={name: was.get(name) for name in names},
                now={name: now.get(name) for name in names},
            )
        )
    kept_ways.forget()
    return int(known.pk)


def _sealed(says: Mapping[str, Any]) -> dict[str, Any]:
    return {**says, "password": seal(says["password"])} if says.get("password") else dict(says)


def _opened(says: Mapping[str, Any]) -> dict[str, Any]:
    return {**says, "password": unseal(says.get("password") or "")}


def _told(says: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in says.items() if name != "password"}


def _as_before(event: LoggedEvent, **told: Any) -> None:
    """As it was, with the password it has now: the record keeps none.

    Attack: the relay was one's own server; taking back its correction would tell that server the
    password of the right one. The password stays only while host and user do.
    """
    known = ChannelSetting.objects.get(key=event.data["key"])
    values = _told(known.says) | values_back(event)
    login = (values.get("host"), values.get("user"))
    if known.says.get("password"):
        if login[0] and login != (known.says.get("host"), known.says.get("user")):
            raise Refused("mailbox.other_server")
        values["password"] = known.says["password"] if login[0] else ""
    set_way(key=known.key, says=values, **told)


restores({"channel.set": _as_before})

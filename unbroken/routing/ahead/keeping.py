"""What is foreseen of everything that is open is kept fresh, team by team as things change."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from unbroken.routing import state
from unbroken.routing.ahead import foresee
from unbroken.routing.ahead.work import OpenWork, open_work
from unbroken.staffing.shift_queries import kept_plans

WHOLE_EVERY = timedelta(minutes=10)
"""Time passes for everything, also where nothing happens."""


class Keeper:
    """Remembers how each team stood, and reckons anew what changed."""

    def __init__(self) -> None:
        self._stood: dict[int, int] = {}
        self._whole_at: datetime | None = None
        self._learned_at: datetime | None = None

    def look(self, *, at: datetime) -> int:
        """Reckon what has to be; returns how many requests that were."""
        known = foresee.known_legs()
        if known is None:
            return 0
        foresee.note_ended()
        work = open_work()
        teams = self._changed(work)
        is_stale = self._whole_at is None or not at - WHOLE_EVERY < self._whole_at <= at
        if is_stale or known.at != self._learned_at:
            teams = {one.team_id for one in work if one.team_id is not None}
            self._whole_at, self._learned_at = at, known.at
        if not teams:
            return 0
        desk = foresee.desk_at(work, known.legs, is_whole=True, at=at)
        found = [
            foresee.told(one, desk.forecast.throw(one.asked), desk.people, at)
            for one in desk.in_line(work)
            if one.work.team_id in teams
        ]
        if found:
            state.keep_foreseen(found, at=at)
        return len(found)

    def _changed(self, work: Iterable[OpenWork]) -> set[int]:
        """The teams in which a request came, went or moved since the last look, or whose shifts
        did; how each stands now is remembered."""
        shifts = hash(repr(kept_plans()))
        now: dict[int, int] = {}
        for one in work:
            if one.team_id is not None:
                now[one.team_id] = hash((now.get(one.team_id, shifts), one.number, one.version))
        found = {team for team in now if self._stood.get(team) != now[team]}
        self._stood = now
        return found

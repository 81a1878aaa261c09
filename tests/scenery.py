"""Scenery: what many tests begin with, put up once and then only walked into.

    @scene
    def crowd() -> Crowd:
        "Anneke's ticket, and all who might want to read it."
        return gather()

makes the fixture `crowd`. The first test of a process that names it lets everybody move in, for
good, in a database of the scene's own. Each test then runs there in a transaction that is undone,
and is handed a copy of what was returned. A test that commits (`transaction=True`) is at home in
the empty database, and puts the scene up for itself.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from django.db import connection, connections, transaction
from pytest_django import DjangoDbBlocker

from tests import database
from unbroken.console.tickets.choices import forget_choices
from unbroken.ground.kept import forget_everything
from unbroken.ground.sequence import forget_drawn
from unbroken.house.addresses import Database

T = TypeVar("T")

LINES_MAX = 4
"""Connections a process keeps to where nobody acts; a server has eighty for all."""


@dataclass(eq=False)
class Scene:
    """One of them: how it is put up, and where it stands once it was."""

    build: Callable[[], Any]
    place: str = ""
    cast: Any = None


@dataclass
class Stage:
    """The databases of this process: the empty one, and one for each scene that stands."""

    server: Database | None = None
    made: str = ""
    empty: str = ""
    scene: Scene | None = None
    standing: list[Scene] = field(default_factory=list)
    lines: dict[str, Any] = field(default_factory=dict)
    """The connections to where nobody acts now: a new one knows no table and no plan yet."""

    def open(self, server: Database, made: str, name: str) -> None:
        """An empty database for this process, copied from one that is migrated."""
        self.server, self.made, self.empty = server, made, name
        database.copy(server, name, of=made)
        self._at(name)

    def enter(self, scene: Scene | None) -> None:
        """Where the next test takes place; the scene is put up when it is the first."""
        if scene is not None and not scene.place:
            assert self.server is not None
            place = f"{self.empty}_{len(self.standing)}"
            database.copy(self.server, place, of=self.made)
            self._at(place)
            moving_in = transaction.atomic()
            moving_in._from_testcase = True  # type: ignore[attr-defined]  # ours may begin within
            with moving_in:
                scene.cast = scene.build()
            scene.place = place
            self.standing.append(scene)
        self._at(scene.place if scene else self.empty)
        self.scene = scene

    def close(self) -> list[str]:
        """Nobody acts any more; the names of what stands there still."""
        for line in (connection, *self.lines.values()):
            line.close()
        return [self.empty, *(scene.place for scene in self.standing)]

    def _at(self, name: str) -> None:
        before = connections.settings["default"]["NAME"]
        if before != name:
            if connection.connection is not None:
                self.lines[before] = connection.connection
            connection.connection = self.lines.pop(name, None)
            if len(self.lines) > LINES_MAX:
                self.lines.pop(next(iter(self.lines))).close()
            connections.settings["default"]["NAME"] = name
            forget_everything()
            forget_drawn()
            forget_choices()


stage = Stage()


def scene(build: Callable[[], T]) -> Callable[..., T]:
    """The fixture that hands out a scene."""
    known = Scene(build)

    def fixture(db: None) -> T:
        if stage.scene is not known:
            return build()
        found: T = copy.deepcopy(known.cast)
        return found

    fixture.__name__, fixture.__doc__ = build.__name__, build.__doc__
    fixture.scene = known  # type: ignore[attr-defined]
    return pytest.fixture(fixture)


def scene_of(item: pytest.Item) -> Scene | None:
    """The scene that a test names, itself or through another fixture; none for one that commits."""
    marker = item.get_closest_marker("django_db")
    names = item._fixtureinfo.names_closure  # type: ignore[attr-defined]
    if "transactional_db" in names or (marker and marker.kwargs.get("transaction")):
        return None
    found = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
    scenes = [getattr(found[name][-1].func, "scene", None) for name in names if name in found]
    named = [one for one in scenes if one is not None]
    assert len(named) < 2, f"{item.nodeid} would have to take place on two scenes"
    return named[0] if named else None


def enter(item: pytest.Item, blocker: DjangoDbBlocker) -> None:
    """Before a test's transaction begins."""
    with blocker.unblock():
        stage.enter(scene_of(item))

"""What the pages take from the code: a block between two marks, written by `python -m tests.docs`.

    <!-- events: conversation -->
    … this part is written by the machine …
    <!-- end -->

Everything around the blocks is written by people. A test fails when a block is stale.
"""

import argparse
import dataclasses
import importlib
import importlib.util
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, get_args

from django.apps import apps
from django.conf import settings

from unbroken.ground.events import KINDS, EventKind
from unbroken.ground.letters import BOXES, Listener
from unbroken.ground.models import Guarded, GuardedChild, Working
from unbroken.house import cli
from unbroken.house.setting_list import SETTINGS
from unbroken.intake.channels import channels
from unbroken.promise.measures import all_measures

_BLOCK = re.compile(r"^(<!-- (\w+): ?([\w -]*?) ?-->)\n(.*?)^(<!-- end -->)$", re.M | re.S)
FEW = 4
"""More kinds of event than this are counted instead of named."""

every_command = cache(cli.all_commands)
"""Found by reading every file of every room, so once is enough."""


def fill(text: str) -> str:
    """The page with every block as the code has it now."""

    def made(found: re.Match[str]) -> str:
        begin, kind, name, _old, end = found.groups()
        return f"{begin}\n{BLOCKS[kind](name).strip()}\n{end}"

    return _BLOCK.sub(made, text)


def blocks_in(text: str) -> set[tuple[str, str]]:
    """Which blocks stand on a page."""
    return {(kind, name) for _begin, kind, name, _old, _end in _BLOCK.findall(text)}


def with_new_commands(text: str) -> str:
    """The page of commands with a place for each that has none yet; people add the words."""
    known = {name for kind, name in blocks_in(text) if kind == "command"}
    new = [one for one in every_command() if one.name not in known]
    return text + "".join(
        f"\n### unbroken {one.name}\n\n{one.help[:1].upper()}{one.help[1:]}.\n\n"
        f"<!-- command: {one.name} -->\n<!-- end -->\n"
        for one in new
    )


def rooms() -> list[str]:
    """Every room, the lowest floor first."""
    return [room.rpartition(".")[2] for room in settings.ROOMS]


# ── the house ────────────────────────────────────────────────────────────────


def settings_block(_name: str) -> str:
    """Every setting, its default, what it is for."""
    parts = []
    for one in SETTINGS:
        secret = " Never shown by `unbroken settings`." if one.is_secret else ""
        default = f"`{one.default}`" if re.fullmatch(r"\S+", one.default) else one.default
        parts.append(f"### {one.name}\n\n{one.meaning}{secret}\n\nDefault: {default or 'none'}.")
    return "\n\n".join(parts)


def commands_block(_name: str) -> str:
    """Every command in one line."""
    rows = [
        (f"[`unbroken {one.name}`](#unbroken-{one.name.replace(' ', '-')})", one.help)
        for one in every_command()
    ]
    return table(("Command", "Does"), rows)


def command_block(name: str) -> str:
    """What may be typed behind a command."""
    command = next(one for one in every_command() if one.name == name)
    parser = argparse.ArgumentParser(add_help=False)
    command.load().add_arguments(parser)
    return "\n\n".join(_options(parser, f"unbroken {name}"))


def _options(parser: argparse.ArgumentParser, typed: str) -> Iterator[str]:
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    for action in below:
        for word, inner in action.choices.items():
            inner.add_help = False
            yield from _options(inner, f"{typed} {word}")
    if below:
        return
    shown = [a for a in parser._actions if a.help != argparse.SUPPRESS and a.dest != "help"]
    usage = " ".join([typed, *(_in_usage(action) for action in shown)])
    told = [action for action in shown if _help(action) or action.choices]
    rows = [(f"`{_spelled(action)}`", _help(action)) for action in told]
    yield f"```text\n{usage}\n```" + (f"\n\n{table(('', ''), rows)}" if rows else "")


def _in_usage(action: argparse.Action) -> str:
    spelled = _spelled(action, long=False)
    if action.option_strings:
        many = "…" if isinstance(action, argparse._AppendAction) else ""
        return spelled if action.required else f"[{spelled}]{many}"
    return {"+": f"{spelled}…", "*": f"[{spelled}…]", "?": f"[{spelled}]"}.get(
        str(action.nargs), spelled
    )


def _spelled(action: argparse.Action, *, long: bool = True) -> str:
    value = str(action.metavar or action.dest.upper())
    if not action.option_strings:
        return value
    if isinstance(action, argparse.BooleanOptionalAction):
        return " | ".join(action.option_strings)
    if action.nargs == 0:
        return action.option_strings[-1]
    if action.choices and not action.metavar:
        value = "|".join(map(str, action.choices)) if long else action.dest.upper()
    return f"{action.option_strings[-1]} {value}"


def _help(action: argparse.Action) -> str:
    return re.sub(r" ?\(default: %\(default\)s\)", "", action.help or "")


# ── a room ────────────────────────────────────────────────────────────────────


def tables_block(room: str) -> str:
    """What a room keeps."""
    rows = [
        (f"`{model._meta.db_table}`", _kind_of_table(model), paragraph(model))
        for model in apps.get_app_config(room).get_models()
    ]
    return table(("Table", "", "Keeps"), rows) if rows else "Nothing: it has no tables."


def _kind_of_table(model: type) -> str:
    kinds = {Guarded: "record", GuardedChild: "part of a record", Working: "working state"}
    return next((word for base, word in kinds.items() if issubclass(model, base)), "the log")


def events_block(room: str) -> str:
    """What can happen in a room."""
    found = [kind for kind in KINDS.values() if _room_of(kind.shape.__module__) == room]
    rows = [
        (f"`{one.kind}`", f"{one.says}", _fields(one), paragraph(one.shape))
        for one in sorted(found, key=lambda one: one.kind)
    ]
    return table(("Event", "The timeline says", "Carries", "Meaning"), rows) if rows else NO_EVENTS


NO_EVENTS = "None of its own."


def _fields(one: EventKind) -> str:
    return ", ".join(f"`{field.name}`" for field in dataclasses.fields(one.shape))


def actions_block(room: str) -> str:
    """What a room does."""
    rows = [(f"`{name}`", paragraph(function)) for name, function in _actions(room)]
    return table(("Action", ""), rows) if rows else "None of its own."


def _actions(room: str) -> list[tuple[str, Any]]:
    where = f"unbroken.{room}.actions"
    if importlib.util.find_spec(where) is None:
        return []
    found = vars(importlib.import_module(where))
    return [
        (name, thing)
        for name, thing in sorted(found.items())
        if inspect.isfunction(thing) and not name.startswith("_")
        if thing.__module__.startswith(where)
    ]


def reactions_block(room: str) -> str:
    """What follows in a room when something happens below."""
    rows = [(_kinds(one), _box(one), paragraph(one.react)) for one in listeners(room)]
    return table(("When", "Letterbox", "Then"), rows) if rows else "None: it listens to nothing."


def listeners(room: str) -> list[Listener]:
    """The reactions of a room, in their order."""
    return [one for one in BOXES.listeners if _room_of(one.react.__module__) == room]


def _kinds(one: Listener) -> str:
    if len(one.kinds) > FEW:
        return f"{len(one.kinds)} kinds of event"
    return ", ".join(f"`{kind}`" for kind in sorted(one.kinds))


def _box(one: Listener) -> str:
    after = f", {one.after.total_seconds():g} s later" if one.after else ""
    return f"`{one.box}`{after}"


# ── sockets and faces ─────────────────────────────────────────────────────────


def channels_block(_name: str) -> str:
    """Every way in and out."""
    rows = [(f"`{one.key}`", str(one.label), paragraph(type(one))) for one in channels().values()]
    return table(("Key", "Called", ""), rows)


def measures_block(_name: str) -> str:
    """Everything that can be promised."""
    told = {
        module.measure.key: paragraph(module).removeprefix(f"{module.measure.label}: ")
        for module in _modules("unbroken.promise.measures")
    }
    rows = [(f"`{m.key}`", str(m.label), told[m.key]) for m in all_measures().values()]
    return table(("Key", "Called", ""), rows)


def held_block(_name: str) -> str:
    """Why a file is held apart."""
    from unbroken.console.tickets.labels import HELD_FILES
    from unbroken.intake.inbound import HeldReason

    rows = [(f"`{one}`", str(HELD_FILES.get(one, ""))) for one in get_args(HeldReason)]
    return table(("Why", "What an agent reads"), rows)


def addresses_block(_name: str) -> str:
    """What the API answers."""
    from unbroken.api.urls import api

    paths = api.get_openapi_schema()["paths"]
    rows = [
        (f"`{method.upper()} {path}`", str(what.get("summary", "")))
        for path, methods in paths.items()
        for method, what in methods.items()
    ]
    return table(("Address", ""), rows)


# ── what the above need ───────────────────────────────────────────────────────


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table as pages write it."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
                     for row in lines)  # fmt: skip


def paragraph(thing: object) -> str:
    """The first paragraph of what something says about itself, on one line."""
    told = inspect.getdoc(thing) or ""
    return " ".join(told.partition("\n\n")[0].split())


def _room_of(module: str) -> str:
    return module.split(".")[1]


def _modules(package: str) -> Iterator[Any]:
    where = importlib.import_module(package)
    for found in pkgutil.iter_modules(where.__path__):
        yield importlib.import_module(f"{package}.{found.name}")


BLOCKS: dict[str, Callable[[str], str]] = {
    "settings": settings_block,
    "commands": commands_block,
    "command": command_block,
    "tables": tables_block,
    "events": events_block,
    "actions": actions_block,
    "reactions": reactions_block,
    "channels": channels_block,
    "measures": measures_block,
    "held": held_block,
    "addresses": addresses_block,
}

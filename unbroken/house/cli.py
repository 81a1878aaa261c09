"""The command line: `unbroken COMMAND …`, each command a file of its own.

To add a command, put a file into `unbroken/<room>/commands/` (or into the house's own, for
what concerns the whole installation). Nothing else has to be told. The file holds

    NAME = "import mail"             what is typed; several words make a group by themselves
    HELP = "take in mail from …"     one line for the list
    NEEDS_DATABASE = False           optional: it runs without PostgreSQL (default: True)
    NEEDS_ROOMS = False              optional: it runs without Django being set up (default: True)

    def add_arguments(parser: argparse.ArgumentParser) -> None: …
    def run(args: argparse.Namespace) -> int: …

NAME, HELP and the two NEEDS are read without importing the file, so they are plain constants.
A command that needs the database finds it running: with the desk down the embedded one is
started for the time the command runs, and an empty one gets its tables first. `run` returns
0 when all was done and 1 when something was refused (and listed); wrong use is 2, and what
could not run at all is 3. A `Refused` that leaves `run` is told in plain words and gives 1.
Answers go to standard output, with `--json` as one document; everything else to standard error.
"""

import argparse
import ast
import contextlib
import importlib
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from unbroken.house import environment
from unbroken.house.addresses import WrongSetting
from unbroken.house.postgres_folder import CannotServe

DONE, REFUSED, WRONG_USE, CANNOT_RUN = 0, 1, 2, 3
ROOMS = Path(__file__).resolve().parents[1]


class CommandModule(Protocol):
    """What a command's file offers once it is imported."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


@dataclass(frozen=True, slots=True)
class Command:
    """A command as its file describes it, not imported yet."""

    words: tuple[str, ...]
    help: str
    module: str
    needs_database: bool
    needs_rooms: bool

    @property
    def name(self) -> str:
        """What is typed."""
        return " ".join(self.words)

    def load(self) -> CommandModule:
        """Import its file."""
        return cast(CommandModule, importlib.import_module(self.module))


class Twice(Exception):
    """Two files offer the same command."""


def all_commands(rooms: Path = ROOMS) -> list[Command]:
    """Every command that some room offers, by name."""
    found: dict[tuple[str, ...], Command] = {}
    for path in sorted(rooms.glob("*/commands/*.py")):
        constants = _constants(path)
        if "NAME" not in constants:
            continue
        words = tuple(str(constants["NAME"]).split())
        module = ".".join(path.relative_to(rooms.parent).with_suffix("").parts)
        if words in found:
            raise Twice(f"{' '.join(words)}: {found[words].module} and {module}")
        needs_rooms = bool(constants.get("NEEDS_ROOMS", True))
        found[words] = Command(
            words=words,
            help=str(constants.get("HELP", "")),
            module=module,
            needs_database=needs_rooms and bool(constants.get("NEEDS_DATABASE", True)),
            needs_rooms=needs_rooms,
        )
    return [found[words] for words in sorted(found)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Find the command and run it."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    return guarded(lambda: run(typed))


def guarded(work: Callable[[], int]) -> int:
    """Do something and say plainly what went wrong, with the status that goes with it."""
    try:
        return work()
    except (CannotServe, WrongSetting) as trouble:
        return _complain(str(trouble))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return _explain(error)


def run(typed: list[str]) -> int:
    """Run what was typed; refusals and faults are the caller's to tell."""
    command, rest = choose(all_commands(), typed)
    if command is None:
        return _list_commands(typed)
    if command.needs_rooms:
        set_up_rooms()
    module = command.load()
    parser = argparse.ArgumentParser(
        prog=f"unbroken {command.name}", description=(command.help[:1].upper() + command.help[1:])
    )
    module.add_arguments(parser)
    parsed = parser.parse_args(rest)
    with database_at_hand(command.name) if command.needs_database else contextlib.nullcontext():
        return module.run(parsed)


def choose(commands: list[Command], typed: list[str]) -> tuple[Command | None, list[str]]:
    """The command with the most words that were typed, and what is left for it."""
    for count in range(len(typed), 0, -1):
        for command in commands:
            if command.words == tuple(typed[:count]):
                return command, typed[count:]
    return None, typed


def set_up_rooms() -> None:
    """Make the rooms importable as Django wants it; the secret key is made when there is none."""
    from unbroken.house import rehearsal, secret

    read = environment.read()
    secret.keep(read)
    rehearsal.join(read)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unbroken.house.settings")
    import django

    django.setup()


@contextlib.contextmanager
def database_at_hand(purpose: str) -> Iterator[None]:
    """PostgreSQL, answering, with our tables in it."""
    from unbroken.house import postgres, schema, wire

    wire.without_pool()
    read = environment.read()
    with contextlib.ExitStack() as open_things:
        if not read.has_outside_database:
            open_things.enter_context(postgres.serving(read.data, purpose=f"unbroken {purpose}"))
        if purpose not in ("migrate", "prepare", "restore") and schema.is_absent():
            schema.upgrade()
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()


def _constants(path: Path) -> dict[str, object]:
    """The plain constants at the top of a file, without running it."""
    found: dict[str, object] = {}
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    found[target.id] = statement.value.value
    return found


def _list_commands(typed: list[str]) -> int:
    commands = all_commands()
    group = [command for command in commands if typed and command.words[0] == typed[0]]
    asks = {"-h", "--help", "help"}
    is_asking = not typed or typed[0] in asks or (bool(group) and not asks.isdisjoint(typed))
    if not is_asking and not group:
        sys.stderr.write(
            f"unbroken: there is no command {typed[0]!r}; `unbroken help` lists them\n"
        )
        return WRONG_USE
    out = sys.stdout if is_asking else sys.stderr
    out.write("unbroken COMMAND [--help] …\n\n")
    for command in group or commands:
        out.write(f"  {command.name:<22} {command.help}\n")
    return DONE if is_asking else WRONG_USE


def _explain(error: Exception) -> int:
    """A refusal in words; an unreachable database plainly; a fault of ours with its trace."""
    from django.apps import apps
    from django.db import OperationalError

    if not apps.ready:
        return _fault(error)
    if isinstance(error, OperationalError):
        first_line = str(error).strip().splitlines()[0]
        return _complain(f"The database does not answer ({first_line}); `unbroken doctor` looks.")
    if said := _refusal(error):
        sys.stderr.write(f"unbroken: {said}\n")
        return REFUSED
    return _fault(error)


def _fault(error: Exception) -> int:
    traceback.print_exception(error)
    return _complain("This is a fault in Unbroken; the lines above belong into the report.")


def _refusal(error: Exception) -> str:
    from unbroken.ground.change import Refused

    return str(error) if isinstance(error, Refused) else ""


def _complain(sentence: str) -> int:
    sys.stderr.write(f"unbroken: {sentence}\n")
    return CANNOT_RUN


if __name__ == "__main__":
    sys.exit(main())

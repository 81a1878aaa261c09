"""A command typed in a test: its status, and what it said where."""

import argparse
from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True)
class Told:
    """What somebody at the terminal got."""

    status: int
    out: str
    err: str


def told(command: Any, capsys: pytest.CaptureFixture[str], *typed: str) -> Told:
    """Type a command; wrong use is status 2, as in the shell."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    try:
        status = command.run(parser.parse_args(typed))
    except SystemExit as left:
        status = left.code
    said = capsys.readouterr()
    return Told(status, said.out, said.err)

"""A long job shows how far it is to whoever sits at a terminal, and to nobody else."""

import io
import json

from unbroken.ground.progress import Progress, Taken


class Terminal(io.StringIO):
    """A stream with somebody in front of it."""

    def isatty(self) -> bool:
        return True


def test_somebody_at_a_terminal_sees_the_bar_fill_up() -> None:
    screen = Terminal()

    with Progress(4, "inventory", screen) as progress:
        for _step in range(4):
            progress.step()

    assert screen.getvalue().endswith("4/4\n")
    assert screen.getvalue().count("\n") == 1


def test_a_pipe_gets_no_bar() -> None:
    pipe = io.StringIO()

    with Progress(4, "inventory", pipe) as progress:
        progress.step(4)

    assert pipe.getvalue() == ""


def test_nothing_to_do_draws_nothing() -> None:
    screen = Terminal()

    with Progress(0, "inventory", screen):
        pass

    assert screen.getvalue() == ""


def test_what_was_taken_is_one_json_document_in_any_script() -> None:
    taken = Taken(read=2, new=1, known=0, refused=[("contact Зоя", "“x” is no e-mail address")])

    said = json.loads(taken.as_json())

    assert said["refused"] == [{"item": "contact Зоя", "reason": "“x” is no e-mail address"}]
    assert taken.as_lines()[-1] == "2 read: 1 new, 0 known (0 changed), 1 refused."

"""The socket for who works here: a customer may have one of them named for them.

The card index keeps their number only. The room that knows them says so when it starts:
`knows(number_at, is_here)`; until then nobody works here.
"""

from collections.abc import Callable

NumberAt = Callable[[str], int]
IsHere = Callable[[int], bool]

_asked: list[tuple[NumberAt, IsHere]] = []


def knows(number_at: NumberAt, is_here: IsHere) -> None:
    """From now on these are asked; said once, at the start."""
    _asked[:] = [(number_at, is_here)]


def at_address(address: str) -> int:
    """The number of whoever signs in with this address; 0 for nobody."""
    return next((number_at(address) for number_at, _ in _asked), 0)


def works_here(number: int) -> bool:
    """Whether they do, and have not left."""
    return any(is_here(number) for _, is_here in _asked)

"""Pages elsewhere that may show ours in a frame: origins, as a browser names them."""

import re

_ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


def origins(text: str) -> tuple[str, ...]:
    """The origins between commas; ValueError names the one that is none.

    A star or a path would let in more than whoever wrote it thinks, so neither is taken.
    """
    named = tuple(filter(None, (one.strip().rstrip("/").lower() for one in text.split(","))))
    for one in named:
        if not _ORIGIN.fullmatch(one):
            raise ValueError(one)
    return named

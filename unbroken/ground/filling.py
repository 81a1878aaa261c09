"""Words with gaps: `{customer}`, `{number}`. Pure.

Whoever fills them in gives what it knows; what it does not know stays as it is, so that it is seen.
"""

import re
from collections.abc import Iterator, Mapping

_VARIABLE = re.compile(r"\{([a-z_]+)\}")


def named_in(text: str) -> Iterator[str]:
    """Every variable that a text names, known or not."""
    yield from (found[1] for found in _VARIABLE.finditer(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with what is known filled in; an empty value counts as unknown."""
    return _VARIABLE.sub(lambda found: values.get(found[1]) or found[0], text)

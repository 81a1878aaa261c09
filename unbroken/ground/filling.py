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


def emptied(text: str, values: Mapping[str, str]) -> str:
    """The other way round: where a value stands as a word, its gap; the longest first."""
    known = {value: name for name, value in values.items() if len(value) > 1}
    if not known:
        return text
    longest = sorted(known, key=len, reverse=True)
    words = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, longest)) + r")(?!\w)")
    return words.sub(lambda found: "{" + known[found[1]] + "}", text)

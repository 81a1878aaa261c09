"""What the attributes of vendors are called, and which of them say something about the line.

Our own data file stands beside this one; an operator may add a folder of FreeRADIUS dictionaries.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("attributes.toml")
FILES_MAX = 2_000
LINES_MAX = 200_000
"""Of a folder that an operator names; more is no dictionary."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a vendor. `field`: where the judgement finds it, empty for its name only."""

    name: str
    type: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """By vendor and number, as packets have them; by name, as files have them."""

    by_number: dict[tuple[int, int], Attribute]
    by_name: dict[str, Attribute]


@cache
def dictionary(folder: Path | None = None) -> Dictionary:
    """Ours, with what a folder of FreeRADIUS dictionaries adds; ours wins."""
    found: dict[tuple[int, int], Attribute] = {}
    if folder is not None and folder.is_dir():
        found.update(_folder(folder))
    for vendor, attributes in tomllib.loads(DATA.read_text(encoding="utf-8")).items():
        for number, told in attributes.items():
            name, kind, field = told.split()
            found[int(vendor), int(number)] = Attribute(name, kind, field.strip("-"))
    by_name = {one.name.casefold(): one for one in found.values()}
    for one in list(found.values()):
        if one.name.startswith("ADSL-"):  # RFC 4679 has these names without the prefix
            by_name.setdefault(one.name.removeprefix("ADSL-").casefold(), one)
    return Dictionary(found, by_name)


def _folder(folder: Path) -> dict[tuple[int, int], Attribute]:
    vendors: dict[str, int] = {}
    waiting: list[tuple[str, int, Attribute]] = []
    for path in sorted(folder.glob("dictionary*"))[:FILES_MAX]:
        vendor = ""
        for words in _lines(path):
            if words[0] == "VENDOR" and len(words) >= 3 and (number := _number(words[2])):
                vendors[words[1]] = number
            elif words[0] == "BEGIN-VENDOR" and len(words) >= 2:
                vendor = words[1]
            elif words[0] == "END-VENDOR":
                vendor = ""
            elif words[0] == "ATTRIBUTE" and len(words) >= 4 and (number := _number(words[2])):
                named = vendor or (words[4] if len(words) > 4 else "")
                kind = words[3].partition("[")[0].lower()
                waiting.append((named, number, Attribute(words[1], kind)))
    return {
        (vendors[vendor], number): one for vendor, number, one in waiting if vendor in vendors
    }  # fmt: skip


def _lines(path: Path) -> Iterator[list[str]]:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file):
                if number > LINES_MAX:
                    return
                if words := line.partition("#")[0].split():
                    yield words
    except OSError:
        return


def _number(text: str) -> int:
    if re.fullmatch(r"0x[0-9a-fA-F]{1,8}", text):
        return int(text, 16)
    return int(text) if re.fullmatch(r"\d{1,9}", text) else 0

"""Catalogues of sentences, read from `.po` files as `bin/words` and translators write them.

Every process needs them at its first page or letter: reading them takes a few hundredths of a
second, a tenth of what a reader for every kind of catalogue takes.
"""

import gettext
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_LINE = re.compile(r'(msgid|msgid_plural|msgstr(?:\[\d\])?)?\s*"(.*)"')
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t", "r": "\r"}
_FUZZY = re.compile(r"#,.*\bfuzzy\b")

Entry = dict[str, str]
"""The parts of one entry: `msgid`, `msgid_plural`, `msgstr` or `msgstr[0]` and so on."""


class Catalogue(gettext.NullTranslations):
    """The sentences of one language by the English ones; what is missing stays English."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        super().__init__()
        self._sentences: dict[str, str] = {}
        self._forms: dict[str, list[str]] = {}
        head = ""
        for entry in entries:
            one, said = entry.get("msgid", ""), entry.get("msgstr", "")
            if not one:
                head = said
            elif said:
                self._sentences[one] = said
            elif "msgid_plural" in entry:
                numbered = [entry[part] for part in sorted(entry) if part.startswith("msgstr[")]
                if all(numbered):
                    self._forms[one] = numbered
        rule = re.search(r"plural=([^;\n]+)", head)
        self._form_of = gettext.c2py(rule[1]) if rule else (lambda n: int(n != 1))

    def gettext(self, message: str) -> str:
        """The sentence."""
        said = self._sentences.get(message)
        if said is None and message in self._forms:
            return self._forms[message][self._form_of(1)]
        return message if said is None else said

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The sentence in the form that the number takes."""
        forms = self._forms.get(msgid1)
        if forms is None:
            return msgid1 if n == 1 else msgid2
        return forms[self._form_of(n)]


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue in a file."""
    with path.open(encoding="utf-8") as file:
        return Catalogue(_entries(file))


def _entries(lines: Iterable[str]) -> Iterator[Entry]:
    """Entry by entry; what a translator still doubts, or nobody says any more, is left out."""
    entry: Entry = {}
    part, is_fuzzy = "", False
    for line in lines:
        if line.startswith("#"):
            is_fuzzy = is_fuzzy or bool(_FUZZY.match(line))
            continue
        found = _LINE.match(line)
        if found is None:  # an empty line ends an entry
            if entry and not is_fuzzy:
                yield entry
            entry, is_fuzzy = {}, False
            continue
        part = found[1] or part
        entry[part] = entry.get(part, "") + _meant(found[2])
    if entry and not is_fuzzy:
        yield entry


def _meant(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), text)

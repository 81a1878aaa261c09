"""Catalogues are read as translators write them."""

import gettext
import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from unbroken.ground.catalogues import read_catalogue

WRITTEN = r"""# What somebody's editor made of it.
msgid ""
msgstr ""
"Language: ru\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
"(n%100<10 || n%100>=20) ? 1 : 2);\n"
"Content-Type: text/plain; charset=utf-8\n"

#: unbroken/a.py
msgid "Say \"no\"\n"
"to C:\\new"
msgstr ""
"Скажите \"нет\"\n"
"диску C:\\new"

#, python-brace-format
msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} день"
msgstr[1] "{n} дня"
msgstr[2] "{n} дней"

#, fuzzy
msgid "Doubted"
msgstr "Сомнительно"

msgid "Untranslated"
msgstr ""

#~ msgid "Gone"
#~ msgstr "Ушло"
"""
ASKED = ('Say "no"\nto C:\\new', "{n} day", "Doubted", "Untranslated", "Gone", "Never heard of")


def test_a_catalogue_says_what_a_reader_of_every_kind_of_catalogue_says(tmp_path: Path) -> None:
    path = tmp_path / "ru.po"
    path.write_text(WRITTEN, encoding="utf-8")
    with path.open("rb") as file:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(file, locale="ru"))
    compiled.seek(0)
    theirs = gettext.GNUTranslations(compiled)

    ours = read_catalogue(path)

    for sentence in ASKED:
        assert ours.gettext(sentence) == theirs.gettext(sentence)
    for n in (0, 1, 2, 5, 11, 21, 112):
        assert ours.ngettext("{n} day", "{n} days", n) == theirs.ngettext("{n} day", "{n} days", n)
        assert ours.ngettext("{n} cat", "{n} cats", n) == theirs.ngettext("{n} cat", "{n} cats", n)

"""The last part of an article's address, made from its title once. Pure."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

LETTERS_MAX: Final = 60
_LETTERS: Final = (
    "а a б b в v г g д d е e ж zh з z и i й j к k л l м m н n о o п p р r с s т t у u ф f х kh "
    "ц c ч ch ш sh щ shch ы y э e ю yu я ya ё e"
)
_CYRILLIC: Final = {
    **dict(zip(_LETTERS.split()[::2], _LETTERS.split()[1::2], strict=True)),
    "ъ": "",
    "ь": "",
}


def slug_of(title: str) -> str:
    """`The DSL lamp is dark` is `the-dsl-lamp-is-dark`, `Гаснет лампа` is `gasnet-lampa`."""
    plain = "".join(_CYRILLIC.get(letter, letter) for letter in title.lower())
    bare = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", bare.replace("'", ""))
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > LETTERS_MAX:
            break
        slug = f"{slug}-{word}" if slug else word[:LETTERS_MAX]
    return slug if not slug.isdigit() else f"article-{slug}"


def free_slug(title: str, taken: Collection[str]) -> str:
    """The same with a number behind it when others have it already."""
    wanted = slug_of(title) or "article"
    slug, n = wanted, 1
    while slug in taken:
        n += 1
        slug = f"{wanted}-{n}"
    return slug

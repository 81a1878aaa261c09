"""Which mails belong together, whatever order they come in. Pure.

Every mail has one parent: the mail it answers. A mail that is not at hand has the parent that
others say it has. Those with one forefather are one family, through absent mails too; a mail
that names another family besides its own links the two and merges nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Named:
    """A mail by its names: its own Message-ID, those it answers, those it refers to (old first)."""

    own: str
    answers: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()

    @property
    def parent(self) -> str | None:
        """The mail it answers."""
        return next(iter((*self.answers, *reversed(self.refers_to))), None)

    @property
    def names(self) -> tuple[str, ...]:
        """Every Message-ID on it, its own first, then the nearest."""
        return tuple(dict.fromkeys((self.own, *self.answers, *reversed(self.refers_to))))


@dataclass(frozen=True, slots=True)
class Families:
    """`members`: places of mails, family by family. `links`: families named on one another."""

    members: tuple[tuple[int, ...], ...]
    links: tuple[tuple[int, int], ...]


def families(mails: Sequence[Named]) -> Families:
    """The families of these mails, in the order of their first members."""
    tree = _Tree()
    for mail in mails:
        if mail.parent is not None:
            tree.hang(mail.own, mail.parent)
    present = {mail.own for mail in mails}
    for mail in mails:
        tree.hang_absent(mail, present)
    members: dict[str, list[int]] = {}
    for place, mail in enumerate(mails):
        members.setdefault(tree.root(mail.own), []).append(place)
    number = {root: index for index, root in enumerate(members)}
    links = dict.fromkeys(_links(mails, tree, number))
    return Families(tuple(tuple(places) for places in members.values()), tuple(links))


def _links(
    mails: Sequence[Named], tree: "_Tree", number: dict[str, int]
) -> Iterable[tuple[int, int]]:
    for mail in mails:
        own = number[tree.root(mail.own)]
        for name in mail.names:
            other = number.get(tree.root(name))
            if other is not None and other != own:
                yield (max(own, other), min(own, other))


class _Tree:
    """Parents by name; a name never becomes its own forefather."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def hang(self, child: str, parent: str) -> None:
        """The first who says whose child it is, is believed."""
        if child not in self._parent and child != parent and self.root(parent) != child:
            self._parent[child] = parent

    def hang_absent(self, mail: Named, present: set[str]) -> None:
        """What a mail's references say about the mails that are not at hand."""
        line = list(mail.refers_to)
        if mail.answers and mail.answers[0] not in line:
            line.append(mail.answers[0])
        for parent, child in pairwise(line):
            if child not in present:
                self.hang(child, parent)

    def root(self, name: str) -> str:
        """The forefather; the way to it is kept short."""
        top = name
        while top in self._parent:
            top = self._parent[top]
        while name in self._parent and self._parent[name] != top:
            self._parent[name], name = top, self._parent[name]
        return top

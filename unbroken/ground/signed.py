"""Numbers in a link, signed by us: a proof that we made the link, not that it still opens anything.

Each kind of link has a salt of its own, so that no link of one kind is good for another. The same
numbers give the same token, for ever.
"""

import re

from django.core.signing import BadSignature, Signer

LETTERS_MAX = 120
_NUMBER = "([1-9][0-9]{0,14})"


class SignedNumbers:
    """The links of one kind; each names so many numbers. `sep` stands before the signature."""

    def __init__(self, salt: str, *, count: int = 1, sep: str = ".") -> None:
        self._salt, self._sep = salt, sep
        self._form = re.compile(r"\.".join([_NUMBER] * count))

    def token(self, *numbers: int) -> str:
        """The signed part of the link."""
        assert self._form.fullmatch(".".join(map(str, numbers))), "not of this kind"
        return self._signer().sign(".".join(map(str, numbers)))

    def read(self, token: str) -> tuple[int, ...] | None:
        """What a link names; None when we did not make it."""
        if len(token) > LETTERS_MAX:
            return None
        try:
            found = self._form.fullmatch(self._signer().unsign(token))
        except BadSignature:
            return None
        return tuple(int(one) for one in found.groups()) if found else None

    def _signer(self) -> Signer:
        return Signer(sep=self._sep, salt=self._salt)

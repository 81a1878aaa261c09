"""The numbers of this room."""

from typing import NewType

ReviewId = NewType("ReviewId", int)

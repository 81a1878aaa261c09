"""The numbers of this room. A problem's number is its id."""

from typing import NewType

ProblemId = NewType("ProblemId", int)

"""The numbers of what came in."""

from typing import NewType

IntakeId = NewType("IntakeId", int)

"""The policy as the operator has it now."""

from unbroken.intake.telling.policy import Chosen, chosen
from unbroken.intake.ways import TELLING, way


def present_policy() -> Chosen:
    """What was changed from the default; kept in the process for a few seconds."""
    return chosen(way(TELLING).says)

"""Tells the card index who works here, so that customers may have an engineer of their own."""

from unbroken.directory.engineers import knows
from unbroken.staffing.models import Agent


def number_at(address: str) -> int:
    """The number of whoever signs in with this address; 0 for nobody."""
    found = Agent.objects.filter(email=address.strip().lower(), active=True)
    return found.values_list("id", flat=True).first() or 0


def is_here(number: int) -> bool:
    """Whether they work here and have not left."""
    return Agent.objects.filter(pk=number, active=True).exists()


knows(number_at, is_here)

"""The country in which a telephone number without a country code was written down."""

from django.conf import settings


def country() -> str:
    """Two letters, from the house's settings."""
    return str(settings.UNBROKEN.country)

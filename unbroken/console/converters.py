"""Numbers in addresses, no longer than the database can hold; made known by importing this."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class Number(IntConverter):
    """A number that the database can hold."""

    regex = "[0-9]{1,15}"


register_converter(Number, "number")

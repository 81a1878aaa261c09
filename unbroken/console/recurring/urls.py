"""Where recurring requests are."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.recurring import pages

ONE = "console/recurring/<number:recurrence_id>"

urlpatterns: list[URLPattern] = [
    path("console/recurring", pages.recurrences, name="recurrences"),
    path("console/recurring/new", pages.new, name="recurrence_new"),
    path(ONE, pages.one, name="recurrence"),
    path(f"{ONE}/switch", pages.switch, name="recurrence_switch"),
    path(f"{ONE}/skip", pages.skip, name="recurrence_skip"),
    path(f"{ONE}/undo", pages.undo, name="recurrence_undo"),
]

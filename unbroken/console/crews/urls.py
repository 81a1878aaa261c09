"""Where a crew's links are made and taken back."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.crews import pages

urlpatterns: list[URLPattern] = [
    path("console/problems/<number:problem_id>/crew", pages.crew, name="crew"),
    path(
        "console/problems/<number:problem_id>/crew/<number:pass_id>/end",
        pages.ended,
        name="crew_end",
    ),
]

"""Where the problems are."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.outages import deeds, views

PROBLEM = "console/problems/<number:problem_id>"

urlpatterns: list[URLPattern] = [
    path("console/problems", views.problems, name="problems"),
    path("console/problems/new", deeds.opening, name="problem_new"),
    path(PROBLEM, views.problem, name="problem"),
    path(f"{PROBLEM}/changes", deeds.changes, name="problem_changes"),
]

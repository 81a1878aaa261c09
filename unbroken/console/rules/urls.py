"""Where rules are."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.rules import pages

RULE = "console/rules/<number:rule_id>"

urlpatterns: list[URLPattern] = [
    path("console/rules", pages.rules, name="rules"),
    path("console/rules/new", pages.new, name="rule_new"),
    path(RULE, pages.one, name="rule"),
    path(f"{RULE}/switch", pages.switch, name="rule_switch"),
    path(f"{RULE}/place", pages.place, name="rule_place"),
    path(f"{RULE}/undo", pages.undo, name="rule_undo"),
]

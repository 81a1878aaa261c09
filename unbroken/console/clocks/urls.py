"""Where the clocks of a request are explained."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.clocks import pages

TICKET = "console/tickets/<number:number>"

urlpatterns: list[URLPattern] = [
    path(f"{TICKET}/clocks", pages.clocks, name="clocks"),
    path(f"{TICKET}/clocks/<number:miss_id>/excuse", pages.excuse, name="excuse"),
    path(f"{TICKET}/credits", pages.give, name="give_credit"),
    path(f"{TICKET}/credits/<number:credit_id>", pages.decide, name="decide_credit"),
    path(f"{TICKET}/clocks.json", pages.clocks_json, name="clocks_json"),
]

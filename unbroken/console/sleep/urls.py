"""Where a request is put to sleep and woken."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.sleep import pages

TICKET = "console/tickets/<number:number>"

urlpatterns: list[URLPattern] = [
    path(f"{TICKET}/sleep", pages.sleep, name="sleep"),
    path(f"{TICKET}/sleep/end", pages.wake, name="sleep_end"),
]

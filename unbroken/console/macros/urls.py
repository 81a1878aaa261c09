"""Where macros are done and written."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.macros import pages, writing

TICKET = "console/tickets/<number:number>/macros"
MACRO = "console/macros/<number:macro_id>"

urlpatterns: list[URLPattern] = [
    path(TICKET, pages.offered, name="ticket_macros"),
    path(f"{TICKET}/<number:macro_id>", pages.macro, name="ticket_macro"),
    path(f"{TICKET}/done/<number:done_id>/undo", pages.undone, name="ticket_macro_undo"),
    path("console/macros", writing.macros, name="macros"),
    path("console/macros/new", writing.new, name="macro_new"),
    path(MACRO, writing.one, name="macro"),
    path(f"{MACRO}/undo", writing.undo, name="macro_undo"),
]

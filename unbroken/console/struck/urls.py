"""Where a request is joined to a problem."""

from django.urls import path

from unbroken.console import converters as converters
from unbroken.console.struck import deeds

urlpatterns = [
    path("console/tickets/<number:number>/problem", deeds.problem, name="ticket_problem"),
]

"""Where one complains for a customer, and makes a complaint good."""

from django.urls import path

from unbroken.console import converters as converters
from unbroken.console.complaints import deeds

TICKET = "console/tickets/<number:number>"

urlpatterns = [
    path(f"{TICKET}/complaint", deeds.complain, name="complain"),
    path(f"{TICKET}/complaint/steps", deeds.step, name="complaint_step"),
    path(f"{TICKET}/complaint/people", deeds.names, name="complaint_people"),
]

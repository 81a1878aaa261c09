"""Where one hands work over, and answers what was handed over."""

from django.urls import path

from unbroken.console.chain import deeds

TICKET = "console/tickets/<number:number>"

urlpatterns = [
    path(f"{TICKET}/hand-over", deeds.hand_over, name="hand_over"),
    path(f"{TICKET}/leg", deeds.leg, name="leg"),
    path(f"{TICKET}/progress", deeds.progress, name="leg_progress"),
]

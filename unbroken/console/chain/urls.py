"""Where one hands work over, and answers what was handed over."""

from django.urls import path

from unbroken.console.chain import deeds, planning, plans

TICKET = "console/tickets/<number:number>"

urlpatterns = [
    path(f"{TICKET}/hand-over", deeds.hand_over, name="hand_over"),
    path(f"{TICKET}/leg", deeds.leg, name="leg"),
    path(f"{TICKET}/plan", planning.plan, name="leg_plan"),
    path("console/admin/plans", plans.plans, name="admin_plans"),
    path(f"{TICKET}/progress", deeds.progress, name="leg_progress"),
]

"""Where one says "I have it", sees what climbs, and sets up paths and rotas."""

from django.urls import path

from unbroken.console import converters as converters
from unbroken.console.escalation import pages, paths, rotas, tapped

TICKET = "console/tickets/<number:number>"

urlpatterns = [
    path("page/<str:token>", tapped.tapped, name="page"),
    path("console/escalations/", pages.escalations, name="escalations"),
    path("console/escalations/<number:escalation_id>", pages.have_it, name="have_it"),
    path(f"{TICKET}/escalations", pages.of_ticket, name="ticket_escalations"),
    path(f"{TICKET}/escalation", pages.by_hand, name="escalate"),
    path("console/admin/escalation", paths.paths, name="admin_escalation"),
    path("console/admin/escalation/<number:path_id>", paths.path, name="admin_path"),
    path("console/admin/rotas/<int:rota_id>", rotas.rota, name="admin_rota"),
]

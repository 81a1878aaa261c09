"""The first page of the administration: what there is to administer."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.admin.frame import page
from unbroken.console.first.left import left
from unbroken.staffing.permissions import MANAGE_PEOPLE, READ_ADMINISTRATION


@allowed(do=READ_ADMINISTRATION)
@require_GET
def home(request: AgentRequest) -> HttpResponse:
    """Every section that this agent may look at."""
    found = left() if may(request.agent, MANAGE_PEOPLE) else []
    return page(request, "console/admin/home.html", "", steps=found)

"""Where one changes what stands beside a ticket."""

from django.urls import path

from unbroken.console.aside import deeds, fields, sides, topic_fields, topic_lists

TICKET = "console/tickets/<number:number>"

urlpatterns = [
    path(f"{TICKET}/followers", deeds.followers, name="followers"),
    path(f"{TICKET}/time", deeds.time, name="time"),
    path(f"{TICKET}/checklist", deeds.checklist, name="checklist"),
    path(f"{TICKET}/sides", sides.sides, name="sides"),
    path(f"{TICKET}/fields", fields.fill, name="fields"),
    path(
        "console/knowledge/topics/<number:topic_id>/fields",
        topic_fields.fields,
        name="topic_fields",
    ),
    path(
        "console/knowledge/topics/<number:topic_id>/checklists",
        topic_lists.checklists,
        name="topic_checklists",
    ),
]

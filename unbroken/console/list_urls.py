"""Where the list of what to do next and all that belongs to lists is."""

from django.urls import path

from unbroken.console import converters as converters
from unbroken.console import habits
from unbroken.console.many import pages as many
from unbroken.console.saved_lists import pages as saved_lists
from unbroken.console.tickets import export, listing

SAVED = "console/views/<number:list_id>"

urlpatterns = [
    path("console/", listing.work, name="work"),
    path("console/requests.csv", export.table, name="work_table"),
    path("console/habits", habits.habits, name="habits"),
    path("console/many", many.done, name="many"),
    path("console/many/<number:done_id>", many.shown, name="many_one"),
    path("console/many/<number:done_id>/undo", many.undone, name="many_undo"),
    path("console/views", saved_lists.shown, name="saved_lists"),
    path("console/views/new", saved_lists.added, name="saved_list_new"),
    path(SAVED, saved_lists.changed, name="saved_list"),
    path(f"{SAVED}/place", saved_lists.moved, name="saved_list_place"),
    path(f"{SAVED}/end", saved_lists.dropped, name="saved_list_end"),
]

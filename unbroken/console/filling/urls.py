"""Where the list of links that fill up is."""

from django.urls import URLPattern, path

from unbroken.console.filling import deeds, pages

urlpatterns: list[URLPattern] = [
    path("console/ahead/links", pages.links, name="filling"),
    path("console/ahead/links.csv", pages.table, name="filling_table"),
    path("console/ahead/links/offer", deeds.offer, name="filling_offer"),
    path("console/ahead/links/task", deeds.task, name="filling_task"),
    path("console/ahead/links/planners", deeds.planners, name="filling_planners"),
]

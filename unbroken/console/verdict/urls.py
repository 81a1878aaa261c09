"""Where the line of a request is seen."""

from django.urls import path

from unbroken.console.verdict import page, truth

LINE = "console/tickets/<number:number>/line"

urlpatterns = [
    path(LINE, page.verdict, name="verdict"),
    path(f"{LINE}/claims", page.claims, name="verdict_claims"),
    path(f"{LINE}/cause", page.cause, name="verdict_cause"),
    path("console/dashboards/verdicts", truth.verdicts, name="verdicts"),
]

"""Where lines and their records are."""

from django.urls import path

from unbroken.console.lines import pages

LINE = "console/lines/<number:service_id>"

urlpatterns = [
    path(LINE, pages.line, name="line"),
    path(f"{LINE}/annex", pages.paper, name="line_annex"),
    path(f"{LINE}/records", pages.stretch, name="line_records"),
    path(f"{LINE}/sessions/<number:session_id>", pages.session, name="line_session"),
]

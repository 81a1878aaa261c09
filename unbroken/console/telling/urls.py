"""Where one sees and sets what customers are told."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.foreseen import pages as foreseen
from unbroken.console.telling import many, pages

urlpatterns: list[URLPattern] = [
    path("console/tickets/<number:number>/told", pages.told, name="told"),
    path("console/admin/telling", pages.policy, name="admin_telling"),
    path("console/dashboards/telling", pages.measured, name="telling_measured"),
    path("console/dashboards/foreseen", foreseen.told_and_kept, name="told_and_kept"),
    path("console/dashboards/foreseen.csv", foreseen.table, name="told_and_kept_table"),
    path("console/dashboards/notices", many.notices, name="notices"),
    path("console/dashboards/notices/<number:notice_id>", many.notice, name="notice"),
    path("console/dashboards/notices/<number:notice_id>/stop", many.stop, name="notice_stop"),
    path(
        "console/dashboards/notices/<number:notice_id>/approval",
        many.approval,
        name="notice_approval",
    ),
]

"""Where the dashboards are."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.dashboards import head, mine, reviews, team
from unbroken.console.reports import pages as reports

urlpatterns: list[URLPattern] = [
    path("console/dashboards/", mine.mine, name="dashboards"),
    path("console/dashboards/team", team.team, name="dashboard_team"),
    path("console/dashboards/team/full", team.full, name="dashboard_full"),
    path("console/dashboards/support", head.support, name="dashboard_support"),
    path("console/dashboards/support.csv", head.support_table, name="dashboard_support_table"),
    path("console/dashboards/reviews", reviews.reviews, name="reviews"),
    path("console/dashboards/reviews/draw", reviews.draw, name="review_draw"),
    path("console/dashboards/reviews/<number:review_id>", reviews.review, name="review"),
    path("console/dashboards/screens", team.screens, name="wall_screens"),
    path("console/dashboards/screens/new", team.wall_new, name="wall_new"),
    path("console/dashboards/screens/<number:wall_id>/end", team.wall_end, name="wall_end"),
    path("console/reports/", reports.builder, name="reports"),
    path("console/reports/table.csv", reports.table, name="report_table"),
    path("console/reports/new", reports.keep, name="report_new"),
    path("console/reports/<number:report_id>", reports.report, name="report"),
    path("console/reports/<number:report_id>/change", reports.change, name="report_change"),
    path("console/reports/<number:report_id>/end", reports.end, name="report_end"),
    path("console/reports/<number:report_id>/mail", reports.mail, name="report_mail"),
    path("wall/<str:key>", team.wall, name="wall"),
]

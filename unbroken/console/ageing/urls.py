"""Where the list of lines that will soon fail is."""

from django.urls import URLPattern, path

from unbroken.console.ageing import deeds, pages

urlpatterns: list[URLPattern] = [
    path("console/ahead/lines", pages.lines, name="ageing"),
    path("console/ahead/lines.csv", pages.table, name="ageing_table"),
    path("console/ahead/lines/request", deeds.request_of, name="ageing_request"),
    path("console/ahead/lines/mail", deeds.mail, name="ageing_mail"),
]

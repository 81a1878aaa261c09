"""Where what lies ahead is."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.planned import notices

NOTICE = "console/ahead/notices/<number:notice_id>"

urlpatterns: list[URLPattern] = [
    path("console/ahead/notices", notices.notices, name="carrier_notices"),
    path(NOTICE, notices.notice, name="carrier_notice"),
    path(f"{NOTICE}/acceptance", notices.acceptance, name="carrier_notice_acceptance"),
    path(f"{NOTICE}/refusal", notices.refusal, name="carrier_notice_refusal"),
]

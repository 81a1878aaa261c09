"""Where what lies ahead is."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.planned import calendar, notices, plans, rules

NOTICE = "console/ahead/notices/<number:notice_id>"
PLAN = "console/ahead/plans/<number:plan_id>"

urlpatterns: list[URLPattern] = [
    path("console/ahead/", calendar.calendar, name="planned_calendar"),
    path("console/ahead/plans", plans.plans, name="plans"),
    path("console/ahead/plans/new", plans.new, name="plan_new"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}/deed", plans.deed, name="plan_deed"),
    path(f"{PLAN}/decision", plans.decision, name="plan_decision"),
    path("console/ahead/rules", rules.rules, name="plan_rules"),
    path("console/ahead/rules/freezes", rules.freeze, name="plan_freezes"),
    path(
        "console/ahead/rules/freezes/<number:freeze_id>/end",
        rules.freeze_end,
        name="plan_freeze_end",
    ),
    path("console/ahead/rules/notice", rules.notice, name="plan_notice"),
    path("console/ahead/notices", notices.notices, name="carrier_notices"),
    path(NOTICE, notices.notice, name="carrier_notice"),
    path(f"{NOTICE}/acceptance", notices.acceptance, name="carrier_notice_acceptance"),
    path(f"{NOTICE}/refusal", notices.refusal, name="carrier_notice_refusal"),
]

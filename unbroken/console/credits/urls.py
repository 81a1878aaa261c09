"""Where credits are approved, added up and taken away, and where an agreement's rules are set."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.credits import months, pages, rules

AGREEMENT = "console/admin/agreements/<number:agreement_id>"

urlpatterns: list[URLPattern] = [
    path("console/admin/credits", pages.credits, name="credits"),
    path("console/admin/credits.csv", pages.credits_csv, name="credits_csv"),
    path("console/admin/credits/<number:credit_id>", pages.decide, name="credit"),
    path(f"{AGREEMENT}/months", months.months, name="agreement_months"),
    path(f"{AGREEMENT}/months/<number:objective_id>", months.end, name="agreement_month_end"),
    path(f"{AGREEMENT}/preset", rules.preset, name="agreement_preset"),
    path(f"{AGREEMENT}/consequences", rules.consequences, name="agreement_consequences"),
    path(f"{AGREEMENT}/consequences/<number:rule_id>", rules.switch, name="agreement_consequence"),
]

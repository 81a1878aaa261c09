"""Where the pages of the administration are, below the console's own."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.admin import (
    absence,
    agreements,
    calendars,
    channels,
    customers,
    embed,
    holidays,
    home,
    internal,
    network,
    pauses,
    people,
    planning,
    providers,
    queues,
    roles,
    same,
    shifts,
    teams,
    tokens,
    ways,
    working,
)
from unbroken.console.audit import pages as audit
from unbroken.console.privacy import pages as privacy
from unbroken.console.retention import pages as retention

KEPT = "console/admin/retention/<slug:key>"
PERSON = "console/admin/people/<number:agent_id>"
PERSONAL = "console/admin/persons/<number:contact_id>"
TOKEN = "console/admin/tokens/<number:token_id>"
TEAM = "console/admin/teams/<number:team_id>"
QUEUE = "console/admin/queues/<number:queue_id>"
AGREEMENT = "console/admin/agreements/<number:agreement_id>"
MAILBOX = "console/admin/channels/<number:mailbox_id>"
SHIFT = "console/admin/shifts/<number:agent_id>"
CUSTOMER = "console/admin/customers/<number:customer_id>"
CONTACT = "console/admin/contacts/<number:contact_id>"
CALENDAR = "console/admin/calendars/<number:calendar_id>"
HOLIDAYS = "console/admin/holidays/<number:set_id>"
PROVIDER = "console/admin/sign-in/<number:provider_id>"
SERVICE = "console/admin/services/<number:service_id>"
RESOURCE = "console/admin/resources/<number:resource_id>"
ROLE = "console/admin/roles/<number:role_id>"

urlpatterns: list[URLPattern] = [
    path("console/admin/", home.home, name="admin"),
    path("console/admin/embed", embed.embed, name="admin_embed"),
    path("console/admin/audit", audit.audit, name="admin_audit"),
    path("console/admin/audit.csv", audit.audit_csv, name="admin_audit_csv"),
    path("console/admin/tokens", tokens.tokens, name="admin_tokens"),
    path(f"{TOKEN}/withdrawal", tokens.withdrawal, name="admin_token_withdrawal"),
    path("console/admin/persons", privacy.persons, name="admin_persons"),
    path(PERSONAL, privacy.person, name="admin_personal"),
    path(f"{PERSONAL}/erasure", privacy.erasure, name="admin_personal_erasure"),
    path(f"{PERSONAL}/exports", privacy.exports, name="admin_exports"),
    path("console/admin/exports/<number:export_id>", privacy.export_file, name="admin_export"),
    path("console/admin/retention", retention.overview, name="admin_retention"),
    path(KEPT, retention.kind, name="admin_retention_kind"),
    path(f"{KEPT}/undo", retention.undo, name="admin_retention_undo"),
    path("console/admin/sign-in", providers.providers, name="admin_sign_in"),
    path(PROVIDER, providers.provider, name="admin_provider"),
    path(f"{PROVIDER}/undo", providers.undo, name="admin_provider_undo"),
    path("console/admin/people", people.people, name="admin_people"),
    path(PERSON, people.person, name="admin_person"),
    path(f"{PERSON}/work", working.work, name="admin_person_work"),
    path(f"{PERSON}/role", people.role, name="admin_person_role"),
    path(f"{PERSON}/teams", people.teams, name="admin_person_teams"),
    path(f"{PERSON}/password", people.password, name="admin_person_password"),
    path(f"{PERSON}/keys", people.reset_keys, name="admin_person_keys"),
    path(f"{PERSON}/departure", people.departure, name="admin_person_departure"),
    path(f"{PERSON}/return", people.comeback, name="admin_person_return"),
    path(f"{PERSON}/undo", people.undo, name="admin_person_undo"),
    path("console/admin/teams", teams.teams, name="admin_teams"),
    path(TEAM, teams.team, name="admin_team"),
    path(f"{TEAM}/undo", teams.undo, name="admin_team_undo"),
    path("console/admin/queues", queues.queues, name="admin_queues"),
    path(QUEUE, queues.queue, name="admin_queue"),
    path(f"{QUEUE}/undo", queues.undo, name="admin_queue_undo"),
    path("console/admin/calendars", calendars.calendars_page, name="admin_calendars"),
    path(CALENDAR, calendars.calendar, name="admin_calendar"),
    path(f"{CALENDAR}/undo", calendars.undo, name="admin_calendar_undo"),
    path("console/admin/holidays", holidays.holidays, name="admin_holidays"),
    path(HOLIDAYS, holidays.holiday_set, name="admin_holiday_set"),
    path(f"{HOLIDAYS}/undo", holidays.undo, name="admin_holiday_set_undo"),
    path("console/admin/agreements", agreements.agreements, name="admin_agreements"),
    path("console/admin/agreements/internal", internal.internal, name="admin_internal"),
    path("console/admin/agreements/pauses", pauses.pauses, name="admin_pauses"),
    path(AGREEMENT, agreements.agreement, name="admin_agreement"),
    path(f"{AGREEMENT}/default", agreements.default, name="admin_agreement_default"),
    path(f"{AGREEMENT}/undo", agreements.undo, name="admin_agreement_undo"),
    path("console/admin/channels", channels.channels, name="admin_channels"),
    path("console/admin/outgoing", channels.outgoing, name="admin_outgoing"),
    path("console/admin/channels/out", ways.out, name="admin_way_out"),
    path("console/admin/channels/form", ways.web_form, name="admin_web_form"),
    path("console/admin/channels/us", ways.us, name="admin_us"),
    path("console/admin/channels/doors/<str:door>", ways.doors, name="admin_door"),
    path("console/admin/channels/<str:way>/back", ways.undo, name="admin_way_undo"),
    path(MAILBOX, channels.mailbox, name="admin_mailbox"),
    path(f"{MAILBOX}/undo", channels.undo, name="admin_mailbox_undo"),
    path("console/admin/plan", planning.plan, name="plan"),
    path("console/admin/plan/proposal", planning.propose, name="plan_proposal"),
    path("console/admin/plan/taking", planning.take, name="plan_taking"),
    path("console/admin/swaps", planning.ask, name="swaps"),
    path("console/admin/swaps/<number:swap_id>", planning.answer, name="swap"),
    path("console/admin/shifts", shifts.shifts, name="admin_shifts"),
    path(SHIFT, shifts.person, name="admin_shift"),
    path(f"{SHIFT}/day", shifts.day, name="admin_shift_day"),
    path(f"{SHIFT}/work", absence.work, name="admin_shift_work"),
    path(f"{SHIFT}/undo", shifts.undo, name="admin_shift_undo"),
    path("console/admin/customers", customers.customers, name="admin_customers"),
    path(CUSTOMER, customers.customer, name="admin_customer"),
    path(f"{CUSTOMER}/merging", same.customer, name="admin_customer_merging"),
    path(f"{CUSTOMER}/services", network.new_service, name="admin_new_service"),
    path(SERVICE, network.service, name="admin_service"),
    path(f"{SERVICE}/undo", network.service_undo, name="admin_service_undo"),
    path("console/admin/resources", network.resources, name="admin_resources"),
    path(RESOURCE, network.resource, name="admin_resource"),
    path(f"{RESOURCE}/undo", network.resource_undo, name="admin_resource_undo"),
    path(f"{CONTACT}/elsewhere", same.contact, name="admin_contact_elsewhere"),
    path(f"{CUSTOMER}/undo", customers.customer_undo, name="admin_customer_undo"),
    path(CONTACT, customers.contact, name="admin_contact"),
    path(f"{CONTACT}/addresses", customers.addresses, name="admin_contact_addresses"),
    path(f"{CONTACT}/undo", customers.contact_undo, name="admin_contact_undo"),
    path("console/admin/roles", roles.roles, name="admin_roles"),
    path(ROLE, roles.role, name="admin_role"),
    path(f"{ROLE}/undo", roles.undo, name="admin_role_undo"),
]

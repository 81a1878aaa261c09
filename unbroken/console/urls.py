"""Where the console's pages are."""

from django.conf import settings
from django.urls import include, path

from unbroken.console import contacts, files, live, operations, search, sent_mail, signing
from unbroken.console.admin.urls import urlpatterns as administration
from unbroken.console.ageing.urls import urlpatterns as ageing
from unbroken.console.anywhere import palette, status
from unbroken.console.aside.urls import urlpatterns as aside
from unbroken.console.bell import pages as bell
from unbroken.console.chain.urls import urlpatterns as chain
from unbroken.console.clocks.urls import urlpatterns as clocks
from unbroken.console.companies.urls import urlpatterns as companies
from unbroken.console.complaints.urls import urlpatterns as complaints
from unbroken.console.credits.urls import urlpatterns as credits
from unbroken.console.crews.urls import urlpatterns as crews
from unbroken.console.dashboards.urls import urlpatterns as dashboards
from unbroken.console.doors.urls import urlpatterns as doors
from unbroken.console.escalation.urls import urlpatterns as escalation
from unbroken.console.feed.urls import urlpatterns as feed
from unbroken.console.filling.urls import urlpatterns as filling
from unbroken.console.first import pages as first_pages
from unbroken.console.first import wizard
from unbroken.console.joining import pages as joining
from unbroken.console.kept.urls import urlpatterns as kept
from unbroken.console.knowledge.urls import urlpatterns as knowledge
from unbroken.console.lines.urls import urlpatterns as lines
from unbroken.console.macros.urls import urlpatterns as macros
from unbroken.console.opening.urls import urlpatterns as opening
from unbroken.console.orders.urls import urlpatterns as orders
from unbroken.console.outages.urls import urlpatterns as outages
from unbroken.console.overview.urls import urlpatterns as overview
from unbroken.console.planned.urls import urlpatterns as planned
from unbroken.console.previews import pages as previews
from unbroken.console.prices.urls import urlpatterns as prices
from unbroken.console.probing.urls import urlpatterns as probing
from unbroken.console.recurring.urls import urlpatterns as recurring
from unbroken.console.rules.urls import urlpatterns as rules
from unbroken.console.sleep.urls import urlpatterns as sleep
from unbroken.console.struck.urls import urlpatterns as struck
from unbroken.console.telling.urls import urlpatterns as telling
from unbroken.console.tickets import (
    canned,
    copies,
    deeds,
    forwarding,
    marking,
    sharing,
    splitting,
    views,
    writing,
)
from unbroken.console.verdict.urls import urlpatterns as verdict

app_name = "console"

TICKET = "console/tickets/<number:number>"

urlpatterns = [
    path("sign-in", signing.sign_in, name="sign_in"),
    path("console/first/<str:key>", wizard.step, name="first_step"),
    path("first-steps", first_pages.first_steps, name="first_steps"),
    path("sign-out", signing.sign_out, name="sign_out"),
    path("look", signing.look, name="look"),
    path(settings.LIVE_PATH.removeprefix("/"), live.elsewhere, name="live"),
    path("", include("unbroken.console.list_urls")),
    path(TICKET, views.ticket, name="ticket"),
    path(f"{TICKET}/messages", writing.messages, name="messages"),
    path(f"{TICKET}/draft", writing.draft, name="draft"),
    path(f"{TICKET}/draft/sharing", sharing.sharing, name="draft_sharing"),
    path(f"{TICKET}/drafts/<number:draft_id>/taking", sharing.taking, name="draft_taking"),
    path(f"{TICKET}/copies", copies.copies, name="copies"),
    path(f"{TICKET}/canned", canned.canned, name="canned"),
    path(f"{TICKET}/people", canned.people, name="people"),
    path(f"{TICKET}/canned/<number:canned_id>", canned.canned_use, name="canned_use"),
    path(f"{TICKET}/messages/<number:message>/withdrawal", writing.withdrawal, name="withdrawal"),
    path(f"{TICKET}/messages/<number:message>/forward", forwarding.forward, name="forward"),
    path(
        f"{TICKET}/messages/<number:message>/note-withdrawal",
        forwarding.note_withdrawal,
        name="note_withdrawal",
    ),
    path(f"{TICKET}/messages/<number:message>/marks", marking.marks, name="marks"),
    path(f"{TICKET}/marks/<number:mark>/removal", marking.unmarking, name="unmarking"),
    path(f"{TICKET}/messages/<number:message>/split", splitting.split, name="split"),
    path(f"{TICKET}/messages/<number:message>/source", files.source, name="source"),
    path(f"{TICKET}/files/<number:attachment>", files.file, name="file"),
    path(f"{TICKET}/files/<number:attachment>/preview", files.preview, name="preview"),
    path(f"{TICKET}/files/<number:attachment>/page", previews.first_page, name="first_page"),
    path(f"{TICKET}/state", deeds.state, name="state"),
    path(f"{TICKET}/assignment", deeds.assignment, name="assignment"),
    path(f"{TICKET}/classification", deeds.classification, name="classification"),
    path(f"{TICKET}/tags", deeds.tags, name="tags"),
    path(f"{TICKET}/links", deeds.links, name="links"),
    path(f"{TICKET}/links/end", deeds.unlink, name="unlink"),
    path(f"{TICKET}/merge", deeds.merge, name="merge"),
    path(f"{TICKET}/joining", joining.joining, name="joining"),
    path("console/search", search.search_page, name="search"),
    path("console/bell", bell.bell, name="bell"),
    path("console/bell/<number:number>/seen", bell.seen, name="bell_seen"),
    path("console/palette", palette.palette, name="palette"),
    path("console/status", status.status, name="status"),
    path("console/contacts", contacts.contacts, name="contacts"),
    path("console/contacts/<number:contact_id>", contacts.contact, name="contact"),
    path("console/mail", sent_mail.mails, name="mail"),
    path("console/mail/<str:name>", sent_mail.mail, name="mail_one"),
    path("console/mail/<str:name>/html", sent_mail.mail_html, name="mail_html"),
    path("console/operations", operations.stuck, name="stuck"),
    path("console/operations/<number:letter>/retry", operations.retry, name="stuck_retry"),
    path("console/operations/<number:letter>/skip", operations.skip, name="stuck_skip"),
]
urlpatterns += administration + doors + companies
urlpatterns += knowledge
urlpatterns += opening + aside + verdict + probing + lines
urlpatterns += dashboards + kept
urlpatterns += sleep + clocks + credits
urlpatterns += macros + chain + complaints + escalation
urlpatterns += rules
urlpatterns += prices
urlpatterns += feed
urlpatterns += recurring + telling
urlpatterns += planned + outages + struck + crews
urlpatterns += ageing + filling + overview + orders

"""Where the pages of a company are."""

from django.urls import path

from unbroken.portal.company import approvals, invitation, people, sites

urlpatterns = [
    path("company", sites.sites, name="company"),
    path("company/people", people.people, name="people"),
    path("company/people/<int:contact_id>", people.person, name="person"),
    path("company/people/<int:contact_id>/departure", people.departure, name="departure"),
    path("company/<int:customer_id>/invitation", people.invitation, name="invite"),
    path("approvals", approvals.waiting, name="approvals"),
    path("approvals/<int:approval_id>", approvals.signed_in, name="approval"),
    path("approve/<str:token>", approvals.by_link, name="approve"),
    path("invitation/<str:key>", invitation.accept, name="accept"),
]

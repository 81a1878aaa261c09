"""Where one says what one wishes."""

from django.urls import path

from unbroken.portal.wishes import following, own

urlpatterns = [
    path("settings", own.own, name="settings"),
    path("requests/<int:number>/following", following.following, name="following"),
    path("unfollow/<str:token>", following.unfollow, name="unfollow"),
]

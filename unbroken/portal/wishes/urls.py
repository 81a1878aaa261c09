"""Where one says what one wishes."""

from django.urls import path

from unbroken.portal.wishes import following, less, own

urlpatterns = [
    path("settings", own.own, name="settings"),
    path("requests/<int:number>/following", following.following, name="following"),
    path("less/<str:token>", less.less, name="less"),
    path("unfollow/<str:token>", following.unfollow, name="unfollow"),
]

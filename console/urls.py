"""Addresses of the pages."""

from django.urls import path, re_path

from console import views

app_name = "console"

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/<str:secret>/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("incidents/", views.incidents, name="incidents"),
    path("changes/", views.changes, name="changes"),
    re_path(r"^incidents/(?P<reference>INC-[0-9]{4}-[0-9]{6,12})/$", views.incident, name="incident"),
]

"""Addresses of the places, below /api/v1/."""

from django.urls import path

from geo.api.zones import ZoneListView, ZoneView

urlpatterns = [path("zones", ZoneListView.as_view()), path("zones/<str:code>", ZoneView.as_view())]

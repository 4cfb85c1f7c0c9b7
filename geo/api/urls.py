"""Addresses of the places, below /api/v1/."""

from django.urls import path

from geo.api.map_layers import MapAirportsView, MapLayersView, MapPortsView, MapTileView
from geo.api.zones import ZoneListView, ZoneView

urlpatterns = [
    path("zones", ZoneListView.as_view()),
    path("zones/<str:code>", ZoneView.as_view()),
    path("map/layers", MapLayersView.as_view()),
    path("map/tiles/<str:layer>/<int:zoom>/<int:column>/<int:row>.mvt", MapTileView.as_view()),
    path("map/ports.geojson", MapPortsView.as_view()),
    path("map/airports.geojson", MapAirportsView.as_view()),
]

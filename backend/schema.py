"""The published schema, for people and programs that have no token yet."""

from drf_spectacular.views import SpectacularAPIView
from rest_framework.negotiation import DefaultContentNegotiation


class SchemaView(SpectacularAPIView):
    """OpenAPI 3: YAML, or JSON where the reader asks for it."""

    content_negotiation_class = DefaultContentNegotiation

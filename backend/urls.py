"""Every address of the server."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView

from backend.health import live, ready
from backend.schema import SchemaView

handler400 = "backend.error_responses.bad_request"
handler403 = "backend.error_responses.permission_denied"
handler404 = "backend.error_responses.page_not_found"
handler500 = "backend.error_responses.server_error"

# One way in for all: with its limits, and its second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth documents

urlpatterns = [
    path("health/live", live),
    path("health/ready", ready),
    path("api/v1/schema/", SchemaView.as_view(), name="schema"),
    path("api/v1/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    path("api/v1/", include("backend.api_router")),
    path("admin/", admin.site.urls),
    path("", include("console.account_urls")),
    path("", include("console.urls")),
]

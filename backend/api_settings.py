"""How Django REST framework and the schema generator are set up; `backend.settings` takes these two."""

from typing import Any

REST_FRAMEWORK: dict[str, Any] = {
    # Deny by default: a view that is open to all says so itself.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "cases.api.authentication.BearerTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "cases.api.authentication.WithinScopes",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["cases.api.throttle.CallsPerMinute"],
    "DEFAULT_PARSER_CLASSES": ["cases.api.json_body.JsonParser"],
    "DEFAULT_RENDERER_CLASSES": ["cases.api.json_body.JsonRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "cases.api.json_body.OnlyOffer",
    "DEFAULT_SCHEMA_CLASS": "cases.api.openapi.Operation",
    "EXCEPTION_HANDLER": "backend.error_responses.answer_exception",
    # `?format=` belongs to referral documents, not to content negotiation.
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Cordon",
    "DESCRIPTION": "Record border interdictions, screen them against arms embargoes, refer and trace what was found.",
    "VERSION": "1",
    # Unknown is written null, which 3.0 can hardly say.
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    # The schema holds no secret, and a newcomer has no token yet.
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": False},
    "COMPONENT_SPLIT_PATCH": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["cases.api.openapi.make_lists_true"],
}

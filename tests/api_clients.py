"""Clients of the API that carry an officer's token."""

from datetime import timedelta

from rest_framework.test import APIClient

from cases.models import Officer
from cases.services.issue_api_token import issue_api_token
from tests.factories import RECORDED_AT


def client_with_token(officer: Officer) -> APIClient:
    """Return a client with a token of the officer's, good for whatever the officer may do."""
    issued_at, expires_at = RECORDED_AT - timedelta(days=1), RECORDED_AT + timedelta(days=36_500)
    _, secret = issue_api_token(officer=officer, name="test", issued_at=issued_at, expires_at=expires_at)
    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    client.default_format = "json"
    return client

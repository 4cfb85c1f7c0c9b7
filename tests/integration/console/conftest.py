"""Browsers in which somebody is, or is not, signed in."""

import pytest
from django.test import Client

from cases.models import Officer
from tests.factories import PASSWORD, officer_with_password


@pytest.fixture
def person(db: None) -> Officer:
    """An officer with a password."""
    return officer_with_password()


@pytest.fixture
def visitor() -> Client:
    """A browser that nobody is signed in with."""
    return Client(raise_request_exception=False)


@pytest.fixture
def signed_in(person: Officer) -> Client:
    """A browser in which that officer signed in by password."""
    client = Client(raise_request_exception=False)
    answer = client.post("/sign-in/", {"login": person.username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content
    return client

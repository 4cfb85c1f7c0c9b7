"""Regimes and zones over HTTP: what the rulebook says, and what of it was verified."""

import pytest
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db


def test_all_regimes_are_listed_with_the_rulebook_they_come_from(client: APIClient) -> None:
    page = client.get("/api/v1/regimes").json()

    assert len(page["results"]) == 29
    assert page["rulebook"]["digest"].startswith("sha256:")
    assert page["next"] is None


def test_a_regime_says_what_was_verified(client: APIClient) -> None:
    regime = client.get("/api/v1/regimes/iran-2006").json()

    measure = next(each for each in regime["measures"] if each["id"] == "iran-2006/1747-5")
    assert measure["imposed_by"]["paragraph"] == "5"
    assert measure["imposed_by"]["paragraph_verified"] in {True, False}
    assert regime["sources"]


def test_a_regime_that_is_not_there_is_404(client: APIClient) -> None:
    assert client.get("/api/v1/regimes/atlantis-1900").json()["code"] == "not_found"


def test_zones_are_listed(client: APIClient) -> None:
    page = client.get("/api/v1/zones").json()

    assert {*page} == {"next", "previous", "results"}

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings
from rest_framework.test import APIClient

from cases.row_scope import NOBODY
from geo.load_zones import load_zones
from geo.reference_data import REFERENCE_FOLDER
from geo.reference_zones import reference_zones
from tests.factories import OfficerFactory


@pytest.fixture(scope="module")
def client(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[APIClient]:
    """An officer's client, and zones loaded once for the module: it takes seconds, and nothing here changes them."""
    # Thousands of ports and airports would only make it slow.
    drafts = [draft for draft in reference_zones(REFERENCE_FOLDER) if not draft.code.startswith(("port:", "airport:"))]
    with django_db_blocker.unblock(), transaction.atomic():
        load_zones(drafts=drafts, loaded_at=datetime(2026, 3, 1, tzinfo=UTC))
        client = APIClient()
        client.force_authenticate(OfficerFactory.create())
        yield client
        transaction.set_rollback(True)


def page(client: APIClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    content: dict[str, Any] = answer.json()
    return content


def test_nobody_reads_zones_without_a_token(db: None) -> None:
    assert APIClient().get("/api/v1/zones").status_code == 401


def test_zones_of_a_kind_and_country_are_listed_by_id(client: APIClient) -> None:
    found = page(client, "/api/v1/zones?kind=region&country=SDN")
    ids = [zone["id"] for zone in found["results"]]

    assert ids == sorted(ids)
    assert {f"SDN:{side}-darfur" for side in ("north", "south", "east", "west", "central")} <= set(ids)
    assert (found["next"], found["previous"]) == (None, None)
    assert set(found["results"][0]) == {
        "id", "kind", "country", "name", "source", "licence", "checksum",
        "valid_from", "valid_until", "computed", "imported", "accuracy_m", "note",
    }  # fmt: skip


def test_pages_follow_one_another_forwards_and_back(client: APIClient) -> None:
    first = page(client, "/api/v1/zones")
    second = page(client, first["next"])
    back = page(client, second["previous"])

    assert first["previous"] is None
    assert first["results"][-1]["id"] < second["results"][0]["id"]
    assert back["results"] == first["results"]


@pytest.mark.parametrize("query", ["kind=nothing", "country=%00", "cursor=%00", "cursor=%3C", "cursor=zzzz"])
def test_odd_questions_get_an_empty_or_ordinary_page(client: APIClient, query: str) -> None:
    assert isinstance(page(client, f"/api/v1/zones?{query}")["results"], list)


def test_a_list_costs_one_query(client: APIClient, settings: Settings, django_assert_max_num_queries: Any) -> None:
    # As in the web process, whose connections begin by showing nothing and need not be told.
    settings.ROW_SCOPE = NOBODY.scope
    with django_assert_max_num_queries(1):
        page(client, "/api/v1/zones?kind=custom")

"""Lists of designated parties over HTTP: which editions are loaded, and what the last import changed."""

from datetime import UTC, datetime

import pytest
from rest_framework.test import APIClient

from cases.services.import_list import import_list
from tests.list_samples import BRIGADE, PERSON, SHIPPING, consolidated

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_no_list_is_an_empty_page(client: APIClient) -> None:
    assert client.get("/api/v1/lists").json() == {"next": None, "previous": None, "results": []}


def test_a_list_shows_its_newest_edition_and_the_last_import(client: APIClient) -> None:
    for content in (
        consolidated(PERSON, BRIGADE, generated="2024-01-01T00:00:00Z"),
        consolidated(BRIGADE, SHIPPING, generated="2024-06-01T00:00:00Z"),
    ):
        import_list(content=content, file_name="list.xml", imported_at=AT)

    (row,) = client.get("/api/v1/lists").json()["results"]

    assert (row["name"], row["editions"], row["oldest_generated_on"]) == ("un-sc", 2, "2024-01-01")
    assert row["newest"]["generated_on"] == "2024-06-01"
    assert row["newest"]["counts"]["parties"] == 2
    changes = row["last_import"]["changes"]
    assert [each["reference_number"] for each in changes["added"]] == ["KPe.903"]
    assert [each["reference_number"] for each in changes["removed"]] == ["QDi.901"]

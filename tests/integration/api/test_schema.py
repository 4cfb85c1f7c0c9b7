"""The published schema is the committed one, and anyone may read it."""

from pathlib import Path

import pytest
import yaml
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

COMMITTED = Path(__file__).resolve().parents[3] / "docs" / "openapi.yaml"
REGENERATE = "python manage.py spectacular --file docs/openapi.yaml --validate --fail-on-warn"


def test_the_committed_schema_is_the_one_in_force() -> None:
    in_force = SchemaGenerator().get_schema(request=None, public=True)

    assert yaml.safe_load(COMMITTED.read_text("utf-8")) == in_force, f"regenerate it: {REGENERATE}"


def test_the_schema_is_valid_openapi() -> None:
    validate_schema(SchemaGenerator().get_schema(request=None, public=True))


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/yaml"])
def test_anyone_may_read_the_schema(accept: str) -> None:
    answer = Client().get("/api/v1/schema/", HTTP_ACCEPT=accept)

    assert answer.status_code == 200
    assert yaml.safe_load(answer.content)["info"]["title"] == "Cordon"


def test_a_form_of_the_schema_that_is_not_made_is_406() -> None:
    answer = Client().get("/api/v1/schema/", HTTP_ACCEPT="image/png")

    assert answer.status_code == 406
    assert answer.json()["code"] == "not_acceptable"


def test_the_schema_browser_loads_nothing_from_elsewhere() -> None:
    page = Client().get("/api/v1/docs/")

    assert page.status_code == 200
    assert "script-src 'self';" in page["Content-Security-Policy"]
    assert b"<script>" not in page.content
    assert b"//cdn" not in page.content

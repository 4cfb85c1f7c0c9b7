"""What was stated and received cannot be changed, and no row goes: the database itself refuses, the owner too."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from cases.models import Evidence, Officer
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident

STATED = "a" * 64


def row(officer: Officer, **changes: object) -> Evidence:
    fields = {
        "incident": recorded_incident(officer),
        "kind": "photo",
        "name": "a.jpg",
        "size_bytes": 5,
        "stated_sha256": STATED,
        "uploaded_by": officer,
        "uploaded_at": NOW,
        "received_at": NOW,
        "state": "receiving",
    }
    return Evidence.objects.create(**{**fields, **changes})


WHOLE = {
    "state": "complete",
    "received_bytes": 5,
    "sha256": STATED,
    "storage_key": "files/aa/aa",
    "completed_at": NOW,
    "media_type": "image/jpeg",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"name": "b.jpg"}, id="name"),
        pytest.param({"stated_sha256": "b" * 64, "sha256": "b" * 64}, id="hash"),
        pytest.param({"storage_key": "files/bb/bb"}, id="key"),
        pytest.param({"block_digests": b"x"}, id="digests"),
        pytest.param({"media_type": "text/plain"}, id="type"),
        pytest.param({"uploaded_at": "2020-01-01T00:00:00Z"}, id="moment"),
        pytest.param({"state": "receiving"}, id="state back"),
    ],
)
def test_what_was_received_is_not_changed(officer: Officer, changes: dict[str, object]) -> None:
    evidence = row(officer, **WHOLE)

    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(**changes)


@pytest.mark.django_db
def test_the_application_may_not_delete(officer: Officer) -> None:
    evidence = row(officer)

    with pytest.raises(DatabaseError, match=r"permission denied|append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM cases_evidence WHERE id = %s", [evidence.pk])


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_the_owner_is_refused_too() -> None:
    evidence = row(OfficerFactory.create())

    with pytest.raises(DatabaseError, match="append-only"), connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM cases_evidence WHERE id = %s", [evidence.pk])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({**WHOLE, "sha256": "b" * 64}, id="another hash than was stated"),
        pytest.param({**WHOLE, "received_bytes": 4}, id="not all there"),
        pytest.param({**WHOLE, "storage_key": ""}, id="whole and nowhere"),
        pytest.param({**WHOLE, "malware_verdict": "infected"}, id="infected and given out"),
        pytest.param({**WHOLE, "state": "withdrawn"}, id="withdrawn without a reason"),
        pytest.param({**WHOLE, "state": "damaged"}, id="damaged at no time"),
        pytest.param({"received_bytes": 6}, id="more than announced"),
        pytest.param({"stated_sha256": "A" * 64}, id="not a hash"),
        pytest.param({"size_bytes": 0}, id="empty"),
        pytest.param({"name": ""}, id="nameless"),
        pytest.param({"state": "lost"}, id="no such state"),
    ],
)
def test_what_cannot_be_is_refused(officer: Officer, changes: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row(officer, **changes)

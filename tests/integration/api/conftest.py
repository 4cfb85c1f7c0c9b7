"""Officers who call the API, and the incident of the contract."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from rest_framework.test import APIClient

from cases.models import Officer
from tests.access_world import Viewer, World, viewers, world_around
from tests.api_clients import client_with_token
from tests.factories import OfficerFactory

pytestmark = pytest.mark.django_db

JIHAN_1: dict[str, Any] = {
    "client_id": "3f2b8c1e-5a77-4c0b-9d21-0c6f4a8e9b10",
    "reference": "DJI-2026-000123",
    "state": "final",
    "kind": "seizure",
    "basis": "observed",
    "occurred_on": "2013-01-23",
    "time_zone": "Asia/Aden",
    "location": {"type": "Point", "coordinates": [52.3, 15.2]},
    "location_accuracy_m": 150000,
    "location_source": "gps",
    "place": "off Yemen",
    "at_sea": True,
    "agency": {"name": "A navy", "kind": "navy", "country": "USA", "role": "lead"},
    "agencies": [],
    "operation": None,
    "detection": "patrol",
    "concealment": "hidden compartments",
    "boarding": {
        "authority": "host_state_request",
        "resolution": None,
        "paragraph": None,
        "grounds": "request of the coastal State",
        "flag_state_consent": "not_needed",
        "cooperation": "full",
    },
    "conveyance": {
        "mode": "sea",
        "description": "dhow",
        "name": "Jihan 1",
        "stateless": None,
        "flag": None,
        "imo": None,
        "mmsi": None,
        "registration": None,
        "operator": None,
        "owner": None,
        "flight_or_voyage": None,
        "containers": [],
        "seals": [],
    },
    "route": {
        "origin": "IRN",
        "transit": [],
        "destination": "YEM",
        "departed_on": None,
        "arrived_on": None,
        "basis": "statement",
        "stops": [{"what": "loaded", "country": "IRN", "place": None, "unlocode": None, "on": None}],
        "claims": [{"what": "destination", "country": "SOM", "recipient_kind": None, "name": None, "by": "crew"}],
    },
    "consignment": {
        "customs_procedure": None,
        "declared_description": None,
        "declared_hs": None,
        "declared_weight_kg": None,
        "found_weight_kg": None,
    },
    "documents": [],
    "authorisations": [],
    "recipient": {
        "kind": "non_governmental_force",
        "name": "Houthis",
        "country": "YEM",
        "branch": None,
        "authorised_by_government": "unknown",
        "acts_for": None,
        "basis": "assessment",
    },
    "parties": [],
    "context": ["terrorism"],
    "illicit_grounds": ["iti_6b"],
    "legal_justification": "the arms embargo in force that day",
    "circumstances": "Boarded at the request of the coastal State.",
    "items": [
        {
            "id": "0b8c2b53-52f5-4a2c-8f5e-7f1c33a4a001",
            "category": "missile",
            "subtype": "manpads",
            "description": "man-portable air-defence system",
            "quantity": 10,
            "unit": "piece",
            "quantity_basis": "counted",
            "country_of_manufacture": "IRN",
            "hs_code": "9301",
            "serial_number": None,
            "marking_state": "intact",
            "marks": [{"kind": "serial", "text": "03-A 0771", "position": "grip stock", "state": "intact"}],
        }
    ],
}


@pytest.fixture
def jihan_1() -> dict[str, Any]:
    """The record of the contract's sample."""
    return {**JIHAN_1}


@pytest.fixture
def client_of() -> Callable[[Officer], APIClient]:
    """Make a client that carries the officer's token."""
    return client_with_token


@pytest.fixture
def client(officer: Officer, client_of: Callable[[Officer], APIClient]) -> APIClient:
    """The client of an officer."""
    return client_of(officer)


@pytest.fixture
def neighbour(client_of: Callable[[Officer], APIClient]) -> APIClient:
    """The client of an officer of another agency."""
    return client_of(OfficerFactory.create())


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Viewer, ...]]:
    """Officers of every role in agencies of every relation, in a transaction of the module that is never committed.

    A test with this takes no `db`, which would be a transaction of its own, and takes back what it does.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield viewers()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(people: tuple[Viewer, ...]) -> World:
    """What there is for them to see: made once, for it takes seconds."""
    return world_around(people)

"""Made-up objects for tests: valid by default, in places and agencies that do not exist."""

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from cases.choices import AgencyKind
from cases.documents.template_packs import read_pack
from cases.models import Agency, Incident, Obligation, Officer, OfficerRole, PublishedStatistic, TemplatePack
from cases.services.keep_template_pack import keep_template_pack
from cases.services.record_incident import record_incident
from geo.models import Zone, ZoneVersion

PASSWORD = "a long dhow off Hodeidah"
RECORDED_AT = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


class AgencyFactory(DjangoModelFactory[Agency]):
    """An agency of no real State."""

    class Meta:
        model = Agency

    name = factory.Sequence(lambda n: f"Test Customs Post {n}")
    kind = AgencyKind.CUSTOMS.value
    country = "XXX"


class OfficerFactory(DjangoModelFactory[Officer]):
    """An officer of an agency of its own."""

    class Meta:
        model = Officer

    username = factory.Sequence(lambda n: f"officer-{n}")
    agency = factory.SubFactory(AgencyFactory)
    role = OfficerRole.OFFICER.value

    class Params:
        supervisor = factory.Trait(role=OfficerRole.SUPERVISOR.value)
        analyst = factory.Trait(role=OfficerRole.ANALYST.value)
        expert = factory.Trait(role=OfficerRole.EXPERT.value)


def officer_with_password() -> Officer:
    """Return an officer who signs in by PASSWORD and can be written to."""
    officer = OfficerFactory.create(email="person@agency.example")
    officer.set_password(PASSWORD)
    officer.save()
    return officer


class ZoneFactory(DjangoModelFactory[Zone]):
    """A zone that nobody drew."""

    class Meta:
        model = Zone

    code = factory.Sequence(lambda n: f"custom:test-zone-{n}")
    kind = "custom"
    country = ""
    name = factory.Sequence(lambda n: f"Test zone {n}")


class ZoneVersionFactory(DjangoModelFactory[ZoneVersion]):
    """The version in use of a zone of its own."""

    class Meta:
        model = ZoneVersion

    zone = factory.SubFactory(ZoneFactory)
    source = "a test"
    licence = "none"
    checksum = "0" * 64
    valid_from = date(2026, 1, 1)
    loaded_at = RECORDED_AT


def quiet_bay() -> ZoneVersion:
    """Return a zone with an outline, as somebody imported it."""
    outline = b'{"type":"Polygon","coordinates":[[[43,12],[44,12],[44,13],[43,13],[43,12]]]}'
    zone = ZoneFactory.create(code="custom:quiet-bay", name="Quiet bay")
    return ZoneVersionFactory.create(zone=zone, geometry=outline, imported=True)


def incident_document(**changes: Any) -> dict[str, Any]:
    """Return a final record as sent: rockets from one embargoed State towards another, at sea."""
    document = {
        "kind": "seizure",
        "occurred_on": "2013-01-23",
        "location": {"type": "Point", "coordinates": [52.3, 15.2]},
        "location_accuracy_m": 150000,
        "at_sea": True,
        "conveyance": {"mode": "sea", "name": "Test Dhow"},
        "route": {"origin": "IRN", "destination": "YEM"},
        "items": [{"category": "ammunition", "description": "122 mm rockets", "quantity": 10, "unit": "piece"}],
    }
    return {**document, **changes}


def recorded_incident(officer: Officer | None = None, **changes: Any) -> Incident:
    """Record an incident as an officer would."""
    officer = officer or OfficerFactory.create()
    return record_incident(officer=officer, document=incident_document(**changes), recorded_at=RECORDED_AT).incident


def owed_report(incident: Incident, **changes: Any) -> Obligation:
    """Return an obligation to report on the incident, as it stands once somebody confirmed what it follows from."""
    owed = {
        "reference": incident.reference.replace("INC", "OBL"),
        "incident": incident,
        "agency": incident.agency,
        "kind": "report",
        "what": "Report promptly to the Committee",
        "resolution": "S/RES/2428 (2018)",
        "paragraph": "10",
        "paragraph_verified": True,
        "force": "shall",
        "on": "inspecting_state",
        "to": "committee",
        "clock_from": "inspection",
        "working_days": False,
        "promptly": True,
        "arisen_at": RECORDED_AT,
        "begun_by": incident.recorded_by,
    }
    return Obligation.objects.create(**{**owed, **changes})


def template_pack(officer: Officer, *, name: str = "House style", **parts: Any) -> TemplatePack:
    """Return the next version of the template pack of the officer's agency; it adds nothing unless parts are given."""
    pack = read_pack({"name": name, **parts})
    assert officer.agency is not None
    return keep_template_pack(officer=None, agency=officer.agency, pack=pack, kept_at=RECORDED_AT).row


def published_statistic(officer: Officer, **changes: Any) -> PublishedStatistic:
    """Return a publication of the officer's agency, of nothing that was counted."""
    published = {
        "agency": officer.agency,
        "reference": f"STAT-2026-{PublishedStatistic.objects.count():08d}",
        "name": "un-register",
        "year": 2013,
        "revision": 1,
        "cut_off": RECORDED_AT,
        "smallest_cell_shown": 5,
        "rulebook_version": "2026.11",
        "rulebook_digest": "sha256:0",
        "document": "{}",
        "sha256": "0" * 64,
        "workbook": b"",
        "workbook_sha256": "0" * 64,
        "counted": {"cells": [], "sums": []},
        "published_at": RECORDED_AT,
        "published_by": officer,
        "reason": "the yearly report",
    }
    return PublishedStatistic.objects.create(**{**published, **changes})

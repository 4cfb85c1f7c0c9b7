"""Loading the demonstration: fictitious officers, and interdictions that public sources document."""

import json
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from cases.choices import AgencyKind, RunStatus
from cases.errors import DemoForbidden
from cases.models import (
    RIGHTS_OF_ROLE,
    Agency,
    Confidentiality,
    Incident,
    Officer,
    OfficerRole,
    Referral,
    Right,
    ScreeningRun,
)
from cases.services.open_referral import ReferralRequest, open_referral
from cases.services.record_incident import record_incident
from cases.services.run_screening import run_screening

BORDER_AGENCY: Final = "border_agency"
PANEL: Final = "panel"

# Named so that nobody takes them for authorities that exist.
AGENCIES: Final[Mapping[str, Mapping[str, Any]]] = {
    BORDER_AGENCY: {
        "name": "Demonstration Border Agency (fictitious)",
        "kind": AgencyKind.CUSTOMS.value,
        "country": "XXX",
        "contact_name": "Duty desk (fictitious)",
        "contact_office": "Demonstration Border Agency, tracing desk",
        "contact_telephone": "+000 000 0000",
        "contact_email": "tracing@border-agency.example",
        "contact_channel": "demonstration: no letter leaves this system",
    },
    PANEL: {
        "name": "Demonstration Panel of Experts (fictitious)",
        "kind": AgencyKind.PANEL.value,
        "country": "XXX",
        "contact_name": "Coordinator (fictitious)",
        "contact_office": "Demonstration Panel of Experts",
        "contact_telephone": "+000 000 0000",
        "contact_email": "coordinator@panel.example",
        "contact_channel": "demonstration: no letter leaves this system",
    },
}
OFFICERS: Final = (
    ("demo-officer", OfficerRole.OFFICER, BORDER_AGENCY),
    ("demo-supervisor", OfficerRole.SUPERVISOR, BORDER_AGENCY),
    ("demo-expert", OfficerRole.EXPERT, PANEL),
    ("demo-focal-point", OfficerRole.FOCAL_POINT, BORDER_AGENCY),
    ("demo-admin", OfficerRole.ADMINISTRATOR, BORDER_AGENCY),
)
RECORDERS: Final = {BORDER_AGENCY: "demo-officer", PANEL: "demo-expert"}
# The record that the drafted referral is on, and its two lines that name a State of manufacture.
REFERRED: Final = "IRN-2013-01"
REFERRED_ITEMS: Final = (1, 2)
REPLY_WITHIN = timedelta(days=60)


def load_demo(*, loaded_at: datetime, tell: Callable[[str], None]) -> list[Officer]:
    """Load what is missing of the demonstration and return its officers; DemoForbidden in production.

    Each record is screened here and now, as no worker runs yet on the first start.
    """
    if not settings.DEMO_ALLOWED:
        raise DemoForbidden
    officers = _officers()
    recorded = _record(officers, loaded_at)
    screened = _screen(officers, loaded_at)
    if recorded or screened:
        tell(f"{recorded} documented interdictions recorded, {screened} screened")
    if reference := _refer(officers["demo-focal-point"], loaded_at):
        tell(f"referral {reference} drafted")
    return list(officers.values())


def _officers() -> dict[str, Officer]:
    with transaction.atomic():
        agencies = {
            code: Agency.objects.get_or_create(name=details["name"], defaults={**details, "is_demo": True})[0]
            for code, details in AGENCIES.items()
        }
        officers = {}
        for username, role, agency in OFFICERS:
            officer = Officer.objects.filter(username=username).first()
            details: dict[str, Any] = {"agency": agencies[agency], "role": role.value, "is_demo": True}
            if Right.ISSUE in RIGHTS_OF_ROLE[role]:
                # There is nobody else at the desk of a demonstration to approve what one has written.
                details["rights_added"] = [Right.APPROVE_OWN.value]
            # No password: nobody can know one. The link that is printed lets in once.
            if role is OfficerRole.ADMINISTRATOR:
                details |= {"is_staff": True, "is_superuser": True}
            officers[username] = officer or Officer.objects.create_user(username, **details)
    return officers


def _record(officers: Mapping[str, Officer], at: datetime) -> int:
    known = set(_demo_incidents(officers).values_list("client_id", flat=True))
    new = [(owner, document) for owner, document in _documents() if uuid.UUID(document["client_id"]) not in known]
    for owner, document in new:
        record_incident(officer=officers[RECORDERS[owner]], document=document, recorded_at=at)
    return len(new)


def _documents() -> list[tuple[str, dict[str, Any]]]:
    text = (files("cases") / "demo" / "interdictions.ndjson").read_text(encoding="utf-8")
    entries = [json.loads(line) for line in text.splitlines()]
    return [
        (entry["recorded_for"], {**entry["incident"], "client_id": _client_id(entry["incident"]["reference"])})
        for entry in entries
    ]


def _client_id(reference: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:cordon:demo:{reference}"))


def _screen(officers: Mapping[str, Officer], at: datetime) -> int:
    waiting = ScreeningRun.objects.filter(incident__in=_demo_incidents(officers), status=RunStatus.QUEUED)
    return sum(
        run_screening(run_id=run_id, now=at).status == RunStatus.DONE
        for run_id in waiting.order_by("pk").values_list("pk", flat=True)
    )


def _demo_incidents(officers: Mapping[str, Officer]) -> QuerySet[Incident]:
    return Incident.objects.filter(agency__in={officer.agency_id for officer in officers.values()})


def _refer(officer: Officer, at: datetime) -> str | None:
    if Referral.objects.filter(agency=officer.agency).exists():
        return None
    incident = Incident.objects.get(agency=officer.agency, client_id=_client_id(REFERRED))
    request = ReferralRequest(
        addressee_country="IRN",
        language="en",
        item_indexes=REFERRED_ITEMS,
        details={
            "addressee_contact": {"office": "Permanent Mission to the United Nations (demonstration: nothing is sent)"},
            "intended_use": "To establish when and to whom the items were first supplied (demonstration).",
            "confidentiality": Confidentiality.GIVEN.value,
            "reply_requested_by": (at + REPLY_WITHIN).date(),
        },
    )
    return open_referral(officer=officer, incident=incident, request=request, opened_at=at).reference

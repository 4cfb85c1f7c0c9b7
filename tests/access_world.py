"""Records of several agencies, each with marks of its own, and officers who stand to them in every way there is.

A mark is a word that nobody would write by chance. Every text of a compartment's records begins with the compartment's
mark, so that one search of an answer tells whether anything of it leaked; names of persons carry a second one.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from cases import access
from cases.choices import AgencyKind, ContactKind
from cases.models import (
    Agency,
    Evidence,
    Finding,
    Grant,
    Holding,
    Incident,
    Notification,
    NotificationKind,
    Officer,
    OfficerRole,
    Referral,
    ReplyLink,
    Right,
    ScreeningRun,
)
from cases.queries.rulebooks import current_rulebook
from cases.registers.contact_rows import ContactStated
from cases.services.inspect_evidence import inspect_evidence
from cases.services.load_rulebook_version import load_rulebook_version
from cases.services.notify import notify
from cases.services.record_contact import record_contact
from cases.services.request_screening import request_screening
from cases.services.run_screening import run_screening
from cases.services.save_filter import save_filter
from cases.services.see_session import Seen, see_session
from tests.api_clients import client_with_token
from tests.conftest import NOW
from tests.evidence_samples import picture, sha256
from tests.factories import (
    AgencyFactory,
    OfficerFactory,
    ZoneVersionFactory,
    owed_report,
    recorded_incident,
    template_pack,
)
from tests.older_rulebooks import ENDED_EARLY, rescreened_under
from tests.register_samples import imported, written

Ids = dict[str, Any]
FILE: Final = picture()
ANNOUNCEMENT: Final = {"name": "a.jpg", "kind": "photo", "size_bytes": len(FILE), "sha256": sha256(FILE)}
CAVEAT: Final = "zqinformant"
# On items of several compartments: what was seen elsewhere is told to whoever may know of the other record.
SERIAL: Final = "ZQ-48213-K"


class Relation(NamedTuple):
    """How an agency stands to the shared records."""

    name: str
    is_own: bool = False
    knows: bool = False
    # What the agency's officers may do to what is shared with it, if their role allows; and whether names are shared.
    reach: frozenset[Right] = frozenset()
    with_nominal: bool = False
    country: str = "DDR"


RELATIONS: Final = (
    Relation("own", is_own=True, knows=True, reach=frozenset(Right), with_nominal=True),
    Relation("granted", knows=True, reach=access.OF_READERS),
    Relation("contributing", knows=True, reach=access.OF_READERS | access.OF_CONTRIBUTORS, with_nominal=True),
    Relation("expired"),
    Relation("other_agency"),
    Relation("other_state", country="YUG"),
)


@dataclass(frozen=True, slots=True)
class Compartment:
    """Records that are seen together or not at all, and what in an answer would tell of them."""

    ids: Ids
    marks: tuple[str, ...]
    # Of persons who are named in the records.
    nominal_mark: str
    # Of what is the agency's whatever the record's caveats: its cases, operations and stores, and what it holds.
    of_agency: tuple[str, ...]
    recorder: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """An officer of one role, in an agency that stands in one relation to the shared records."""

    officer: Officer
    relation: Relation
    role: OfficerRole
    api: APIClient
    session_key: str

    @property
    def browser(self) -> Client:
        """Return a browser in which the officer is signed in, as it was before any page was asked for."""
        client = Client(raise_request_exception=False)
        client.cookies["sessionid"] = self.session_key
        return client


@dataclass(frozen=True, slots=True)
class World:
    """Everything there is, and who looks at it."""

    viewers: tuple[Viewer, ...]
    shared: Compartment
    # Of the same agency: shared with nobody; under a caveat that none of the viewers is cleared for.
    kept: Compartment
    caveated: Compartment
    foreign: Compartment

    def hidden_from(self, viewer: Viewer) -> tuple[Compartment, ...]:
        """Return the compartments of which the viewer may know nothing."""
        if viewer.relation.is_own:
            return self.caveated, self.foreign
        hidden = (self.kept, self.caveated, self.foreign)
        return hidden if viewer.relation.knows else (self.shared, *hidden)

    def marks_hidden_from(self, viewer: Viewer) -> tuple[str, ...]:
        """Return every word, reference and number that no answer to the viewer may hold, in lower case."""
        hidden = self.hidden_from(viewer)
        marks = [mark for compartment in hidden for mark in (*compartment.marks, compartment.nominal_mark)]
        for compartment in hidden:
            if not viewer.relation.is_own or compartment is self.foreign:
                marks += [compartment.recorder, *compartment.of_agency]
        if not (viewer.relation.with_nominal and Right.SEE_NOMINAL in viewer.officer.rights):
            marks.append(self.shared.nominal_mark)
        return tuple(marks)


def viewers() -> tuple[Viewer, ...]:
    """Make an agency for each relation, and in it an officer of each role with a token and a session."""
    return tuple(
        _viewer(relation, agency, role)
        for relation in RELATIONS
        for agency in [AgencyFactory.create(country=relation.country)]
        for role in OfficerRole
    )


def _viewer(relation: Relation, agency: Agency, role: OfficerRole) -> Viewer:
    officer = OfficerFactory.create(agency=agency, role=role.value)
    browser = Client()
    browser.force_login(officer)
    assert browser.get("/account/").status_code == 200
    return Viewer(officer, relation, role, client_with_token(officer), browser.cookies["sessionid"].value)


def world_around(people: tuple[Viewer, ...]) -> World:
    """Record what there is to be seen, and share one compartment as the viewers' relations say."""
    load_rulebook_version(rulebook=current_rulebook(), loaded_at=NOW)
    agency_of = {viewer.relation.name: viewer.officer.agency for viewer in people}
    panel = AgencyFactory.create(kind=AgencyKind.PANEL.value, mandate_regimes=["iran-2006"])
    shared, kept, caveated, foreign = (
        _compartment(agency, tag, panel)
        for agency, tag in (
            *((agency_of["own"], tag) for tag in ("shared", "kept", "caveated")),
            (AgencyFactory.create(country="YUG"), "foreign"),
        )
    )
    for relation in RELATIONS:
        if relation.knows and not relation.is_own:
            _share(shared, agency_of[relation.name], relation)
    _share(shared, agency_of["expired"], RELATIONS[2], has_expired=True)
    # What points from one compartment to another.
    own = client_with_token(Officer.objects.get(username=shared.recorder))
    link = {"incident": kept.ids["incident"], "reason": "keptzq the same night"}
    _made(own.post(f"/api/v1/incidents/{shared.ids['incident']}/same-event", link))
    _put_caveat_on(caveated)
    for compartment in (shared, foreign):
        _import_register(compartment)
    everybodys = {
        "panel": panel.pk,
        "contact": _record_contact(foreign.recorder),
        "rescreening": rescreened_under(ENDED_EARLY).pk,
        "zone": ZoneVersionFactory.create().zone.code,
    }
    for compartment in (shared, kept, caveated, foreign):
        incident = Incident.objects.get(reference=compartment.ids["incident"])
        # A run by the rulebook in use brings back what the re-screening lost.
        run_screening(run_id=request_screening(incident=incident, requested_at=NOW).pk, now=NOW)
        compartment.ids["finding"] = Finding.objects.filter(incident=incident, is_current=True)[0].pk
        compartment.ids.update(everybodys)
    of_own = _publish(shared)
    for compartment in (shared, kept, caveated):
        compartment.ids["publication"] = of_own
    foreign.ids["publication"] = _publish(foreign)
    return World(people, shared, kept, caveated, foreign)


def _compartment(agency: Agency, tag: str, panel: Agency) -> Compartment:
    mark, nominal, house = f"{tag}zq", f"{tag}nomzq", f"{tag}housezq"
    officer = OfficerFactory.create(agency=agency, username=f"{tag}recorderzq", caveats=[CAVEAT])
    client = client_with_token(officer)
    incident = recorded_incident(
        officer,
        place=f"{mark} quay",
        circumstances=f"{mark} dhow steered by Zebedee {nominal}",
        conveyance={"mode": "sea", "name": f"{mark} dhow"},
        parties=[{"role": "master", "kind": "person", "name": f"Zebedee {nominal}", "address": f"12 {nominal} Row"}],
        items=[
            {
                "category": "ammunition",
                # Whoever counts a store has to know what stands in it, cleared for its incident or not.
                "description": f"{house} 122 mm rockets",
                "quantity": 10,
                "unit": "piece",
                "serial_number": SERIAL,
                "marks": [{"kind": "lot", "text": f"{mark}-7"}],
            }
        ],
    )
    run_screening(run_id=ScreeningRun.objects.get(incident=incident).pk, now=NOW)
    ids = _records(client, incident, mark, nominal, house, panel)
    ids.update(_keys_of(officer, mark))
    # The latest dresses every letter of the agency, so that its name is no secret of the record.
    ids["pack"] = template_pack(officer, name=f"style of {tag}").version
    told = [str(ids[name]).lower() for name in ("incident", "referral", "evidence", "coming", "obligation", "task")]
    of_agency = [str(ids[name]).lower() for name in ("case", "operation", "exhibit", "handover", "holding")]
    items = [str(uuid) for uuid in incident.items.values_list("item_uuid", flat=True)]
    return Compartment(ids, (mark, *told), nominal, (house, *of_agency, *items), officer.username)


def _records(client: APIClient, incident: Incident, mark: str, nominal: str, house: str, panel: Agency) -> Ids:
    """Make of everything one, by the API; return the names by which it is asked for."""
    address = f"/api/v1/incidents/{incident.reference}"
    letter = {"addressee": {"country": "IRN"}, "language": "en"}
    referral = _made(client.post(f"{address}/referrals", letter))["reference"]
    wanted = {"intended_use": f"{mark} tracing"}
    etag = client.get(f"/api/v1/referrals/{referral}")["ETag"]
    assert client.patch(f"/api/v1/referrals/{referral}", wanted, HTTP_IF_MATCH=etag).status_code == 200
    case = _made(client.post("/api/v1/cases", {"title": f"{house} case", "incidents": [incident.reference]}))
    room = f"/api/v1/cases/{case['reference']}"
    task = _made(client.post(f"{room}/tasks", {"what": f"{mark} task: find Zebedee {nominal}", "due_on": "2026-01-01"}))
    _made(client.post(f"{room}/notes", {"text": f"{mark} {nominal} rang"}))
    release = _made(client.post(f"{address}/releases", {"panel": panel.pk, "reason": f"{mark} asked"}))["id"]
    terms = {"agency": panel.pk, "level": "read", "reason": f"{mark} asked"}
    grant = _made(client.post(f"{address}/grants", terms))["id"]
    operation = _made(client.post("/api/v1/operations", {"name": f"{house} operation"}))["reference"]
    entry = {"incident": incident.reference, "reason": f"{mark} met"}
    _made(client.post(f"/api/v1/operations/{operation}/incidents", entry))
    announced = {**ANNOUNCEMENT, "name": f"{nominal}.jpg", "item": str(incident.items.get().item_uuid)}
    evidence, coming = (_made(client.post(f"{address}/evidence", announced))["id"] for _ in range(2))
    assert send_chunk(client, f"/api/v1/evidence/{evidence}", FILE).status_code == 200
    inspect_evidence(evidence_id=Evidence.objects.get(uuid=evidence).pk, inspected_at=NOW)
    read = {"marks": [{"kind": "maker", "text": f"{mark} works", "position": f"carved Zebedee {nominal}"}]}
    for reader in (client, client_with_token(_colleague_of(incident))):
        _made(reader.post(f"{address}/items/0/readings", read))
    for event in (
        {"kind": "collected", "place": f"{house} hold", "witnesses": [{"name": f"Ada {nominal}"}]},
        {"kind": "sealed", "seal": f"{house}-1", "note": f"{nominal} looked on"},
        {"kind": "labelled"},
    ):
        _made(client.post(f"{address}/items/0/custody", event))
    package = {
        "kind": "package",
        "items": [str(incident.items.get().item_uuid)],
        "description": f"{house} crate",
    }
    exhibit = _made(client.post(f"{address}/exhibits", package))["code"]
    point = {"kind": "not_established", "reason": f"{mark} register burnt"}
    _made(client.post(f"{address}/items/0/point-of-diversion", point))
    _made(client.post("/api/v1/custody/stores", {"name": f"{house} armoury"}))
    to_us = {"to": {"agency": incident.agency.name}, "place": f"{house} gate"}
    return {
        "incident": incident.reference,
        "referral": referral,
        "case": case["reference"],
        "task": task["reference"],
        "release": release,
        "grant": grant,
        "operation": operation,
        "link": _link_to(referral, mark),
        "evidence": evidence,
        "coming": coming,
        "exhibit": exhibit,
        "handover": _made(client.post(f"/api/v1/exhibits/{exhibit}/handover", to_us))["id"],
        "holding": Holding.objects.get(exhibit__code=exhibit).holding_id,
        "obligation": owed_report(incident, what=f"{mark} report").reference,
    }


def _colleague_of(incident: Incident) -> Officer:
    """Return another officer of the incident's agency, who is cleared for it."""
    return OfficerFactory.create(agency=incident.agency, caveats=[CAVEAT])


def _link_to(reference: str, mark: str) -> int:
    """Make a link by which the referral's addressee could answer, once the letter were out; return its key."""
    referral = Referral.objects.get(reference=reference)
    made = {"recipient": f"{mark} desk", "made_at": NOW, "made_by": referral.opened_by}
    link = ReplyLink.objects.create(
        referral=referral, secret_sha256=mark, expires_at=NOW + timedelta(days=36_500), **made
    )
    return int(link.pk)


def _keys_of(officer: Officer, mark: str) -> Ids:
    """What is an officer's own: a token, a session, a notification, a filter; and a colleague who will leave."""
    params = {"reference": f"{mark} reference", "state": "delayed"}
    notify(officers=[officer], kind=NotificationKind.REPLY_RECORDED, subject=officer, params=params, at=NOW)
    return {
        "token": officer.api_tokens.get().pk,
        "session": see_session(officer=officer, seen=Seen(f"{mark} key", "192.0.2.1", f"{mark} tablet"), at=NOW).pk,
        "notification": Notification.objects.get(officer=officer, kind=NotificationKind.REPLY_RECORDED).pk,
        "filter": save_filter(officer=officer, name=f"{mark} filter", asked={}, is_shared=False, saved_at=NOW).pk,
        "officer": officer.username,
        "leaver": OfficerFactory.create(agency=officer.agency).username,
    }


def _share(compartment: Compartment, grantee: Agency, relation: Relation, *, has_expired: bool = False) -> None:
    """Grant the compartment's incident, case and referral as the relation says."""
    client = client_with_token(Officer.objects.get(username=compartment.recorder))
    level = "contribute" if Right.RECORD in relation.reach else "read"
    terms = {"agency": grantee.pk, "level": level, "with_nominal": relation.with_nominal, "reason": "asked for"}
    for thing in ("incident", "case", "referral"):
        grant = _made(client.post(f"/api/v1/{thing}s/{compartment.ids[thing]}/grants", terms))["id"]
        if has_expired:
            yesterday = timezone.now() - timedelta(days=1)
            Grant.objects.filter(pk=grant).update(shared_at=yesterday - timedelta(days=1), until_at=yesterday)


def _import_register(compartment: Compartment) -> None:
    """Put an arm with the serial number of all compartments into the agency's own register, with who holds it."""
    agency = Officer.objects.select_related("agency").get(username=compartment.recorder).agency
    house, nominal = compartment.of_agency[0], compartment.nominal_mark
    with TemporaryDirectory() as folder:
        path = written(Path(folder), f"serial,key,make,holder\n{SERIAL},{house} 7,{house} works,Zebedee {nominal}\n")
        imported(agency, path)


def _record_contact(recorder: str) -> int:
    """Put a desk on record as that officer: everybody reads it, and in other agencies nobody reads who wrote it."""
    keeper = Officer.objects.get(username=recorder)
    keeper.rights_added = [Right.MAINTAIN.value]
    stated = ContactStated(kind=ContactKind.PERMANENT_MISSION, country="IRN", office="A mission", source="a note")
    return record_contact(officer=keeper, stated=stated, recorded_at=NOW).pk


def _publish(compartment: Compartment) -> str:
    """Publish what the compartment's agency has counted; return the reference."""
    client = client_with_token(Officer.objects.get(username=compartment.recorder))
    year = Incident.objects.get(reference=compartment.ids["incident"]).occurred_first_day.year
    asked = {"statistic": "illicit-arms-flows", "year": year, "reason": f"{compartment.of_agency[0]} report"}
    return str(_made(client.post("/api/v1/statistics/publications", asked))["reference"])


def _put_caveat_on(compartment: Compartment) -> None:
    client = client_with_token(Officer.objects.get(username=compartment.recorder))
    caveats = {"caveats": [CAVEAT], "reason": "an informant is named"}
    address = f"/api/v1/incidents/{compartment.ids['incident']}/caveats"
    assert client.post(address, caveats).status_code == 200


def _made(answer: HttpResponse) -> Any:
    assert answer.status_code == 201, answer.content
    return answer.json()  # type: ignore[attr-defined]  # of the test client


def send_chunk(client: APIClient, path: str, content: bytes) -> HttpResponse:
    """Send the first chunk of a file."""
    return client.generic(
        "PATCH", path, content, content_type="application/offset+octet-stream", headers={"Upload-Offset": "0"}
    )

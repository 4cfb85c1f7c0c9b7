"""Contacts, marking practices and own registers, as officers meet them on the way to a letter."""

import json
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from cases.models import (
    AuditEntry,
    Incident,
    MarkingPractice,
    Notification,
    Officer,
    OfficerRole,
    PointOfContact,
    RegisterLookup,
    Right,
)
from cases.queries.registry_warnings import SENTENCES
from cases.registers.practice_rows import SHIPPED
from cases.services.amend_contact import confirm_contact
from tests.conftest import NOW
from tests.factories import AgencyFactory, OfficerFactory, recorded_incident
from tests.register_samples import CONTACTS, REGISTER, imported, written

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Officer], APIClient]
SERIAL = "ZQ-48213-K"
PRACTICES = r"""key,country,event,manufacturer,mark_kind,pattern,meaning,source,verified
ddr-1,DDR,manufacture,Test Works,serial,(?P<works>ZQ)-(?P<number>\d{5})-K,works=code of the works,a made-up handbook,yes
"""
DESK = {
    "kind": "national_point_of_contact",
    "country": "KEN",
    "office": "Arms desk",
    "email": "desk@agency.example",
    "languages": ["en", "sw"],
    "source": "a made-up note",
}


@pytest.fixture
def officer(officer: Officer) -> Officer:
    officer.agency.country = "DJI"
    officer.agency.save()
    return officer


def of_registries(referral: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the warnings that registries give of a referral."""
    return [each for each in referral["warnings"] if each["code"] in SENTENCES]


def with_item(officer: Officer, **changes: Any) -> Incident:
    item = {
        "category": "small_arm",
        "description": "assault rifle",
        "make": "Test Works",
        "calibre": "7.62x39",
        "country_of_manufacture": "IRN",
        "marks": [{"kind": "serial", "text": SERIAL}, {"kind": "import", "text": "KEN 2012"}],
    }
    return recorded_incident(officer, items=[{**item, **changes}])


def keeper_of(officer: Officer) -> Officer:
    return OfficerFactory.create(agency=officer.agency, role=OfficerRole.FOCAL_POINT.value)


def imported_contacts(path: Path, *options: str) -> list[dict[str, Any]]:
    said = StringIO()
    # Told at the end where rows could not be read; what could is kept.
    with suppress(CommandError):
        call_command("import_contacts", str(path), *options, stdout=said, stderr=StringIO())
    return [json.loads(line) for line in said.getvalue().splitlines()]


def test_a_desk_is_kept_by_those_who_may_read_by_all_and_every_version_stays(
    officer: Officer, client: APIClient, client_of: ClientOf
) -> None:
    keeper, stranger = client_of(keeper_of(officer)), client_of(OfficerFactory.create())

    assert client.post("/api/v1/contacts", DESK).status_code == 403
    assert keeper.post("/api/v1/contacts", {**DESK, "country": None}).json()["errors"][0]["pointer"] == "/country"
    made = keeper.post("/api/v1/contacts", DESK)
    assert made.status_code == 201, made.content
    assert (made.json()["state"], made.json()["changed_by"]) == ("never_confirmed", officer.agency.name)
    assert keeper.post("/api/v1/contacts", DESK).json()["code"] == "contact_known"

    path, etag = made["Location"], keeper.get(made["Location"])["ETag"]
    change = {"telephone": "+000", "email": None, "reason": "they have moved"}
    assert keeper.patch(path, change).status_code == 428
    assert client.patch(path, change, HTTP_IF_MATCH=etag).status_code == 403
    amended = keeper.patch(path, change, HTTP_IF_MATCH=etag)
    assert (amended.status_code, amended.json()["version"], amended.json()["email"]) == (200, 2, None)
    assert keeper.patch(path, change, HTTP_IF_MATCH=etag).status_code == 412
    wrong = keeper.patch(path, {"source": None, "reason": "x"}, HTTP_IF_MATCH=amended["ETag"])
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/source")

    assert client.post(f"{path}/confirm", {"how": "called"}).status_code == 403
    assert keeper.post(f"{path}/confirm", {"how": "called", "on": "2999-01-01"}).status_code == 422
    confirmed = keeper.post(f"{path}/confirm", {"how": "called"})
    assert (confirmed.status_code, confirmed.json()["state"], confirmed.json()["version"]) == (200, "current", 3)

    recorded, changed, held = stranger.get(f"{path}/history").json()["results"]
    assert (recorded["action"], recorded["officer"]) == ("contact.recorded", None)
    assert changed["change"] == {
        "before": {"email": "desk@agency.example", "telephone": "", "version": 1},
        "after": {"email": "", "telephone": "+000", "version": 2},
    }
    assert (changed["reason"], held["action"], held["reason"]) == ("they have moved", "contact.confirmed", "called")
    assert client.get(f"{path}/history").json()["results"][1]["officer"] is not None

    def found(query: str) -> int:
        return len(stranger.get(f"/api/v1/contacts?{query}").json()["results"])

    assert [found(query) for query in ("country=KEN&q=arms", "country=DJI", "q=arms nowhere", "")] == [1, 0, 0, 1]
    assert stranger.get("/api/v1/contacts?kind=friend").status_code == 422
    assert stranger.get("/api/v1/contacts/999999").status_code == 404


def test_contacts_are_imported_once_by_key_row_by_row_and_tried_before(officer: Officer, tmp_path: Path) -> None:
    path = written(tmp_path, CONTACTS + "national_point_of_contact,,,desk,,,,,a note\n")
    keeper = keeper_of(officer)

    tried = imported_contacts(path, "--dry-run")
    assert (len(tried), PointOfContact.objects.count()) == (3, 0)
    assert imported_contacts(path, "--officer", keeper.username) == tried
    assert tried[2] == {
        "line": 4,
        "errors": [{"column": "country", "code": "missing", "detail": "This is required."}],
    }
    assert [row["line"] for row in imported_contacts(path)] == [4]

    written(tmp_path, CONTACTS.replace("secure mail", "telephone").replace("2026-10-01", "2025-10-01"))
    assert [(row["key"], row["became"]) for row in imported_contacts(path)] == [("npc-irn", "changed")]
    desk = PointOfContact.objects.get(key="npc-irn")
    # A file from before takes no confirmation back.
    assert (desk.version, desk.channel, str(desk.confirmed_on)) == (2, "telephone", "2026-10-01")
    assert AuditEntry.objects.filter(action="contact.recorded", officer=keeper).count() == 2
    with pytest.raises(CommandError, match="role"):
        call_command("import_contacts", str(path), "--officer", officer.username)


def test_a_referral_takes_its_desk_from_the_registry_says_which_and_warns_of_what_is_wanting(
    officer: Officer, client: APIClient, tmp_path: Path
) -> None:
    keeper, other_keeper = keeper_of(officer), keeper_of(OfficerFactory.create())
    imported_contacts(written(tmp_path, CONTACTS))
    address = f"/api/v1/incidents/{with_item(officer).reference}/referrals"

    def opened(country: str, **changes: Any) -> dict[str, Any]:
        answer = client.post(address, {"addressee": {"country": country}, "language": "en", **changes})
        assert answer.status_code == 201, answer.content
        return answer.json()

    def warned(referral: dict[str, Any]) -> list[str]:
        return [each["code"] for each in of_registries(referral)]

    fresh = opened("IRN")
    assert fresh["addressee"]["contact"]["entry"] == "npc-irn"
    assert (fresh["addressee"]["contact"]["office"], fresh["addressee"]["contact"]["version"]) == ("Arms desk", 1)
    assert [(each["code"], each["lines"]) for each in of_registries(fresh)] == [("not_looked_up", [1])]
    assert "your own records were not looked up" in of_registries(fresh)[0]["detail"]
    assert json.loads(AuditEntry.objects.get(action="referral.opened").payload)["after"]["contact_entry"] == "npc-irn"

    assert warned(opened("IRN", kind="panel_request")) == ["contact_never_confirmed"]
    assert warned(opened("CHN", kind="bilateral")) == ["contact_missing"]
    named = {"addressee": {"country": "CHN", "contact": {"office": "A desk of theirs"}}}
    assert warned(opened("CHN", kind="bilateral", **named)) == []
    told = Notification.objects.filter(kind="contact_wanted")
    assert sorted(told.values_list("officer", "params__country", "params__state")) == [
        (keeper.pk, "CHN", "missing"),
        (keeper.pk, "IRN", "never_confirmed"),
    ]
    # They have it before them already.
    opened("CHN", kind="bilateral")
    assert (told.count(), told.filter(officer=other_keeper).count()) == (2, 0)

    path = f"/api/v1/referrals/{fresh['reference']}"
    # A version that only confirms the desk changes nothing in the letter; one that says otherwise does.
    desk = PointOfContact.objects.get(key="npc-irn")
    confirm_contact(officer=keeper, contact=desk, on=None, how="called", confirmed_at=NOW)
    assert warned(client.get(path).json()) == ["not_looked_up"]
    written(tmp_path, CONTACTS.replace("secure mail", "telephone"))
    imported_contacts(tmp_path / "register.csv")
    assert warned(client.get(path).json()) == ["contact_changed", "not_looked_up"]
    french = of_registries(client.get(path, HTTP_ACCEPT_LANGUAGE="fr").json())[0]["detail"]
    assert french.startswith("L’entrée npc-irn")
    # A warning refuses nothing; that it was given is kept.
    etag = client.get(path)["ETag"]
    wanted = {"why_addressee": "as marked", "intended_use": "tracing", "confidentiality": "given"}
    assert client.patch(path, wanted, HTTP_IF_MATCH=etag).status_code == 200


def test_a_look_up_finds_own_registers_and_permitted_records_and_stands_beside_the_referral(
    officer: Officer, client: APIClient, client_of: ClientOf, tmp_path: Path
) -> None:
    imported(officer.agency, written(tmp_path, REGISTER))
    imported(AgencyFactory.create(), written(tmp_path, REGISTER.replace("R 7", "THEIRS")))
    incident, earlier = with_item(officer), with_item(officer)
    foreign = with_item(OfficerFactory.create())
    address = f"/api/v1/incidents/{incident.reference}"
    referrals, item = f"{address}/referrals", f"{address}/items/0"
    wanted = {"addressee": {"country": "IRN"}, "language": "en"}
    before = client.post(referrals, wanted).json()
    assert before["own_records"] == [{"line": 1, "incident": incident.reference, "item": 0, "lookup": None}]

    answer = client.get(f"{item}/register-hits")

    assert answer.status_code == 200, answer.content
    found = answer.json()
    (hit,) = found["hits"]
    assert (hit["entry"], hit["kind"], hit["line"], hit["version"]) == ("R 7", "national", 2, 1)
    assert (hit["holder"], hit["holder_withheld"], hit["country"]) == ("Zebedee Holder", False, "KEN")
    assert (hit["agrees"], hit["differs"]) == (["make", "calibre"], [])
    assert found["incidents"] == [{"reference": earlier.reference, "item": 0, "serial": SERIAL}]
    assert (found["registers"][0]["version"], found["registers"][0]["is_complete"]) == (1, True)
    assert foreign.reference not in answer.content.decode()
    assert "THEIRS" not in answer.content.decode()

    after = client.get(f"/api/v1/referrals/{before['reference']}").json()
    (line,) = after["own_records"]
    assert (line["lookup"]["hits"][0]["entry"], line["lookup"]["incidents"]) == ("R 7", [earlier.reference])
    assert line["lookup"]["is_current"]
    assert [each["code"] for each in of_registries(after)] == ["contact_missing", "in_own_register"]
    told = AuditEntry.objects.get(action="register.looked_up")
    assert (told.incident, told.officer, "R 7" in told.payload) == (incident, officer, False)
    assert "Zebedee" not in json.dumps(RegisterLookup.objects.values_list("hits", flat=True)[0])

    analyst = OfficerFactory.create(agency=officer.agency, analyst=True)
    withheld = client_of(analyst).get(f"{item}/register-hits").json()["hits"][0]
    assert (withheld["holder"], withheld["holder_address"], withheld["holder_withheld"]) == (None, None, True)
    assert Right.SEE_NOMINAL not in analyst.rights
    assert client_of(OfficerFactory.create()).get(f"{item}/register-hits").status_code == 404


def test_whom_to_ask_is_proposed_by_marks_practices_and_registers_with_reasons_and_cautions(
    officer: Officer, client: APIClient, client_of: ClientOf, tmp_path: Path
) -> None:
    for path in (SHIPPED, written(tmp_path, PRACTICES, "practices.csv")):
        call_command("import_marking_practices", str(path), stdout=StringIO(), stderr=StringIO())
    assert MarkingPractice.objects.count() == 3
    imported_contacts(written(tmp_path, CONTACTS))
    imported(officer.agency, written(tmp_path, REGISTER))
    incident = with_item(officer)

    answer = client.get(f"/api/v1/incidents/{incident.reference}/items/0/whom-to-ask")

    assert answer.status_code == 200, answer.content
    by_country = {each["country"]: each for each in answer.json()["results"]}
    assert list(by_country) == ["KEN", "DDR", "IRN"]
    works = by_country["DDR"]["marks"][0]
    assert (works["practice"], works["confidence"], works["mark"]) == ("ddr-1", "medium", SERIAL)
    assert works["parts"][0] == {"name": "works", "text": "ZQ", "meaning": "code of the works"}
    assert [caution["code"] for caution in by_country["DDR"]["cautions"]] == ["former_state"]
    assert [reason["code"] for reason in by_country["KEN"]["why"]] == ["last_holder"]
    assert by_country["KEN"]["marks"][0]["event"] == "import"
    assert [caution["code"] for caution in by_country["IRN"]["cautions"]] == ["stock_only", "other_maker"]
    assert by_country["IRN"]["contact"] == {"state": "current", "entry": "npc-irn"}
    assert by_country["KEN"]["contact"] == {"state": "missing", "entry": None}
    assert AuditEntry.objects.filter(action="whom_to_ask.viewed", incident=incident).count() == 1

    shown = client.get("/api/v1/marking-practices?country=DDR").json()["results"]
    assert [(each["key"], each["verified"]) for each in shown] == [("ddr-1", True)]
    assert client.get("/api/v1/marking-practices?event=theft").status_code == 422
    stranger = client_of(OfficerFactory.create())
    assert stranger.get(f"/api/v1/incidents/{incident.reference}/items/0/whom-to-ask").status_code == 404

from datetime import timedelta

import pytest

from cases.models import CustodyEvent, Holding, Officer, OfficerRole
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(officer: Officer):
    return recorded_incident(officer)


@pytest.fixture
def items(incident):
    return f"/api/v1/incidents/{incident.reference}/items/0"


def test_a_chain_is_recorded_event_by_event_and_read_with_its_gaps(client, items):
    for event in (
        {"kind": "collected", "at": "2026-11-20T10:00+03:00", "place": "quay 4"},
        {"kind": "sealed", "at": "2026-11-20T11:00+03:00", "seal": "A1"},
        {"kind": "opened", "at": "2026-11-20", "seal": "B7", "note": "for the laboratory"},
    ):
        answer = client.post(f"{items}/custody", event)
        assert answer.status_code == 201, answer.content

    chain = client.get(f"{items}/custody").json()
    assert [event["kind"] for event in chain["events"]] == ["collected", "sealed", "opened"]
    assert [(gap["code"], gap["number"]) for gap in chain["gaps"]] == [("seal_differs", 3)]
    assert chain["gaps"][0]["text"] == "The seal found is B7; the record has A1."
    assert chain["holding"]["status"] == "held"
    assert chain["events"][0]["at"] == "2026-11-20T10:00+03:00"


def test_what_is_missing_is_named_at_its_place(client, items):
    client.post(f"{items}/custody", {"kind": "collected"})
    answer = client.post(f"{items}/custody", {"kind": "destroyed", "witnesses": [{"name": "Ada Witness"}]})

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/certificate", "/witnesses"]


def test_a_refusal_says_the_remedy_in_the_language_of_the_reader(client, items):
    client.post(f"{items}/custody", {"kind": "collected"})
    answer = client.post(f"{items}/custody", {"kind": "collected"}, HTTP_ACCEPT_LANGUAGE="fr")

    assert (answer.status_code, answer.json()["code"]) == (409, "already_collected")
    assert answer.json()["detail"].startswith("L’objet est déjà sous garde")


def test_an_event_in_the_future_is_refused(client, items):
    answer = client.post(f"{items}/custody", {"kind": "collected", "at": "2190-01-01"})

    assert answer.json()["errors"][0]["code"] == "in_the_future"


@pytest.mark.parametrize("kind", ["handed_over", "accepted", "sampled", "packed"])
def test_what_has_a_call_of_its_own_is_not_recorded_by_hand(client, items, kind):
    assert client.post(f"{items}/custody", {"kind": kind}).status_code == 422


@pytest.mark.parametrize(
    ("to", "pointer"),
    [
        ({"officer": "no-such-officer"}, "/to/officer"),
        ({"agency": "No Such Agency"}, "/to/agency"),
        ({"store": "0b8c2b53-52f5-4a2c-8f5e-7f1c33a4a001"}, "/to/store"),
        ({"person": "A Person"}, "/to"),
        ({"person": "A Person", "agency": "x"}, "/to"),
        ({}, "/to"),
    ],
)
def test_a_receiver_who_cannot_accept_is_named(client, items, to, pointer):
    client.post(f"{items}/custody", {"kind": "collected"})

    answer = client.post(f"{items}/handover", {"to": to})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


def test_an_item_goes_to_another_agency_which_learns_of_it_and_of_nothing_else(client, client_of, incident, items):
    receiver = OfficerFactory.create()
    theirs = client_of(receiver)
    client.post(f"{items}/custody", {"kind": "collected"})
    to = {"agency": receiver.agency.name, "officer": receiver.username}
    offer = client.post(f"{items}/handover", {"to": to, "seal": "A1"}).json()

    waiting = theirs.get("/api/v1/handovers").json()["results"]
    assert [(each["id"], each["incident"], each["item"]["category"]) for each in waiting] == [
        (offer["id"], None, "ammunition")
    ]
    accepted = theirs.post(f"/api/v1/handovers/{offer['id']}/accept", {"seal": "A1", "place": "their post"})
    assert accepted.status_code == 200, accepted.content
    assert theirs.get("/api/v1/handovers").json()["results"] == []

    (held,) = theirs.get("/api/v1/custody/inventory?holder=me").json()["results"]
    assert (held["incident"], held["place"], held["holder"]["officer"]) == (None, "their post", receiver.username)
    chain = theirs.get(f"/api/v1/custody/{held['id']}")
    assert incident.reference not in chain.content.decode()
    assert [event["kind"] for event in chain.json()["events"]] == ["collected", "handed_over", "accepted"]
    assert theirs.post(f"/api/v1/custody/{held['id']}", {"kind": "examined"}).status_code == 201
    assert theirs.get(f"/api/v1/incidents/{incident.reference}").status_code == 404
    # Whose record it is still sees where it went.
    ours = client.get("/api/v1/custody/inventory").json()
    assert [(row["incident"], row["status"]) for row in ours["results"]] == [(incident.reference, "transferred")]


def test_a_handover_is_no_ones_business_but_the_two_of_them(client, client_of, officer, items):
    receiver, onlooker = OfficerFactory.create(agency=officer.agency), OfficerFactory.create(agency=officer.agency)
    client.post(f"{items}/custody", {"kind": "collected"})
    offer = client.post(f"{items}/handover", {"to": {"officer": receiver.username}}).json()["id"]

    assert client_of(onlooker).post(f"/api/v1/handovers/{offer}/accept", {}).status_code == 404
    assert client_of(onlooker).get("/api/v1/handovers").json()["results"] == []
    assert client.post(f"/api/v1/handovers/{offer}/accept", {}).status_code == 409
    assert client.post(f"/api/v1/handovers/{offer}/decline", {"note": "wrong name"}).status_code == 200
    late = client_of(receiver).post(f"/api/v1/handovers/{offer}/accept", {})
    assert (late.status_code, late.json()["code"]) == (409, "no_open_handover")


def test_a_handover_that_lapsed_is_not_listed(client, client_of, officer, items, settings):
    settings.CUSTODY_HANDOVER_EXPIRES = timedelta(seconds=-1)
    receiver = OfficerFactory.create(agency=officer.agency)
    client.post(f"{items}/custody", {"kind": "collected"})
    offer = client.post(f"{items}/handover", {"to": {"officer": receiver.username}}).json()["id"]

    assert client_of(receiver).get("/api/v1/handovers").json()["results"] == []
    assert client_of(receiver).post(f"/api/v1/handovers/{offer}/accept", {}).status_code == 409


def test_the_inventory_is_asked_by_holder_store_status_and_label(client, officer):
    store = client.post("/api/v1/custody/stores", {"name": "armoury", "place": "cellar"}).json()
    paths = [f"/api/v1/incidents/{recorded_incident(officer).reference}/items/0" for _ in range(3)]
    for path in paths:
        client.post(f"{path}/custody", {"kind": "collected"})
    label = client.post(f"{paths[0]}/custody", {"kind": "labelled"}).json()["code"]
    client.post(f"{paths[1]}/custody", {"kind": "stored", "holder": {"store": store["id"]}})

    def found(query):
        page = client.get(f"/api/v1/custody/inventory?{query}").json()
        return len(page["results"]), page["counts"]

    assert found("") == (3, {"held": 2, "stored": 1})
    assert found("holder=me") == (2, {"held": 2})
    assert found("holder=agency") == (3, {"held": 2, "stored": 1})
    assert found("holder=nobody") == (0, {})
    assert found(f"store={store['id']}") == (1, {"stored": 1})
    assert found("status=held") == (2, {"held": 2})
    assert found(f"label={label}") == (1, {"held": 1})
    page = client.get("/api/v1/custody/inventory?page_size=2").json()
    assert (len(page["results"]), len(client.get(page["next"]).json()["results"])) == (2, 1)
    assert client.get("/api/v1/custody/inventory?status=eaten").status_code == 422
    assert client.get("/api/v1/custody/inventory?store=cellar").status_code == 422


def test_names_are_for_those_who_may_see_them(client, client_of, officer, items):
    witnesses = [{"name": "Ada Witness", "role": "armourer"}]
    client.post(f"{items}/custody", {"kind": "collected", "witnesses": witnesses, "note": "told by Ben Informer"})
    client.post(f"{items}/custody", {"kind": "returned", "holder": {"person": "Cy Owner"}})
    analyst = client_of(OfficerFactory.create(agency=officer.agency, role=OfficerRole.ANALYST.value))

    assert "Ada Witness" in client.get(f"{items}/custody").content.decode()
    seen = analyst.get(f"{items}/custody").content.decode()
    assert [name for name in ("Ada", "Ben", "Cy Owner") if name in seen] == []
    assert analyst.get(f"{items}/custody").json()["events"][0]["names_withheld"] is True


def test_an_exhibit_is_made_labelled_and_handed_over(client, incident, items):
    client.post(f"{items}/custody", {"kind": "collected"})
    item = str(incident.items.get().item_uuid)
    made = client.post(
        f"/api/v1/incidents/{incident.reference}/exhibits", {"kind": "package", "items": [item], "seal": "A1"}
    )

    assert made.status_code == 201, made.content
    unknown = {"kind": "sample", "items": [item, "0b8c2b53-52f5-4a2c-8f5e-7f1c33a4a001"]}
    refused = client.post(f"/api/v1/incidents/{incident.reference}/exhibits", unknown)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/items/1")
    code = made.json()["code"]
    assert client.get(made["Location"]).json()["items"] == [item]
    assert [row["code"] for row in client.get("/api/v1/exhibits").json()["results"]] == [code]
    chain = client.get(f"/api/v1/exhibits/{code}/custody").json()
    assert ([event["kind"] for event in chain["events"]], chain["seals"]) == (["collected", "sealed"], ["A1"])
    assert client.get(f"{items}/custody").json()["holding"]["packed_in"] == code


@pytest.mark.parametrize(
    ("wanted", "begins", "media_type"),
    [("png", b"\x89PNG", "image/png"), ("svg", b"<?xml", "image/svg+xml"), ("pdf", b"%PDF", "application/pdf")],
)
def test_a_label_is_printed_and_holds_the_code_alone(client, items, wanted, begins, media_type):
    assert client.get(f"{items}/label").status_code == 404
    client.post(f"{items}/custody", {"kind": "labelled"})

    label = client.get(f"{items}/label?format={wanted}")
    assert (label.status_code, label["Content-Type"]) == (200, media_type)
    assert label.content.startswith(begins)
    assert label.content == client.get(f"{items}/label?format={wanted}").content
    assert b"rockets" not in label.content
    assert client.get(f"{items}/label?format=gif").status_code == 422


def test_an_officers_own_code_is_not_printed_as_ours(client, items):
    client.post(f"{items}/custody", {"kind": "labelled", "code": "AK of the mayor"})

    assert client.get(f"{items}/label").status_code == 404


def test_the_same_request_twice_is_one_event(client, items):
    for _ in range(2):
        answer = client.post(f"{items}/custody", {"kind": "collected"}, HTTP_IDEMPOTENCY_KEY="one")
        assert answer.status_code == 201

    assert CustodyEvent.objects.count() == 1
    assert Holding.objects.get().since > NOW - timedelta(days=100_000 // 24)

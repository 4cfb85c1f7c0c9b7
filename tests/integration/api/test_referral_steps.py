"""The steps of a letter over HTTP, and its sendings."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from cases.models import Officer, OfficerRole
from tests.letters import COMPLETE, RIFLE, colleague, found_arms, writer

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Officer], APIClient]
ASK = {
    **{name: value for name, value in COMPLETE.items() if name != "addressee_contact"},
    "addressee": {"country": "IRN", "contact": COMPLETE["addressee_contact"]},
    "language": "en",
    "kind": "bilateral",
    "reply_requested_by": "2027-01-31",
}


def test_a_letter_goes_through_two_hands_and_out(client_of: ClientOf) -> None:
    drafter = writer()
    client, approver = client_of(drafter), client_of(colleague(drafter))
    incident = found_arms(drafter)
    draft = client.post(f"/api/v1/incidents/{incident.reference}/referrals", ASK).json()
    path = f"/api/v1/referrals/{draft['reference']}"

    early = client.post(f"{path}/send", {"channel": "by_hand"})
    checked = client.post(f"{path}/check")
    own = client.post(f"{path}/approve")
    approved = approver.post(f"{path}/approve", {})
    issued = client.post(f"{path}/issue")
    queued = client.post(f"{path}/send", {"channel": "file_drop"})
    twice = client.post(f"{path}/send", {"channel": "file_drop"})
    refused = client.post(f"{path}/send", {"channel": "https", "address": "http://127.0.0.1/"})
    by_hand = client.post(f"{path}/send", {"channel": "by_hand"})

    assert [early.status_code, early.json()["code"]] == [409, "illegal_transition"]
    assert (own.status_code, own.json()["code"]) == (403, "approver_needed")
    states = [answer.json()["state"] for answer in (checked, approved, issued)]
    assert states == ["checked", "approved", "issued"]
    assert issued.json()["approved"]["by"] != issued.json()["checked"]["by"] == drafter.username
    assert len(issued.json()["sha256"]) == 64
    assert (queued.status_code, queued.json()["state"], queued.json()["waits"]) == (201, "queued", None)
    assert (twice.status_code, twice.json()["code"]) == (409, "already_queued")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "not_a_push_address")
    assert by_hand.json()["state"] == "sent"
    assert client.get(path).json()["state"] == "sent"
    dispatches = client.get(f"{path}/dispatches").json()["results"]
    assert [entry["id"] for entry in dispatches] == [by_hand.json()["id"], queued.json()["id"]]
    acts = [entry["action"] for entry in client.get(f"{path}/history").json()["results"]]
    assert acts[-3:] == ["referral.dispatch_queued", "referral.dispatch_queued", "referral.dispatched"]


def test_drafts_warn_in_the_readers_words_and_a_supervisor_says_why(client_of: ClientOf) -> None:
    supervisor = writer(OfficerRole.SUPERVISOR)
    client = client_of(supervisor)
    incident = found_arms(supervisor, items=[{**RIFLE, "year_of_manufacture": 1890}])
    draft = client.post(f"/api/v1/incidents/{incident.reference}/referrals", ASK).json()
    path = f"/api/v1/referrals/{draft['reference']}"

    (warning,) = draft["warnings"]
    assert (warning["code"], warning["lines"], warning["needs_supervisor"]) == ("antique", [1], True)
    (in_french,) = client.get(path, HTTP_ACCEPT_LANGUAGE="fr").json()["warnings"]
    assert in_french["detail"] != warning["detail"]
    stopped = client.post(f"{path}/issue")
    assert (stopped.status_code, stopped.json()["code"]) == (409, "do_not_trace")
    issued = client.post(f"{path}/issue", {"override_reason": "a copy of our time"})
    assert issued.json()["override"] == {
        "warnings": ["antique"],
        "reason": "a copy of our time",
        "by": supervisor.username,
    }
    assert issued.json()["warnings"] == []


def test_a_letter_is_superseded_and_withdrawn_with_a_reason(client_of: ClientOf) -> None:
    client = client_of(writer(OfficerRole.SUPERVISOR))
    incident = found_arms(Officer.objects.get())
    draft = client.post(f"/api/v1/incidents/{incident.reference}/referrals", ASK).json()
    path = f"/api/v1/referrals/{draft['reference']}"
    assert client.post(f"{path}/supersede").status_code == 409
    client.post(f"{path}/issue")

    later = client.post(f"{path}/supersede")
    later_path = f"/api/v1/referrals/{later.json()['reference']}"
    assert (later.status_code, later["Location"], later.json()["supersedes"]) == (201, later_path, draft["reference"])
    assert client.post(f"{later_path}/issue").status_code == 200
    superseded = client.get(path).json()
    assert (superseded["state"], superseded["superseded_by"]) == ("superseded", later.json()["reference"])
    bare = client.post(f"{later_path}/withdraw", {"reason": " "})
    withdrawn = client.post(f"{later_path}/withdraw", {"reason": "sent to the wrong desk"})
    assert [bare.status_code, withdrawn.status_code] == [422, 200]
    assert withdrawn.json()["withdrawn"]["reason"] == "sent to the wrong desk"
    assert b"%PDF" in client.get(f"{later_path}/document").content


def test_one_draft_a_state_from_an_incident(client_of: ClientOf) -> None:
    supervisor = writer(OfficerRole.SUPERVISOR)
    items = [{**RIFLE, "country_of_manufacture": "CHN"}, RIFLE, {**RIFLE, "country_of_manufacture": "CSK"}]
    path = f"/api/v1/incidents/{found_arms(supervisor, items=items).reference}/referrals/by-state"
    client = client_of(supervisor)

    made, again = client.post(path, {"language": "fr"}), client.post(path, {"language": "fr"})

    assert made.status_code == 201
    asked = {draft["addressee"]["country"]: draft["items"] for draft in made.json()["referrals"]}
    assert asked == {"CHN": [0], "IRN": [1]}
    assert made.json()["left_out"] == [{"country": "CSK", "item": 2, "why": "former_state"}]
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_ask")

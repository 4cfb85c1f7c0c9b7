"""Links by which addressees answer: they open one letter as it was released, until they end."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from cases.errors import ReplyLinkInvalid, TooManyAttempts
from cases.intake.problems import SENTENCES
from cases.models import AuditEntry, Notification, Officer, Referral, ReplyLink
from cases.services.take_attempt import LINK_USED, WRONG_LINK, Limit, take_attempt
from cases.tracing.completeness import LETTER_LANGUAGES
from console import reply_words
from tests.conftest import NOW
from tests.factories import OfficerFactory, recorded_incident
from tests.sent_referrals import sent

pytestmark = pytest.mark.django_db

SMUGGLER = "Ada Nobody-Atall"
RECORD: dict[str, Any] = {
    "items": [{"category": "small_arm", "marks": [{"kind": "serial", "text": "03-A 0771", "state": "intact"}]}],
    "parties": [{"role": "master", "kind": "person", "name": SMUGGLER}],
    "circumstances": f"{SMUGGLER} was at the helm.",
    "reference": "OUR-FILE-4711",
}
ANSWER = {"state": "answered_partial", "text": "<b>sold</b>", "their_reference": "R/9"}
STEP = {"kind": "export", "from_country": "CHN", "to_country": "SDN", "on": "2006"}


@pytest.fixture
def referral(officer: Officer) -> Referral:
    """A referral in French whose letter is out."""
    return sent(officer, recorded_incident(officer, **RECORD), language="fr")


@pytest.fixture
def made(client: APIClient, referral: Referral) -> dict[str, Any]:
    """A link to it."""
    path = f"/api/v1/referrals/{referral.reference}/reply-links"
    answer = client.post(path, {"recipient": "Bureau du traçage", "days": 10_000 // 28})
    assert answer.status_code == 201, answer.json()
    return dict(answer.json())


def holder(secret: str) -> APIClient:
    """Return the client of somebody who has the secret and no account."""
    outside = APIClient(raise_request_exception=False)
    outside.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    outside.default_format = "json"
    return outside


def test_the_page_shows_the_released_letter_and_takes_the_reply(
    referral: Referral, made: dict[str, Any], officer: Officer
) -> None:
    outside, path = Client(), f"/reply/{made['secret']}/"

    page = outside.get(path)
    letter = outside.get(f"{path}letter.pdf")
    empty = outside.post(path, {"state": "refused", "actor-1": "Test Arms Works"})
    fields = {f"{name}-1": value for name, value in STEP.items()}
    taken = outside.post(path, ANSWER | fields)
    thanks = outside.get(taken["Location"])

    text = page.content.decode()
    assert page.status_code == 200
    assert ("03-A 0771" in text, "Réponse à une demande de traçage" in text, 'lang="fr"' in text) == (True, True, True)
    assert not [word for word in (SMUGGLER, "OUR-FILE-4711", officer.username) if word in text]
    assert letter.content.startswith(b"%PDF-")
    assert empty.status_code == 422
    assert "Test Arms Works" in empty.content.decode()
    assert "Votre réponse a été enregistrée" in thanks.content.decode()
    referral.refresh_from_db()
    reply = referral.replies.get()
    assert (referral.state, reply.text, reply.via_link_id, reply.recorded_by) == (
        "answered_partial",
        "<b>sold</b>",
        made["id"],
        None,
    )
    assert [(step.kind, step.to_country) for step in reply.steps.all()] == [("export", "SDN")]
    told = AuditEntry.objects.get(action="referral.answered", object_reference=referral.reference)
    assert (told.officer, told.through) == (None, f"reply link {made['id']}")
    assert Notification.objects.filter(officer=officer, kind="reply_recorded").count() == 1


def test_the_page_is_whole_in_each_language_of_letters(made: dict[str, Any]) -> None:
    outside, path = Client(), f"/reply/{made['secret']}/"
    step = {
        "kind-2": "export",
        "from_country-2": "CHN",
        "to_country-2": "CHN",
        "on-2": "yesterday",
        "actor-3": "A works",
    }
    wrong = {"state": "refused", "forwarded_to": "Eritrea", **step}
    said = {*reply_words.TEXTS.values(), *reply_words.WORDS.values(), *SENTENCES.values()}
    # Of each sentence what stands between blanks; a single word may be the same in another language.
    english = {piece for piece in (max(re.split(r"{\w+}", text), key=len).strip() for text in said) if " " in piece}
    # A step is told by its number on the form, though the first was left empty.
    second = {
        "en": "Step 2 · When",
        "fr": "Étape 2",
        "ru": "Этап 2",
        "ar": "المرحلة 2",
        "zh": "环节 2",
        "es": "Etapa 2",
    }

    for language in LETTER_LANGUAGES:
        shown = outside.get(f"{path}?language={language}").content.decode()
        refused = outside.post(f"{path}?language={language}", wrong)
        told = unescape(refused.content.decode())

        assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in shown
        assert shown.count("hreflang=") == len(LETTER_LANGUAGES)
        assert refused.status_code == 422
        assert second[language] in told
        assert "ERI" in told
        assert (language == "en") == any(piece in told for piece in english), language


def test_the_api_shows_the_same_and_no_more(client: APIClient, referral: Referral, made: dict[str, Any]) -> None:
    outside = holder(made["secret"])

    letter = outside.get("/api/v1/addressed-referral").json()
    answers = [
        outside.post("/api/v1/addressed-referral/replies", ANSWER | {"steps": [STEP]}),
        outside.post("/api/v1/addressed-referral/replies", {"state": "acknowledged"}),
        outside.post("/api/v1/addressed-referral/replies", {"state": "refused"}),
        outside.post("/api/v1/addressed-referral/replies", ANSWER | {"documents": []}),
    ]

    assert letter["letter"]["reference"] == referral.reference
    assert SMUGGLER not in str(letter)
    assert [answer.status_code for answer in answers] == [201, 409, 422, 422]
    # What came before is not told, not even by a refusal.
    assert answers[1].json()["code"] == "reply_out_of_order"
    assert "partial" not in answers[1].content.decode()
    shown = client.get(f"/api/v1/referrals/{referral.reference}").json()["replies"]
    assert [(reply["via_link"]["recipient"], reply["recorded_by"]) for reply in shown] == [("Bureau du traçage", None)]
    # It opens nothing that officers open, and officers' tokens do not open it.
    assert outside.get(f"/api/v1/referrals/{referral.reference}").status_code == 401
    assert client.get("/api/v1/addressed-referral").status_code == 401


def test_a_link_ends_when_its_day_comes_and_when_it_is_revoked(
    client: APIClient, client_of: Callable[[Officer], APIClient], referral: Referral, made: dict[str, Any]
) -> None:
    outside, page = holder(made["secret"]), f"/reply/{made['secret']}/"
    path = f"/api/v1/referrals/{referral.reference}/reply-links"

    def opens() -> list[int]:
        return [outside.get("/api/v1/addressed-referral").status_code, Client().get(page).status_code]

    assert opens() == [200, 200]
    link = ReplyLink.objects.get()
    assert made["secret"] not in str(link.__dict__)
    ReplyLink.objects.update(made_at=NOW - timedelta(days=400), expires_at=NOW - timedelta(days=300))
    assert opens() == [401, 410]
    ReplyLink.objects.update(expires_at=link.expires_at)
    assert opens() == [200, 200]
    colleague = client_of(OfficerFactory.create(analyst=True, agency=referral.agency))
    assert colleague.post(f"/api/v1/reply-links/{made['id']}/revoke").status_code == 403
    assert client.post(f"/api/v1/reply-links/{made['id']}/revoke").status_code == 200
    assert opens() == [401, 410]
    assert client.get(path).json()["results"][0]["revoked_by"] is not None
    actions = AuditEntry.objects.filter(object_reference=referral.reference).values_list("action", flat=True)
    assert {"referral.link_made", "referral.link_revoked", "referral.viewed"} <= set(actions)


@pytest.mark.parametrize("name", ["", "letter.pdf"])
def test_a_link_that_opens_nothing_says_so_in_each_language_of_letters(made: dict[str, Any], name: str) -> None:
    outside, dead = Client(), f"/reply/no-such-secret/{name}"
    sentence = ReplyLinkInvalid.sentence
    told = set()

    for language in LETTER_LANGUAGES:
        answer = outside.get(f"{dead}?language={language}", HTTP_ACCEPT_LANGUAGE="fr")
        page = unescape(answer.content.decode())
        assert answer.status_code == 410
        # A moment in a header would tell two dead links apart by the second in which each was tried.
        assert answer["Cache-Control"] == "no-store"
        assert not answer.has_header("Expires")
        assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
        assert page.count("hreflang=") == len(LETTER_LANGUAGES)
        assert (language == "en") == (sentence in page) == (reply_words.TEXTS["title"] in page)
        assert not any(word in page for word in ("no-such-secret", "Sign in", "Back to the beginning"))
        told.add(page)
    assert len(told) == len(LETTER_LANGUAGES)
    # Without a word in the address, the reader's own.
    for asked, language in (("zh-CN", "zh"), ("ru, en;q=0.5", "ru"), ("de", "en"), ("", "en")):
        assert f'lang="{language}"' in outside.get(dead, HTTP_ACCEPT_LANGUAGE=asked).content.decode()


def test_too_many_guesses_are_told_in_the_readers_language_too(made: dict[str, Any]) -> None:
    for _ in range(WRONG_LINK.attempts):
        take_attempt(counted=[(WRONG_LINK, "127.0.0.1")], at=timezone.now())

    refused = Client().get("/reply/no-such-secret/?language=es")

    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert 'lang="es"' in refused.content.decode()
    assert TooManyAttempts.sentence[:20] not in refused.content.decode()


def test_a_draft_gets_no_link(client: APIClient, officer: Officer) -> None:
    incident = recorded_incident(officer, **RECORD)
    draft = client.post(
        f"/api/v1/incidents/{incident.reference}/referrals", {"addressee": {"country": "CHN"}, "language": "fr"}
    ).json()["reference"]

    assert client.post(f"/api/v1/referrals/{draft}/reply-links", {"recipient": "a desk"}).status_code == 409


def test_guesses_and_uses_are_counted(made: dict[str, Any]) -> None:
    at, wrong = timezone.now(), holder("wrong")

    def tried(limit: Limit, whose: str) -> None:
        for _ in range(limit.attempts - 1):
            take_attempt(counted=[(limit, whose)], at=at)

    tried(WRONG_LINK, "127.0.0.1")
    guesses = [wrong.get("/api/v1/addressed-referral").status_code for _ in range(2)]
    tried(LINK_USED, str(made["id"]))
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    used = [holder(made["secret"]).get("/api/v1/addressed-referral", **elsewhere) for _ in range(2)]

    assert guesses == [401, 429]
    assert [answer.status_code for answer in used] == [200, 429]
    assert int(used[-1]["Retry-After"]) > 0

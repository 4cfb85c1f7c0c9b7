"""Coming in: by password, with a second factor, by the State's own provider, and never by guessing."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as live
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from oidc_provider_mock import run_server_in_thread
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from cases.models import AttemptCount, AuditEntry, Officer, OfficerRole, OfficerSession, RowChange
from cases.services.issue_sign_in_link import issue_sign_in_link
from tests.authenticator_app import code_of
from tests.factories import PASSWORD, AgencyFactory, OfficerFactory
from tests.security_key import SecurityKey

pytestmark = pytest.mark.django_db

ORIGIN = "http://localhost:8000"


def enter(client: Client, name: str, password: str = PASSWORD, **extra: str):
    return client.post("/sign-in/", {"login": name, "password": password}, **extra)


def is_in(client: Client) -> bool:
    return client.get("/incidents/").status_code == 200


def asked(page: HttpResponse) -> dict[str, Any]:
    """Return what a page asks of a security key."""
    data = re.search(r'<script id="js_data"[^>]*>(.*?)</script>', page.content.decode(), re.DOTALL)
    assert data is not None
    return json.loads(data[1])


@pytest.fixture
def app_secret(person: Officer) -> str:
    """The secret of the officer's authenticator app."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def test_name_and_password_let_in_and_begin_a_session_that_is_told(visitor: Client, person: Officer) -> None:
    answer = enter(visitor, person.username, HTTP_USER_AGENT="Tablet 7", REMOTE_ADDR="192.0.2.7")

    assert (answer.status_code, answer["Location"]) == (302, "/incidents/")
    assert visitor.get("/incidents/", HTTP_USER_AGENT="Tablet 7", REMOTE_ADDR="192.0.2.7").status_code == 200
    session = OfficerSession.objects.get()
    assert (session.officer, session.device, session.address, session.methods) == (
        person,
        "Tablet 7",
        "192.0.2.7",
        "password",
    )
    assert visitor.session.session_key not in str(OfficerSession.objects.values())
    assert AuditEntry.objects.filter(action="session.begun", officer=person).exists()


def test_who_mistypes_has_left_or_never_was_is_answered_alike(visitor: Client, person: Officer) -> None:
    gone = OfficerFactory.create(is_active=False)
    gone.set_password(PASSWORD)
    gone.save()
    left = OfficerFactory.create(agency=AgencyFactory.create(is_active=False))
    left.set_password(PASSWORD)
    left.save()

    tried = [(person.username, "wrong"), (gone.username, PASSWORD), (left.username, PASSWORD), ("nobody", "wrong")]
    answers = [enter(visitor, *each) for each in tried]

    said = {re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers}
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len(said) == 1
    assert not is_in(visitor)


def test_guessing_ends_with_a_pause_that_the_right_password_waits_for_as_well(visitor: Client, person: Officer) -> None:
    colleague = OfficerFactory.create()
    colleague.set_password(PASSWORD)
    colleague.save()

    wrong = [enter(visitor, person.username, f"wrong {number}").status_code for number in range(5)]
    sixth, right = enter(visitor, person.username, "wrong"), enter(visitor, person.username)

    assert wrong == [200] * 5
    assert [sixth.status_code, right.status_code] == [429, 429]
    assert 0 < int(right["Retry-After"]) <= 901
    assert "try again in 15 min" in right.content.decode()
    french = visitor.post(
        "/sign-in/", {"login": person.username, "password": PASSWORD}, HTTP_ACCEPT_LANGUAGE="fr"
    ).content.decode()
    assert "Trop de tentatives" in french
    assert enter(Client(), colleague.username).status_code == 302
    assert enter(visitor, person.username.upper()).status_code == 429

    AttemptCount.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert enter(visitor, person.username).status_code == 302


def test_a_name_that_nobody_has_is_counted_like_any_other(visitor: Client) -> None:
    answers = [enter(visitor, "nobody", "wrong").status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]


def test_one_address_may_not_try_one_name_after_another(visitor: Client, person: Officer) -> None:
    answers = [enter(visitor, f"name-{number}", "wrong", REMOTE_ADDR="192.0.2.9").status_code for number in range(51)]

    assert answers == [200] * 50 + [429]
    assert enter(Client(), person.username, REMOTE_ADDR="192.0.2.9").status_code == 429
    assert enter(Client(), person.username, REMOTE_ADDR="192.0.2.10").status_code == 302


def test_a_forwarded_address_counts_only_from_our_own_proxy(settings: Settings, person: Officer) -> None:
    client = Client()
    for trusted, expected in ((0, "127.0.0.1"), (1, "203.0.113.5")):
        settings.TRUSTED_PROXIES = trusted
        client = Client()
        enter(client, person.username, HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.5")
        client.get("/incidents/", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.5")
        assert OfficerSession.objects.order_by("-pk")[0].address == expected


def test_a_session_key_known_before_signing_in_is_worth_nothing_after(visitor: Client, person: Officer) -> None:
    visitor.get("/sign-in/")
    session = visitor.session
    session["planted"] = "by an attacker"
    session.save()
    planted = session.session_key
    visitor.cookies["sessionid"] = planted

    enter(visitor, person.username)

    assert visitor.cookies["sessionid"].value != planted
    attacker = Client()
    attacker.cookies["sessionid"] = planted
    assert not is_in(attacker)


def test_signing_in_needs_our_own_form(person: Officer) -> None:
    assert enter(Client(enforce_csrf_checks=True), person.username).status_code == 403


def test_nobody_signs_up_and_no_page_of_accounts_is_left_open(visitor: Client) -> None:
    for path in ("/account/signup/", "/accounts/signup/", "/account/password/reset/", "/account/email/"):
        assert visitor.get(path).status_code == 404, path
        assert visitor.post(path).status_code == 404, path


def test_an_onward_address_stays_on_this_server(visitor: Client, person: Officer) -> None:
    answer = visitor.post(
        "/sign-in/?next=https://evil.example/",
        {"login": person.username, "password": PASSWORD, "next": "//evil.example"},
    )

    assert "evil" not in answer["Location"]


def test_the_administration_has_no_door_of_its_own(visitor: Client) -> None:
    answer = visitor.post("/admin/login/", {"username": "root", "password": "guess"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


def test_the_code_of_an_app_is_asked_after_the_password(visitor: Client, person: Officer, app_secret: str) -> None:
    answer = enter(visitor, person.username)
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert not is_in(visitor)

    assert visitor.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert not is_in(visitor)
    visitor.post("/account/2fa/authenticate/", {"code": code_of(app_secret)})

    assert is_in(visitor)
    assert OfficerSession.objects.get().methods == "mfa,password"
    assert app_secret not in str(list(Authenticator.objects.values()))


def test_codes_are_not_guessed_either(visitor: Client, person: Officer, app_secret: str) -> None:
    enter(visitor, person.username)
    wrong = [visitor.post("/account/2fa/authenticate/", {"code": "000000"}).status_code for _ in range(6)]
    right = visitor.post("/account/2fa/authenticate/", {"code": code_of(app_secret)})

    assert wrong == [200] * 5 + [429]
    assert right.status_code == 429
    assert int(right["Retry-After"]) > 0


def test_a_one_time_link_does_not_stand_in_for_the_second_factor(
    visitor: Client, person: Officer, app_secret: str
) -> None:
    path = f"/sign-in/{issue_sign_in_link(officer=person, issued_at=timezone.now())}/"

    assert visitor.post(path)["Location"] == "/account/2fa/authenticate/"
    assert not is_in(visitor)


def test_an_officer_sets_up_an_app_and_recovery_codes_and_each_code_serves_once(
    signed_in: Client, person: Officer, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    page = signed_in.get("/account/2fa/totp/activate/", follow=True)
    if page.redirect_chain:
        signed_in.post(page.redirect_chain[-1][0], {"password": PASSWORD})
        page = signed_in.get("/account/2fa/totp/activate/")
    secret = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page.content.decode().replace("\n", " "))
    assert secret is not None, page.content
    with django_capture_on_commit_callbacks(execute=True):
        activated = signed_in.post("/account/2fa/totp/activate/", {"code": code_of(secret[1])})
    assert activated.status_code == 302, activated.content

    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    noted = AuditEntry.objects.filter(officer=person)
    assert "officer.totp_activated" in {entry.action for entry in noted}
    for expected in (True, False):
        browser = Client()
        enter(browser, person.username)
        browser.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert is_in(browser) is expected


def test_a_password_is_changed_in_one_transaction_with_its_entry(signed_in: Client, person: Officer) -> None:
    new = "a quite different long phrase"
    body = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert signed_in.post("/account/password/change/", body).status_code == 302

    assert AuditEntry.objects.filter(action="officer.password_set", officer=person).count() == 1
    assert not RowChange.objects.filter(table_name="cases_officer").exists()
    enter(browser := Client(), person.username, new)
    assert is_in(browser)


def test_a_security_key_is_added_and_used_on_localhost(person: Officer) -> None:
    browser, key = Client(HTTP_HOST="localhost:8000"), SecurityKey(ORIGIN, "localhost")
    enter(browser, person.username)
    page = browser.get("/account/2fa/webauthn/add/", follow=True)
    if page.redirect_chain:
        browser.post(page.redirect_chain[-1][0], {"password": PASSWORD})
        page = browser.get("/account/2fa/webauthn/add/")
    options = asked(page)["creation_options"]
    credential = key.register(options)
    added = browser.post("/account/2fa/webauthn/add/", {"name": "blue key", "credential": json.dumps(credential)})
    assert added.status_code == 302, added.content
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1

    again = Client(HTTP_HOST="localhost:8000")
    assert enter(again, person.username)["Location"] == "/account/2fa/authenticate/"
    page = again.get("/account/2fa/authenticate/")
    options = asked(page)["request_options"]
    other = SecurityKey(ORIGIN, "localhost")
    other.id = key.id
    again.post("/account/2fa/authenticate/", {"credential": json.dumps(other.sign(options))})
    assert not is_in(again)
    page = again.get("/account/2fa/authenticate/")
    options = asked(page)["request_options"]
    again.post("/account/2fa/authenticate/", {"credential": json.dumps(key.sign(options))})
    assert is_in(again)


@pytest.mark.parametrize("by", ["agency", "role"])
def test_where_a_second_factor_is_demanded_nothing_else_is_reached_without(
    signed_in: Client, person: Officer, settings: Settings, by: str
) -> None:
    if by == "agency":
        person.agency.second_factor_required = True
        person.agency.save()
    else:
        settings.SECOND_FACTOR_ROLES = ["supervisor"]
        person.role = OfficerRole.SUPERVISOR.value
        person.save()

    page, call = signed_in.get("/incidents/"), signed_in.get("/api/v1/incidents")
    token = signed_in.post("/account/tokens/", {"name": "around it", "scopes": "read"})

    assert (page.status_code, page["Location"]) == (302, "/account/2fa/?next=%2Fincidents%2F")
    assert (call.status_code, call.json()["code"]) == (403, "second_factor_needed")
    assert token["Location"] == "/account/2fa/"
    assert signed_in.get("/account/2fa/").status_code == 200

    TOTP.activate(person, generate_totp_secret())
    assert is_in(signed_in)


def test_every_page_of_signing_in_keeps_to_the_strict_policy(signed_in: Client, person: Officer) -> None:
    visitor = Client()
    pages = [visitor.get("/sign-in/"), visitor.get("/account/inactive/")]
    signed_in.post("/account/reauthenticate/", {"password": PASSWORD})
    paths = ("/account/", "/account/2fa/", "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/",
             "/account/password/change/", "/account/connections/", "/notifications/")  # fmt: skip
    pages += [signed_in.get(path) for path in paths]

    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200, page.request["PATH_INFO"]
        policy = page["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= set(policy)
        assert 'href="/static/console/console.css"' in text
        inline = [tag for tag in re.findall(r"<script\b[^>]*>", text) if "src=" not in tag and "json" not in tag]
        assert inline == []
        assert re.findall(r"\sstyle=|\son[a-z]+=|<style", text) == []
        for source in re.findall(r'<script src="/static/([^"]+)"', text):
            assert visitor.get(f"/static/{source}").status_code == 200, source


@pytest.fixture
def provider(settings: Settings) -> Iterator[str]:
    """A real OpenID provider on loopback, which this installation is known to."""
    with run_server_in_thread() as server:
        issuer = f"http://localhost:{server.server_port}"
        app = {
            "provider_id": "sso",
            "name": "The State's own sign-in",
            "client_id": "cordon",
            "secret": "known to both",
            "settings": {"server_url": issuer},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
        yield issuer


def come_by(provider: str, client: Client, subject: str, **claims: object):
    """Take the way of a browser: to the provider, saying there who one is, and back."""
    httpx.put(f"{provider}/users/{subject}", json=claims).raise_for_status()
    away = client.post("/sso/sso/login/")
    assert away.status_code == 302, away.content
    back = httpx.post(away["Location"], data={"sub": subject})
    assert back.status_code == 302, back.text
    address = urlsplit(back.headers["location"])
    return client.get(f"{address.path}?{address.query}")


def test_the_provider_lets_in_the_officer_of_a_verified_address_and_then_by_subject(
    provider: str, person: Officer
) -> None:
    first = Client()
    answer = come_by(provider, first, "subject-1", email="Person@Agency.example", email_verified=True)
    assert (answer.status_code, answer["Location"]) == (302, "/incidents/")
    assert is_in(first)
    assert SocialAccount.objects.get(user=person).uid == "subject-1"
    assert OfficerSession.objects.get().methods == "socialaccount"

    later = Client()
    come_by(provider, later, "subject-1", email="moved@elsewhere.example", email_verified=False)
    assert is_in(later)


@pytest.mark.parametrize("verified", [False, "true", None])
def test_an_address_that_the_provider_has_not_verified_opens_nothing(
    provider: str, person: Officer, verified: object
) -> None:
    client = Client()
    claims = {} if verified is None else {"email_verified": verified}

    answer = come_by(provider, client, "subject-2", email=person.email, **claims)

    assert "No officer here matches" in answer.content.decode()
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_the_provider_makes_no_officer_unless_an_agency_is_named_for_it(
    provider: str, settings: Settings, person: Officer
) -> None:
    come_by(provider, Client(), "stranger", email="stranger@agency.example", email_verified=True)
    assert Officer.objects.filter(email__startswith="stranger").count() == 0

    settings.OIDC_AGENCY = person.agency.name
    client = Client()
    come_by(provider, client, "stranger", email="stranger@agency.example", email_verified=True)
    made = Officer.objects.get(email="stranger@agency.example")
    assert (made.agency, made.role) == (person.agency, "analyst")
    assert is_in(client)

    made.is_active, made.deactivated_at = False, timezone.now()
    made.save()
    client = Client()
    come_by(provider, client, "stranger", email="stranger@agency.example", email_verified=True)
    assert not is_in(client)


def test_an_address_that_two_officers_share_matches_neither(provider: str, person: Officer) -> None:
    OfficerFactory.create(email=person.email)
    client = Client()

    come_by(provider, client, "subject-3", email=person.email, email_verified=True)

    assert not is_in(client)


def test_an_answer_of_the_provider_that_was_not_asked_for_is_refused(provider: str, person: Officer) -> None:
    answer = Client().get("/sso/sso/login/callback/?code=stolen&state=made-up")

    assert answer.status_code == 401
    assert not OfficerSession.objects.exists()


def test_second_factors_are_encrypted_by_a_key_that_is_not_in_the_database() -> None:
    adapter = get_adapter()
    kept = adapter.encrypt("JBSWY3DPEHPK3PXP")

    assert "JBSWY" not in kept
    assert adapter.decrypt(kept) == "JBSWY3DPEHPK3PXP"
    assert live.SECOND_FACTOR_KEY not in kept

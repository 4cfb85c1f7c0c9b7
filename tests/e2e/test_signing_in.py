"""Coming in as a person does: name, password, and an authenticator app or a security key, on a phone and at a desk."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import Page, expect

from cases.models import Officer
from tests.authenticator_app import code_of
from tests.e2e.conftest import PHONE, NewPage, enter, session_of
from tests.factories import PASSWORD, OfficerFactory, recorded_incident


def test_password_and_code_begin_a_new_session_with_ones_own_records(new_page: NewPage, person: Officer) -> None:
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    own, foreign = recorded_incident(person), recorded_incident(OfficerFactory.create())
    page = new_page()
    page.goto("/sign-in/")
    # A session that somebody else has planted before.
    page.context.add_cookies([{"name": "sessionid", "value": "planted" * 4, "url": page.url}])

    enter(page, person)
    page.locator("input[name=code]").fill(code_of(secret))
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/incidents/")

    assert session_of(page) not in {"", "planted" * 4}
    listed = page.locator("body").inner_text()
    assert own.reference in listed
    assert foreign.reference not in listed


def test_a_security_key_is_added_and_opens_the_next_session(new_page: NewPage, person: Officer) -> None:
    page = new_page()
    plug_in_key(page)
    enter(page, person)
    page.wait_for_url("**/incidents/")
    page.goto("/account/2fa/webauthn/add/")
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.locator("input[name=name]").fill("blue key")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/webauthn/add/" not in url)
    page.goto("/account/")
    page.locator("details.who summary").click()
    page.locator("form[action='/sign-out/'] button").click()
    expect(page.locator(".rooms")).to_have_count(0)

    enter(page, person)
    page.locator("#mfa_webauthn_authenticate").click()

    page.wait_for_url("**/incidents/")
    assert Authenticator.objects.get(user=person, type=Authenticator.Type.WEBAUTHN).last_used_at is not None


def plug_in_key(page: Page) -> None:
    """Give the browser a key made of software, which somebody touches whenever it is asked."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": key | {"automaticPresenceSimulation": True}})


def test_nothing_reaches_beyond_the_edge_of_a_phone(new_page: NewPage, person: Officer) -> None:
    incident = recorded_incident(person)
    page = new_page(viewport=PHONE)
    enter(page, person)
    page.wait_for_url("**/incidents/")

    for address in (
        "/",
        "/incidents/",
        f"/incidents/{incident.reference}/",
        "/account/",
        "/account/2fa/",
        "/notifications/",
    ):
        page.goto(address)
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{address} is {beyond} pixels too wide"

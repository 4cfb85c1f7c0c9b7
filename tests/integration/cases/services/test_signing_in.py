from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from cases.errors import DemoForbidden, SignInLinkInvalid
from cases.models import ApiToken, SignInLink
from cases.queries.sign_in_links import find_sign_in_link
from cases.services.accept_api_token import accept_api_token
from cases.services.issue_api_token import issue_api_token
from cases.services.issue_sign_in_link import issue_sign_in_link
from cases.services.redeem_sign_in_link import redeem_sign_in_link
from tests.factories import OfficerFactory


@pytest.fixture
def secret(officer, now):
    return issue_api_token(officer=officer, name="test", issued_at=now, expires_at=now + timedelta(days=1))[1]


def test_a_token_lets_its_officer_in_and_is_nowhere_kept(officer, now, secret):
    assert accept_api_token(secret=secret, shown_at=now) == officer
    assert secret not in str(ApiToken.objects.values())
    assert ApiToken.objects.get().last_used_on == now.date()


@pytest.mark.parametrize("shown", ["", "cordon_", "cordon_" + "a" * 43, "\x00", "é" * 10])
def test_another_text_lets_nobody_in(secret, now, shown):
    assert accept_api_token(secret=shown, shown_at=now) is None


@pytest.mark.parametrize("why", ["expired", "revoked", "inactive"])
def test_a_token_that_ended_lets_nobody_in(officer, now, secret, why):
    if why == "revoked":
        ApiToken.objects.update(revoked_at=now)
    officer.is_active = why != "inactive"
    officer.save()

    assert accept_api_token(secret=secret, shown_at=now + timedelta(days=2 if why == "expired" else 0)) is None


def test_a_link_signs_in_once(officer, now):
    secret = issue_sign_in_link(officer=officer, issued_at=now)

    assert find_sign_in_link(secret, now).officer == officer
    assert redeem_sign_in_link(secret=secret, redeemed_at=now) == officer
    assert find_sign_in_link(secret, now) is None
    with pytest.raises(SignInLinkInvalid):
        redeem_sign_in_link(secret=secret, redeemed_at=now)


def test_a_link_ends_after_a_day_or_with_the_next(officer, now):
    first = issue_sign_in_link(officer=officer, issued_at=now)
    second = issue_sign_in_link(officer=officer, issued_at=now)

    assert find_sign_in_link(first, now) is None
    assert find_sign_in_link(second, now + timedelta(hours=23)) is not None
    assert find_sign_in_link(second, now + timedelta(hours=25)) is None


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_use_a_link_at_once_one_is_let_in(now):
    secret = issue_sign_in_link(officer=OfficerFactory.create(), issued_at=now)

    def redeem(_):
        try:
            return redeem_sign_in_link(secret=secret, redeemed_at=now)
        except SignInLinkInvalid:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert sum(officer is not None for officer in pool.map(redeem, range(10))) == 1
    assert SignInLink.objects.get().used_at == now


def test_production_knows_no_demonstration_officer(db, now, settings):
    officer = OfficerFactory.create(is_demo=True)
    _, secret = issue_api_token(officer=officer, name="t", issued_at=now, expires_at=now + timedelta(days=1))
    link = issue_sign_in_link(officer=officer, issued_at=now)
    settings.DEMO_ALLOWED = False

    assert accept_api_token(secret=secret, shown_at=now) is None
    assert find_sign_in_link(link, now) is None
    with pytest.raises(DemoForbidden):
        issue_api_token(officer=officer, name="t", issued_at=now, expires_at=now + timedelta(days=1))

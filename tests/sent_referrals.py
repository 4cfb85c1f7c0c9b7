"""Referrals whose letter is out, without the steps that lead there."""

from datetime import timedelta
from typing import Any

from cases.documents import content_json
from cases.models import Incident, Officer, Referral
from cases.queries.referral_content import digest_of_letter, referral_content
from cases.services.open_referral import ReferralRequest, open_referral
from tests.conftest import NOW


def sent(officer: Officer, incident: Incident, *, country: str = "CHN", **changes: Any) -> Referral:
    """Return a referral on all items of the incident whose letter left thirty days ago; nobody has answered yet."""
    request = ReferralRequest(
        addressee_country=country,
        language=changes.pop("language", "en"),
        details={"intended_use": "to find the point of diversion"},
    )
    referral = open_referral(officer=officer, incident=incident, request=request, opened_at=NOW - timedelta(days=40))
    content = content_json(referral_content(referral))
    columns = {
        "state": "sent",
        "issued_at": NOW - timedelta(days=30),
        "issued_by": officer,
        "issued_content": content,
        "issued_sha256": digest_of_letter(content),
        "reply_requested_by": (NOW - timedelta(days=2)).date(),
        **changes,
    }
    Referral.objects.filter(pk=referral.pk).update(**columns)
    referral.lines.update(is_open=True)
    referral.refresh_from_db()
    return referral

"""Drafting one trace referral for each State that is to be asked about the items of an incident."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from cases import access
from cases.choices import ReferralKind
from cases.errors import NothingToAsk
from cases.models import Incident, Officer, Referral
from cases.queries.states_to_ask import states_to_ask
from cases.services.open_referral import ReferralRequest, open_referral


class LeftOut(NamedTuple):
    """An item, by its position, about which a State is not asked, and why not."""

    country: str
    item: int
    why: str


class Batch(NamedTuple):
    """What was drafted, and what went into no letter."""

    drafts: list[Referral]
    left_out: list[LeftOut]


def draft_by_state(
    *,
    officer: Officer,
    incident: Incident,
    language: str,
    kind: ReferralKind | None,
    details: Mapping[str, Any],
    opened_at: datetime,
) -> Batch:
    """Draft one letter a State, on all the items that it made or whose import it marked.

    Left out is what the State is asked about already, or stands in a draft to it; a State's own items; and States that
    are no more. Raises NothingToAsk where no letter is left.
    """
    agency = access.require_on(officer, access.REFER, incident)
    with transaction.atomic():
        incident = Incident.objects.select_for_update().get(pk=incident.pk)
        wanted, left_out = states_to_ask(incident.items.order_by("position"), agency)
        if not wanted:
            raise NothingToAsk
        drafts = [
            open_referral(
                officer=officer,
                incident=incident,
                request=ReferralRequest(
                    addressee_country=country,
                    language=language,
                    kind=kind,
                    item_indexes=[item.position for item in items],
                    details=details,
                ),
                opened_at=opened_at,
            )
            for country, items in wanted.items()
        ]
    return Batch(drafts, [LeftOut(each.country, each.item.position, each.why) for each in left_out])

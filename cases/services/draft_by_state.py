"""Drafting one trace referral for each State that is to be asked about the items of an incident."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from cases import access
from cases.choices import ReferralKind
from cases.errors import NothingToAsk
from cases.intake.countries import FORMER_COUNTRIES, is_unknown
from cases.models import Incident, Officer, Referral, ReferralItem, SeizedItem
from cases.row_scope import everything
from cases.services.open_referral import ReferralRequest, open_referral
from cases.tracing.referral_steps import WRITTEN


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
        wanted: dict[str, list[int]] = {}
        left_out: list[LeftOut] = []
        for item in incident.items.order_by("position"):
            for country in _states_of(item):
                if why := _why_not(country, item, agency_id=agency.pk, own=agency.country):
                    left_out.append(LeftOut(country, item.position, why))
                else:
                    wanted.setdefault(country, []).append(item.position)
        if not wanted:
            raise NothingToAsk
        drafts = [
            open_referral(
                officer=officer,
                incident=incident,
                request=ReferralRequest(
                    addressee_country=country, language=language, kind=kind, item_indexes=items, details=details
                ),
                opened_at=opened_at,
            )
            for country, items in sorted(wanted.items())
        ]
    return Batch(drafts, left_out)


def _states_of(item: SeizedItem) -> list[str]:
    named = (item.country_of_manufacture, (item.import_mark or {}).get("country"))
    return sorted({country for country in named if country and not is_unknown(country)})


def _why_not(country: str, item: SeizedItem, *, agency_id: int, own: str) -> str | None:
    if country == own:
        return "own_state"
    if country in FORMER_COUNTRIES:
        return "former_state"
    lines = ReferralItem.objects.filter(item=item, addressee_country=country)
    with everything():
        # Perhaps another agency asks; that somebody does is all that is told.
        if lines.filter(is_open=True).exists():
            return "already_asked"
    is_drafted = lines.filter(referral__agency=agency_id, referral__state__in=WRITTEN).exists()
    return "already_drafted" if is_drafted else None

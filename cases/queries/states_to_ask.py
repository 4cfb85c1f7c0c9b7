"""Which States are asked about which items in a batch of letters, and which are not, with the reason."""

from collections.abc import Iterable
from typing import NamedTuple

from cases.intake.countries import FORMER_COUNTRIES, is_unknown
from cases.models import Agency, ReferralItem, SeizedItem
from cases.row_scope import everything
from cases.tracing.referral_steps import WRITTEN


class NotAsked(NamedTuple):
    """An item about which a State is not asked, and why not."""

    country: str
    item: SeizedItem
    why: str


class StatesToAsk(NamedTuple):
    """The items on which each State is asked, by its code, and what is left out."""

    wanted: dict[str, list[SeizedItem]]
    left_out: list[NotAsked]


def states_to_ask(items: Iterable[SeizedItem], agency: Agency) -> StatesToAsk:
    """Return whom the agency asks: the States that made an item or whose import it marks, in the order of the items.

    Left out is what the State is asked about already, or stands in a draft to it; a State's own items; and States that
    are no more.
    """
    wanted: dict[str, list[SeizedItem]] = {}
    left_out: list[NotAsked] = []
    for item in items:
        for country in _states_of(item):
            if why := _why_not(country, item, agency):
                left_out.append(NotAsked(country, item, why))
            else:
                wanted.setdefault(country, []).append(item)
    return StatesToAsk(dict(sorted(wanted.items())), left_out)


def _states_of(item: SeizedItem) -> list[str]:
    named = (item.country_of_manufacture, (item.import_mark or {}).get("country"))
    return sorted({country for country in named if country and not is_unknown(country)})


def _why_not(country: str, item: SeizedItem, agency: Agency) -> str | None:
    if country == agency.country:
        return "own_state"
    if country in FORMER_COUNTRIES:
        return "former_state"
    lines = ReferralItem.objects.filter(item=item, addressee_country=country)
    with everything():
        # Perhaps another agency asks; that somebody does is all that is told.
        if lines.filter(is_open=True).exists():
            return "already_asked"
    is_drafted = lines.filter(referral__agency=agency, referral__state__in=WRITTEN).exists()
    return "already_drafted" if is_drafted else None

"""Drafting the request that a step of the supply chain proposes, or a State that forwarded one."""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import get_supported_language_variant, gettext, override

from cases import access
from cases.errors import NotProposed
from cases.models import Officer, Referral, SeizedItem
from cases.queries.supply_chain import ItemChain, supply_chain_of
from cases.services.open_referral import ReferralRequest, open_referral
from cases.tracing.supply_chain import UNDATED, WHYS, Proposal

# What an officer has said in the request whose answer leads on, and would say again.
SAID_AGAIN: Final = (
    *("legal_justification", "intended_use", "confidentiality", "onward_use", "priority", "priority_justification"),
    "redaction",
)


def open_next_request(
    *, officer: Officer, item: SeizedItem, country: str, language: str | None, opened_at: datetime
) -> Referral:
    """Draft a referral to a State that a step names, or to which one was forwarded, and nobody has asked.

    On the items that this is about, in the language and with the particulars of the request that was answered. Raises
    NotProposed for any other State.
    """
    access.require_on(officer, access.REFER, item.incident)
    found = supply_chain_of(item, known=access.referrals_for(officer), reader=officer)
    proposal = next((each for each in found.chain.proposals if each.country == country), None)
    if proposal is None:
        raise NotProposed(country=country)
    before = _answered(found, proposal, officer)
    spoken = language or (before.language if before is not None else "en")
    request = ReferralRequest(
        addressee_country=country,
        language=spoken,
        item_indexes=proposal.items,
        details=_said_again(before) | {"why_addressee": _why(proposal, spoken)},
    )
    return open_referral(officer=officer, incident=item.incident, request=request, opened_at=opened_at)


def _answered(found: ItemChain, proposal: Proposal, officer: Officer) -> Referral | None:
    """Return the agency's own request whose answer told the last of the steps, or was that it is forwarded."""
    told = [found.referrals[step] for step in proposal.steps] or [found.forwarded[proposal.country]]
    own = [referral for referral in told if referral.agency_id == officer.agency_id]
    return own[-1] if own else None


def _said_again(before: Referral | None) -> dict[str, Any]:
    return {} if before is None else {name: value for name in SAID_AGAIN if (value := getattr(before, name))}


def _why(proposal: Proposal, language: str) -> str:
    with override(get_supported_language_variant(language)):
        when = gettext(proposal.when) if proposal.when == UNDATED else proposal.when
        return gettext(WHYS[proposal.part]).format(when=when)

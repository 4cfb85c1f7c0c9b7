"""Drafting the enquiry to the State that issued a paper, with what does not go together with it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext, override

from cases import access
from cases.choices import ReferralKind
from cases.errors import InvalidSubmission
from cases.intake.countries import FORMER_COUNTRIES, is_unknown
from cases.intake.problems import Problem
from cases.models import Incident, Officer, Referral
from cases.queries.papers_check import papers_check_of
from cases.services.open_referral import ReferralRequest, open_referral
from cases.tracing.mismatches import ASKED, Mismatch


def open_licence_enquiry(
    *, officer: Officer, incident: Incident, paper: int, language: str, opened_at: datetime
) -> Referral:
    """Draft a referral to the State that issued the paper at that place; InvalidSubmission where none can be asked."""
    access.require_on(officer, access.REFER, incident)
    papers = list(incident.papers.filter(party__isnull=True).order_by("position"))
    if paper >= len(papers):
        raise InvalidSubmission(
            [Problem("/document", "out_of_range", {"value": paper, "least": 0, "most": max(len(papers) - 1, 0)})]
        )
    issuer = papers[paper].country
    if not issuer or is_unknown(issuer) or issuer in FORMER_COUNTRIES:
        raise InvalidSubmission([Problem("/document", "no_issuer_to_ask", {})])
    check = papers_check_of(incident, known=access.incidents_for(officer))
    request = ReferralRequest(
        addressee_country=issuer,
        language=language,
        kind=ReferralKind.LICENCE_ENQUIRY,
        details={"own_questions": _asked(check.on_paper(paper), language)},
    )
    return open_referral(officer=officer, incident=incident, request=request, opened_at=opened_at)


def _asked(mismatches: Iterable[Mismatch], language: str) -> list[str]:
    """Return what is asked because of them, each once."""
    with override(language):
        asked = [gettext(ASKED[each.rule]).format_map(each.params) for each in mismatches if each.rule in ASKED]
    return list(dict.fromkeys(asked))

"""Do the facts claim an exemption, or meet a standing one? (R10)."""

from datetime import date

from cases.screening.facts import AuthorisationFacts, IncidentFacts, ItemFacts
from cases.screening.findings import ExemptionWeighed, LegalBasisCited, Reason
from cases.screening.rulebook import Exemption, Measure
from cases.screening.window import TransferWindow

# Which kind of paper answers which procedure; an export licence or an end user's letter answers none of them.
PAPERS: dict[str, frozenset[str]] = {
    "committee_approval": frozenset({"approve", "no_negative_decision", "notify"}),
    "committee_notification": frozenset({"notify", "no_negative_decision", "notify_government"}),
    "no_negative_decision": frozenset({"no_negative_decision", "notify"}),
    "council_approval": frozenset({"approve_council"}),
    "notification": frozenset({"notify", "no_negative_decision", "notify_government"}),
    "government_authorisation": frozenset({"authorised_by_government", "notify_government"}),
}
NON_LETHAL = frozenset({"protective_equipment", "optics", "communications"})
# "Solely for humanitarian or protective use": never the use of those who fight the measure's purpose.
NEVER_EXEMPT_BY_GOODS = frozenset({"non_governmental_force", "criminal_group", "designated_party"})


def exemptions(
    facts: IncidentFacts, window: TransferWindow, measure: Measure, items: tuple[int, ...]
) -> tuple[ExemptionWeighed, ...]:
    """Weigh every exemption of the measure that was open on the governing day; none is passed over in silence."""
    day = window.days.last or window.found.last
    met = [item for item in facts.items if item.index in items]
    open_then = (entry for entry in measure.exemptions if day is None or entry.in_force.covers(day))
    return tuple(_weighed(entry, facts, window, measure, met) for entry in open_then)


def _weighed(
    entry: Exemption, facts: IncidentFacts, window: TransferWindow, measure: Measure, items: list[ItemFacts]
) -> ExemptionWeighed:
    claimed, reason = _claim(entry, facts, window, measure, items)
    basis = entry.legal_basis
    return ExemptionWeighed(
        what=entry.what,
        legal_basis=LegalBasisCited(
            resolution=basis.resolution, paragraph=basis.paragraph, paragraph_verified=basis.paragraph_verified
        ),
        procedure=entry.procedure,
        claimed=claimed,
        reason=reason,
    )


def _claim(
    entry: Exemption, facts: IncidentFacts, window: TransferWindow, measure: Measure, items: list[ItemFacts]
) -> tuple[bool, Reason]:
    not_claimed = False, Reason("exemption.not_claimed", {})
    if entry.procedure == "standing":
        is_met = _names_recipient(entry, facts) and _covers_goods(entry, items)
        return (True, Reason("exemption.standing_met", {})) if is_met else not_claimed
    if not _may_answer_recipient(entry, facts):
        return not_claimed
    weighed = [
        _by_paper(paper, window)
        for paper in facts.authorisations
        if paper.regime in (None, measure.regime)
        and paper.basis != "allegation"
        and entry.procedure in PAPERS.get(paper.kind, frozenset())
    ]
    return min(weighed, key=lambda claim: _BEST_FIRST.index(claim[1].rule), default=not_claimed)


def _by_paper(paper: AuthorisationFacts, window: TransferWindow) -> tuple[bool, Reason]:
    if paper.reference is None or paper.on.first is None:
        return True, Reason("exemption.authorisation_incomplete", {})
    params = {"reference": paper.reference, "on": paper.on.first.isoformat()}
    # The paper must be older than the transfer: a notice given while the goods were on their way came too late.
    transfer_on: date | None = window.days.first or window.days.last or window.found.last
    if transfer_on is not None and paper.on.first > transfer_on:
        return False, Reason("exemption.authorised_after", params)
    return True, Reason("exemption.authorised_before", params)


def _names_recipient(entry: Exemption, facts: IncidentFacts) -> bool:
    """A standing exemption is met only by a recipient that it names, or by goods where it names none."""
    if entry.recipients:
        return facts.recipient.kind in entry.recipients
    return bool(entry.goods) and facts.recipient.kind not in NEVER_EXEMPT_BY_GOODS


def _may_answer_recipient(entry: Exemption, facts: IncidentFacts) -> bool:
    return not entry.recipients or facts.recipient.kind == "unknown" or facts.recipient.kind in entry.recipients


def _covers_goods(entry: Exemption, items: list[ItemFacts]) -> bool:
    return all(_is_within(item, entry.goods) for item in items) if entry.goods else True


def _is_within(item: ItemFacts, goods: frozenset[str]) -> bool:
    if "non_lethal" in goods and (item.lethality == "non_lethal" or item.category in NON_LETHAL):
        return True
    return item.category in goods


_BEST_FIRST = ("exemption.authorised_before", "exemption.authorisation_incomplete", "exemption.authorised_after")

"""Do the facts claim an exemption, or meet a standing one? (R10)."""

import re
from datetime import date

from cases.screening.facts import AuthorisationFacts, IncidentFacts, ItemFacts
from cases.screening.findings import ExemptionWeighed, Reason
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
# Papers by which a State or the Committee said no; "no negative decision" is the opposite, and one of the papers above.
REFUSALS = re.compile(r"deni|refus|reject|negative|withdrawn|revoked", re.IGNORECASE)
PROCEDURES = {
    "standing": "procedure.standing",
    "notify": "procedure.notify",
    "no_negative_decision": "procedure.no_negative_decision",
    "approve": "procedure.approve",
    "approve_council": "procedure.approve_council",
    "authorised_by_government": "procedure.authorised_by_government",
    "notify_government": "procedure.notify_government",
}
NOT_CLAIMED = False, Reason("exemption.not_claimed", {})
NON_LETHAL = frozenset({"protective_equipment", "optics", "communications"})
# No notice of non-lethal equipment answers for these; a vehicle or an aircraft of unknown kind may be such equipment.
ALWAYS_LETHAL = frozenset(
    {
        "small_arm",
        "light_weapon",
        "ammunition",
        "grenade",
        "mine",
        "explosive",
        "missile",
        "artillery",
        "battle_tank",
        "combat_aircraft",
        "attack_helicopter",
        "warship",
    }
)
# "Solely for humanitarian or protective use": never the use of those who fight the measure's purpose.
NEVER_EXEMPT_BY_GOODS = frozenset({"non_governmental_force", "criminal_group", "designated_party"})


def exemptions(
    facts: IncidentFacts, window: TransferWindow, measure: Measure, items: tuple[int, ...]
) -> tuple[ExemptionWeighed, ...]:
    """Weigh every exemption of the measure that was open on the governing day; none is passed over in silence."""
    if not measure.exemptions:
        return ()
    day = measure.text_day(window.governing_day)
    met = [item for item in facts.items if item.index in items]
    open_then = (entry for entry in measure.exemptions if day is None or entry.in_force.covers(day))
    return tuple(_weighed(entry, facts, window, measure, met) for entry in open_then)


def _weighed(
    entry: Exemption, facts: IncidentFacts, window: TransferWindow, measure: Measure, items: list[ItemFacts]
) -> ExemptionWeighed:
    claimed, reason = _claim(entry, facts, window, measure, items)
    return ExemptionWeighed(
        entry.what, entry.legal_basis, entry.procedure, _required(entry.procedure, window), claimed, reason
    )


def _required(procedure: str, window: TransferWindow) -> Reason:
    """Say what must have been filed, and by when."""
    rule = PROCEDURES[procedure]
    return Reason(rule, {} if procedure == "standing" else {"transfer": window.text})


def _claim(
    entry: Exemption, facts: IncidentFacts, window: TransferWindow, measure: Measure, items: list[ItemFacts]
) -> tuple[bool, Reason]:
    if entry.procedure == "standing":
        is_met = _names_recipient(entry, facts) and _covers_goods(entry, items)
        return (True, Reason("exemption.standing_met", {})) if is_met else _for_others(entry, facts)
    if not _may_answer_recipient(entry, facts):
        return _for_others(entry, facts)
    if not facts.authorisations:
        return NOT_CLAIMED
    outside = next((item for item in items if _is_plainly_outside(item, entry.goods)), None)
    if outside is not None:
        return False, Reason("exemption.for_other_goods", {"category": outside.category})
    weighed = [
        _by_paper(paper, facts, window)
        for paper in facts.authorisations
        if paper.regime in (None, measure.regime) and paper.basis != "allegation" and _answers(paper, entry.procedure)
    ]
    return min(weighed, key=lambda claim: _BEST_FIRST.index(claim[1].rule), default=NOT_CLAIMED)


def _answers(paper: AuthorisationFacts, procedure: str) -> bool:
    """Whether a paper of that kind answers the procedure, or says that it was refused."""
    return procedure in PAPERS.get(paper.kind, frozenset()) or _is_refusal(paper)


def _is_refusal(paper: AuthorisationFacts) -> bool:
    """Whether the paper says no; none of the kinds that answer a procedure does."""
    return paper.kind not in PAPERS and REFUSALS.search(paper.kind) is not None


def _for_others(entry: Exemption, facts: IncidentFacts) -> tuple[bool, Reason]:
    """Items in other hands than those an exemption names are not exempt by it (2616 (2021), paragraph 4)."""
    kind = facts.recipient.kind
    if not entry.recipients or kind == "unknown" or kind in entry.recipients:
        return NOT_CLAIMED
    return False, Reason("exemption.for_others", {"kind": kind})


def _by_paper(paper: AuthorisationFacts, facts: IncidentFacts, window: TransferWindow) -> tuple[bool, Reason]:
    if _is_refusal(paper):
        return False, Reason("exemption.authorisation_refused", {"reference": paper.reference or paper.kind})
    if paper.reference is not None and paper.reference in facts.forged_papers:
        return False, Reason("exemption.authorisation_forged", {"reference": paper.reference})
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


def _is_plainly_outside(item: ItemFacts, goods: frozenset[str]) -> bool:
    """Whether a paper under an exemption for some goods cannot answer for the item, whatever else is learnt of it."""
    if not goods or _is_within(item, goods):
        return False
    return item.category in ALWAYS_LETHAL


_BEST_FIRST = (
    "exemption.authorised_before",
    "exemption.authorisation_incomplete",
    "exemption.authorised_after",
    "exemption.authorisation_refused",
    "exemption.authorisation_forged",
)

"""What is claimed to have been approved against what was found, by the regimes of the rulebook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cases.intake.incident import Authorisation, DraftSubmission, Item, Recipient, Route
from cases.intake.partial_date import PartialDate
from cases.intake.problems import Param
from cases.screening.rulebook import BINDING, Measure, Rulebook
from cases.screening.rules.exemptions import ALWAYS_LETHAL, PAPERS
from cases.tracing.mismatches import (
    NOTHING,
    Inquiry,
    Mismatch,
    Result,
    Side,
    Sureness,
    ask,
    is_former,
    known_country,
    words,
)
from cases.tracing.shown_papers import PaperUse, references_of

# A day in New York may be the next or the one before at the place of the transfer (R18).
_NEIGHBOUR: Final = 1


def approval_results(record: DraftSubmission, rulebook: Rulebook, uses: Sequence[PaperUse]) -> Iterator[Result]:
    """Yield what does not go together between each approval claimed and the rest of the record."""
    for index, approval in enumerate(record.authorisations):
        if approval.kind not in PAPERS:
            continue
        claimed = _Claimed(index, approval)
        yield from _day(claimed, record)
        yield from _used_again(claimed, uses)
        regime = approval.regime
        if regime is None:
            yield claimed.ask("approval_regime", "regime")
        elif regime not in {each.id for each in rulebook.regimes}:
            yield claimed.ask("regime_unknown", "regime", regime=regime)
        else:
            measures = [each for each in rulebook.measures if each.regime == regime and each.status in BINDING]
            yield from _binds(claimed, regime, measures, record)
            yield from _elsewhere(claimed, regime, measures, record)
            yield from _goods(claimed, regime, measures, record)


@dataclass(frozen=True, slots=True)
class _Claimed:
    """An approval with its place in the record."""

    index: int
    approval: Authorisation

    @property
    def name(self) -> str:
        """Return how it is spoken of."""
        return f"{words([self.approval.kind or 'approval'])} {self.approval.reference or f'[{self.index}]'}"

    def ask(self, code: str, field: str, **params: str) -> Inquiry:
        """Return an inquiry about a field of it."""
        return ask(code, f"authorisations[{self.index}].{field}", **{"approval": self.name, **params})

    def differs(
        self,
        rule: str,
        field: str,
        *others: Side,
        sureness: Sureness = Sureness.CERTAIN,
        items: tuple[int, ...] = (),
        said: Mapping[str, Param] = NOTHING,
    ) -> Mismatch:
        """Return that a field of it does not go together with other statements."""
        own = Side(f"authorisations[{self.index}].{field}", str(getattr(self.approval, field)))
        params = {"approval": self.name, **said}
        return Mismatch(rule=rule, params=params, sides=(own, *others), sureness=sureness, items=items)


def _day(claimed: _Claimed, record: DraftSubmission) -> Iterator[Result]:
    given = claimed.approval.on
    if given is None:
        yield claimed.ask("approval_day", "on")
        return
    begun = _begun(record)
    if begun is None:
        return
    fact, by = begun
    late = (given.first_day - by.last_day).days
    said = {"on": str(given), "begun": str(by)}
    if late > _NEIGHBOUR:
        yield claimed.differs("approval.after_transfer", "on", Side(fact, str(by)), said=said)
    elif given.last_day > by.first_day:
        yield claimed.ask("approval_when", "on", **said)


def _begun(record: DraftSubmission) -> tuple[str, PartialDate] | None:
    """Return the earlier of what is known: the goods had left, or were stopped, by then."""
    left = record.route.departed_on if record.route else None
    stated = [("route.departed_on", left), ("occurred_on", record.occurred_on)]
    known = [(fact, day) for fact, day in stated if day is not None]
    return min(known, key=lambda each: each[1].last_day, default=None)


def _used_again(claimed: _Claimed, uses: Sequence[PaperUse]) -> Iterator[Mismatch]:
    approval = claimed.approval
    same = [
        use
        for use in uses
        if approval.reference and approval.regime and (use.number, use.issuer) == (approval.reference, approval.regime)
        and use.kind == approval.kind
    ]  # fmt: skip
    if same:
        sides = [Side(f"{use.reference}/authorisations", use.number) for use in same]
        said = references_of(same)
        yield claimed.differs(
            "approval.used_again", "reference", *sides, sureness=Sureness.LIKELY, said={"references": said}
        )


def _binds(claimed: _Claimed, regime: str, measures: list[Measure], record: DraftSubmission) -> Iterator[Result]:
    stopped, left = record.occurred_on, record.route.departed_on if record.route else None
    if stopped is None:
        return
    # When goods left without a known day, any day before the stop may have been the day.
    if not any(_overlaps(each, left.first_day if left else date.min, stopped.last_day) for each in measures):
        days = f"{left or '…'} – {stopped}"
        yield claimed.differs(
            "approval.regime_not_binding",
            "regime",
            Side("occurred_on", str(stopped)),
            said={"regime": regime, "days": days},
        )
    elif left is None and not any(_overlaps(each, stopped.first_day, stopped.last_day) for each in measures):
        yield claimed.ask("left_when", "regime", regime=regime)


def _overlaps(measure: Measure, first: date, last: date) -> bool:
    begins, until = measure.in_force.first, measure.in_force.until
    return (begins is None or begins <= last) and (until is None or first < until)


def _elsewhere(claimed: _Claimed, regime: str, measures: list[Measure], record: DraftSubmission) -> Iterator[Result]:
    """A regime on a territory covers what goes to it, or comes from it."""
    route, recipient = record.route or Route(), record.recipient or Recipient()
    countries = frozenset[str]().union(*(each.target_countries for each in measures))
    if not countries or not all(each.target_countries for each in measures):
        return
    stated = {
        "route.origin": known_country(route.origin),
        "route.destination": known_country(route.destination),
        "recipient.country": known_country(recipient.country),
    }
    known = [code for code in stated.values() if code]
    if countries & set(known):
        return
    if len(known) < len(stated) or is_former(*known):
        yield claimed.ask("route_of_approval", "regime", regime=regime)
        return
    said = {"regime": regime, "countries": ", ".join(sorted(countries)), "route": " → ".join(dict.fromkeys(known))}
    sides = [Side(fact, code) for fact, code in stated.items() if code]
    yield claimed.differs("approval.regime_elsewhere", "regime", *sides, sureness=Sureness.LIKELY, said=said)


def _goods(claimed: _Claimed, regime: str, measures: list[Measure], record: DraftSubmission) -> Iterator[Mismatch]:
    """Where every exemption that such a paper may answer is for some goods, arms of no such kind are outside."""
    procedures = PAPERS[claimed.approval.kind or ""]
    answered = [each for measure in measures for each in measure.exemptions if each.procedure in procedures]
    if not answered or not all(each.goods for each in answered):
        return
    covered = frozenset[str]().union(*(each.goods for each in answered))
    outside = [index for index, item in enumerate(record.items) if _is_outside(item, covered)]
    if outside:
        said = {"regime": regime, "goods": words(covered)}
        found = words(str(record.items[index].category) for index in outside)
        sides = [Side(f"items[{index}].category", str(record.items[index].category)) for index in outside]
        yield claimed.differs(
            "approval.other_goods", "regime", *sides, items=tuple(outside), said=said | {"found": found}
        )


def _is_outside(item: Item, covered: frozenset[str]) -> bool:
    return item.category in ALWAYS_LETHAL and item.category not in covered

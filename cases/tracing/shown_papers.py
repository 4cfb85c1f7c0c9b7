"""What the papers shown say against the record: genuineness, dates, issuer, end user, goods, and use more than once."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from cases.choices import ClaimSource, PaperAuthenticity, PaperKind, PaperStamp, PartyRole, RecipientKind
from cases.intake.incident import DraftSubmission, Item, Paper, Party, Recipient, Route
from cases.intake.partial_date import PartialDate
from cases.intake.problems import Param
from cases.screening.names.comparison import CERTAIN_THRESHOLD, REVIEW_THRESHOLD
from cases.screening.names.similarity import similarity
from cases.tracing.declared_goods import arms_found, found_sides, found_words, names_no_arms
from cases.tracing.kinds import LICENCES
from cases.tracing.mismatches import (
    NOTHING,
    Inquiry,
    Mismatch,
    Result,
    Side,
    Sureness,
    is_former,
    known_country,
    name_of,
    words,
)

# Papers that are made out for one consignment, or for a stated number of them.
FOR_ONE_CONSIGNMENT: Final = LICENCES | {
    PaperKind.BILL_OF_LADING, PaperKind.AIR_WAYBILL, PaperKind.CUSTOMS_DECLARATION
}  # fmt: skip
# The State of the end user, or of import, issues these.
_OF_DESTINATION: Final = frozenset(
    {PaperKind.END_USER_CERTIFICATE, PaperKind.DELIVERY_VERIFICATION, PaperKind.IMPORT_LICENCE}
)
_NAME_KINDS: Final = ("person", "organization")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperUse:
    """Another incident in which a paper or an approval of that number was shown or claimed."""

    reference: str
    kind: str | None
    number: str
    # Of a paper the State that issued it, of an approval the regime.
    issuer: str | None
    # What was found there: one entry an item, None where it is not known.
    categories: tuple[str | None, ...] = ()
    # Pieces, rounds … of it, by unit, as far as they were counted.
    quantities: tuple[tuple[str, float], ...] = ()


def paper_results(record: DraftSubmission, uses: Sequence[PaperUse]) -> Iterator[Result]:
    """Yield what does not go together between each paper of the consignment and the rest of the record."""
    for index, paper in enumerate(record.documents):
        shown = _Shown(index, paper, name_of(paper, index))
        yield from _genuine(shown)
        yield from _stamp(shown)
        yield from _dates(shown, record)
        if paper.kind in LICENCES:
            yield from _issuer(shown, record.route or Route(), record.recipient or Recipient())
        if paper.kind == PaperKind.END_USER_CERTIFICATE:
            yield from _end_user(shown, record)
        if paper.kind in FOR_ONE_CONSIGNMENT:
            again, asked = _uses_of(shown, uses)
            yield from asked
            yield from _used_again(shown, record.items, again)
            yield from _goods(shown, record.items)
            yield from _quantity(shown, record.items, again)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A paper with its place in the record and how it is spoken of."""

    index: int
    paper: Paper
    name: str

    def side(self, field: str) -> Side:
        """Return what the paper says in a field, as one side of a comparison."""
        value = getattr(self.paper, field)
        return Side(self.fact(field), value if isinstance(value, int | float) else str(value))

    def fact(self, field: str) -> str:
        """Return where the field stands in the record."""
        return f"documents[{self.index}].{field}"

    def ask(self, code: str, field: str, **params: str | int | float) -> Inquiry:
        """Return an inquiry about a field of the paper."""
        return Inquiry(code=code, fact=self.fact(field), params={"paper": self.name, **params}, paper=self.index)

    def differs(
        self,
        rule: str,
        field: str,
        *others: Side,
        sureness: Sureness = Sureness.CERTAIN,
        items: tuple[int, ...] = (),
        said: Mapping[str, Param] = NOTHING,
    ) -> Mismatch:
        """Return that a field of the paper does not go together with other statements."""
        return Mismatch(
            rule=rule,
            params={"paper": self.name, **said},
            sides=(self.side(field), *others),
            sureness=sureness,
            paper=self.index,
            items=items,
        )


def _genuine(shown: _Shown) -> Iterator[Result]:
    found = shown.paper.authenticity
    if found == PaperAuthenticity.FORGED:
        yield shown.differs("paper.forged", "authenticity")
    elif found == PaperAuthenticity.DISPUTED:
        yield shown.differs("paper.disputed", "authenticity", sureness=Sureness.LIKELY)
    elif found == PaperAuthenticity.MISSING:
        yield shown.ask("paper_missing", "authenticity")
    elif found != PaperAuthenticity.AUTHENTICATED:
        yield shown.ask("authenticity", "authenticity")


def _stamp(shown: _Shown) -> Iterator[Result]:
    if shown.paper.stamp == PaperStamp.DIFFERS:
        yield shown.differs("paper.stamp", "stamp")
    elif shown.paper.stamp == PaperStamp.ABSENT:
        yield shown.ask("stamp_absent", "stamp")
    elif shown.paper.stamp is None and shown.paper.kind in LICENCES:
        yield shown.ask("stamp", "stamp")


def _dates(shown: _Shown, record: DraftSubmission) -> Iterator[Result]:
    issued, until, stopped = shown.paper.issued_on, shown.paper.valid_until, record.occurred_on
    left = record.route.departed_on if record.route else None
    if issued is None:
        yield shown.ask("issued_on", "issued_on")
    elif stopped is not None and issued.last_day > stopped.last_day:
        said = {"issued": str(issued), "stopped": str(stopped)}
        if issued.first_day > stopped.last_day:
            yield shown.differs("paper.issued_after", "issued_on", Side("occurred_on", str(stopped)), said=said)
        else:
            yield shown.ask("issued_when", "issued_on", **said)
    if until is None:
        return
    if left is not None and until.last_day < left.first_day:
        side = Side("route.departed_on", str(left))
        yield shown.differs("paper.expired", "valid_until", side, said={"until": str(until), "left": str(left)})
    elif _may_have_left_after(until, left, stopped):
        yield shown.ask("left_before_expiry", "valid_until", until=str(until))


def _may_have_left_after(until: PartialDate, left: PartialDate | None, stopped: PartialDate | None) -> bool:
    latest = left or stopped
    return latest is not None and until.first_day < latest.last_day


def _issuer(shown: _Shown, route: Route, recipient: Recipient) -> Iterator[Result]:
    issuer = known_country(shown.paper.country)
    if issuer is None:
        yield shown.ask("issuer", "country")
        return
    if shown.paper.kind in _OF_DESTINATION:
        what, against = "destination", [
            ("paper.country_not_destination", "route.destination", route.destination, Sureness.LIKELY),
            ("paper.country_not_recipient", "recipient.country", recipient.country, Sureness.CERTAIN),
        ]  # fmt: skip
    elif shown.paper.kind == PaperKind.EXPORT_LICENCE:
        what, against = "origin", [("paper.country_not_origin", "route.origin", route.origin, Sureness.LIKELY)]
    else:
        return
    against += [
        ("paper.country_not_declared", f"route.claims[{position}].country", claim.country, Sureness.LIKELY)
        for position, claim in enumerate(route.claims)
        if claim.by == ClaimSource.DOCUMENTS and claim.what == what
    ]
    for rule, fact, stated, sureness in against:
        other = known_country(stated)
        if other is None or other == issuer:
            continue
        if is_former(other, issuer):
            yield shown.ask("former_state", "country", issuer=issuer, other=other)
        else:
            yield shown.differs(
                rule, "country", Side(fact, other), sureness=sureness, said={"issuer": issuer, "other": other}
            )


def _end_user(shown: _Shown, record: DraftSubmission) -> Iterator[Result]:
    named = shown.paper.end_user
    if named is None:
        yield shown.ask("end_user", "end_user")
        return
    recipient = record.recipient or Recipient()
    if recipient.name:
        # Of the State's own bodies one may stand for another, and of an unknown recipient nothing is known.
        is_open = recipient.kind in {None, RecipientKind.UNKNOWN, RecipientKind.GOVERNMENT}
        names = tuple(name for name in (recipient.name, recipient.acts_for) if name)
        code = "government_end_user" if is_open else None
        yield from _names(shown, named, names, "recipient.name", "paper.end_user_not_recipient", code)
    for position, party in enumerate(record.parties):
        rule = _BY_ROLE.get(party.role) if party.role else None
        if rule and party.name:
            yield from _names(shown, named, _names_of(party), f"parties[{position}].name", rule)


_BY_ROLE: Final = {
    PartyRole.CONSIGNEE: "paper.end_user_not_consignee",
    PartyRole.IMPORTER: "paper.end_user_not_consignee",
    PartyRole.END_USER: "paper.end_user_not_stated",
}


def _names_of(party: Party) -> tuple[str, ...]:
    return tuple(name for name in (party.name, party.name_original, *party.aliases) if name)


def _names(
    shown: _Shown, named: str, others: tuple[str, ...], fact: str, rule: str, instead: str | None = None
) -> Iterator[Result]:
    """Compare the end user with one other, by the likest of its names; `instead` asks what cannot be said."""
    score = max(similarity(named, other, kind) for other in others for kind in _NAME_KINDS)
    said = {"end_user": named, "other": others[0]}
    if score >= CERTAIN_THRESHOLD:
        return
    if score >= REVIEW_THRESHOLD:
        yield shown.ask("near_name", "end_user", **said)
    elif instead is not None:
        yield shown.ask(instead, "end_user", **said)
    else:
        yield shown.differs(rule, "end_user", Side(fact, others[0]), sureness=Sureness.LIKELY, said=said)


def _uses_of(shown: _Shown, uses: Sequence[PaperUse]) -> tuple[list[PaperUse], list[Inquiry]]:
    """Return where the same paper was used; that two States, or two sorts of paper, share a number says nothing."""
    paper, issuer = shown.paper, known_country(shown.paper.country)
    alike = [
        use
        for use in uses
        if paper.number and use.number == paper.number and use.kind in {None, paper.kind}
        and (issuer is None or known_country(use.issuer) in {None, issuer})
    ]  # fmt: skip
    same = [use for use in alike if use.kind and issuer and known_country(use.issuer)]
    if open_ones := [use for use in alike if use not in same]:
        return same, [shown.ask("same_number", "number", references=references_of(open_ones))]
    return same, []


def references_of(uses: Sequence[PaperUse]) -> str:
    """Return the references of the incidents, each once and in order."""
    return ", ".join(sorted({use.reference for use in uses}))


def _used_again(shown: _Shown, items: tuple[Item, ...], uses: list[PaperUse]) -> Iterator[Mismatch]:
    if not uses:
        return
    sides = [Side(f"{use.reference}/documents", use.number) for use in uses]
    said = references_of(uses)
    yield shown.differs("paper.used_again", "number", *sides, sureness=Sureness.LIKELY, said={"references": said})
    here = {item.category for item in items}
    others = [use for use in uses if _is_for_other_goods(here, set(use.categories))]
    if others:
        goods = words(category for use in others for category in use.categories if category)
        sides = [Side(f"{use.reference}/items", words(c for c in use.categories if c)) for use in others]
        said = references_of(others)
        yield shown.differs(
            "paper.used_for_other_goods",
            "number",
            *sides,
            sureness=Sureness.LIKELY,
            said={"references": said, "goods": goods},
        )


def _is_for_other_goods(here: Set[str | None], there: Set[str | None]) -> bool:
    """Return whether both are wholly known, and nothing is of one category."""
    return bool(here and there) and None not in here | there and not here & there


def _goods(shown: _Shown, items: tuple[Item, ...]) -> Iterator[Mismatch]:
    text, arms = shown.paper.goods, arms_found(items)
    if text is not None and arms and names_no_arms(text):
        found = found_words(items, arms)
        sides = found_sides(items, arms)
        yield shown.differs(
            "paper.other_goods",
            "goods",
            *sides,
            sureness=Sureness.LIKELY,
            items=arms,
            said={"goods": text, "found": found},
        )


def _quantity(shown: _Shown, items: tuple[Item, ...], uses: list[PaperUse]) -> Iterator[Result]:
    covered, unit = shown.paper.quantity, shown.paper.unit
    if covered is None:
        return
    if unit is None:
        yield shown.ask("paper_unit", "unit")
        return
    counted = [(index, item.quantity) for index, item in enumerate(items) if item.unit == unit and item.quantity]
    here = sum(quantity for _, quantity in counted)
    there = sum(quantity for use in uses for of_unit, quantity in use.quantities if of_unit == unit)
    sides = [Side(f"items[{index}].quantity", quantity) for index, quantity in counted]
    said = {"quantity": covered, "unit": unit}
    if here > covered:
        indexes = tuple(index for index, _ in counted)
        yield shown.differs("paper.quantity", "quantity", *sides, items=indexes, said=said | {"found": here})
    if there and here + there > covered:
        sides += [Side(f"{use.reference}/items", total) for use in uses if (total := dict(use.quantities).get(unit))]
        said |= {"references": references_of(uses), "found": here + there}
        yield shown.differs("paper.quantity_in_all", "quantity", *sides, sureness=Sureness.LIKELY, said=said)

"""What an asker is warned of before a referral goes out: reasons not to trace at all, and reasons to look again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from cases.choices import Answer, DispositionStatus, IncidentKind, ReferralKind
from cases.tracing.catalogue import may_be_manufacturer, recognise
from cases.tracing.content import Plain, ReferralContent, ReferralItem

# The word by which a record says that arms were given up under an amnesty.
AMNESTY: Final = "amnesty"
LAST_YEAR_OF_ANTIQUES: Final = 1899
FIRST_YEAR_OF_USUAL_RECORDS: Final = 1946

# Code → the sentence; {lines} are numbers of the letter's lines.
WARNINGS: Final[dict[str, str]] = {
    "amnesty": (
        "The arms were surrendered under an amnesty. Where it promises that they are not traced, do not trace them."
    ),
    "antique": "Line {lines}: made in or before 1899, an antique; do not trace it.",
    "destruction_ordered": (
        "Line {lines}: its destruction is ordered; do not trace it where that would delay the destruction."
    ),
    "already_asked": "Line {lines}: {country} is being asked about it already; this cannot be issued until it answers.",
    "made_elsewhere": (
        "Line {lines}: {country} is not among the States where this model is known to be made ({makers}); "
        "it may be the State of the stock. Look at the marks again."
    ),
    "before_1946": "Line {lines}: made before 1946; few civilian records reach back so far.",
    "reply_date_advised": "No day is set by which a reply is requested.",
    "onward_use_advised": "Consent to pass the answer on to the Committee, a panel, INTERPOL or WCO is not asked for.",
}
# Of these a supervisor must say why the letter is to go out all the same.
STOPPING: Final = frozenset({"amnesty", "antique", "destruction_ordered"})


@dataclass(frozen=True, slots=True)
class ReferralWarning:
    """One thing to weigh before the letter goes out; of some a supervisor must say why it goes out all the same."""

    code: str
    lines: tuple[int, ...] = ()
    params: tuple[tuple[str, Plain], ...] = ()

    @property
    def stops(self) -> bool:
        """Return whether it stops the letter unless a supervisor gives the reason."""
        return self.code in STOPPING

    @property
    def sentence(self) -> str:
        """Return the English template of what it says."""
        return WARNINGS[self.code]


def referral_warnings(content: ReferralContent, *, asked_lines: Iterable[int] = ()) -> tuple[ReferralWarning, ...]:
    """Return what to weigh before the letter goes out; `asked_lines` are those that the State is asked about now."""
    return (
        *_of_record(content),
        *_of_lines(content, "antique", _is_antique),
        *_of_lines(content, "destruction_ordered", _is_to_be_destroyed),
        *_already_asked(content, tuple(asked_lines)),
        *_made_elsewhere(content),
        *_old_and_civilian(content),
        *_advised(content),
    )


def _of_record(content: ReferralContent) -> Iterator[ReferralWarning]:
    parts = content.by_incident()
    if given_up := [part for part in parts if _is_under_amnesty(part)]:
        lines = [item.number for part in given_up for item in part.items] if len(parts) > 1 else []
        yield ReferralWarning("amnesty", tuple(lines))


def _is_under_amnesty(content: ReferralContent) -> bool:
    return content.observation.kind == IncidentKind.SURRENDER and AMNESTY in content.observation.context


def _of_lines(content: ReferralContent, code: str, holds: Callable[[ReferralItem], bool]) -> Iterator[ReferralWarning]:
    if lines := tuple(item.number for item in content.items if holds(item)):
        yield _on(code, lines)


def _on(code: str, lines: tuple[int, ...], **params: Plain) -> ReferralWarning:
    named: dict[str, Plain] = {"lines": ", ".join(map(str, lines)), **params}
    return ReferralWarning(code, lines, tuple(named.items()))


def _is_antique(item: ReferralItem) -> bool:
    year = _year(item)
    return year is not None and year <= LAST_YEAR_OF_ANTIQUES


def _year(item: ReferralItem) -> int | None:
    year = item.year_of_manufacture
    return int(year) if year is not None and year.isdecimal() else None


def _is_to_be_destroyed(item: ReferralItem) -> bool:
    return item.custody == DispositionStatus.DESTRUCTION_ORDERED


def _already_asked(content: ReferralContent, lines: tuple[int, ...]) -> Iterator[ReferralWarning]:
    if lines:
        yield _on("already_asked", lines, country=content.addressee.country)


def _made_elsewhere(content: ReferralContent) -> Iterator[ReferralWarning]:
    """Only where the State is asked as the maker: the country on record may be that of the stock."""
    country = content.addressee.country
    for item in content.items:
        known = recognise(item.make or "", item.model or "")
        if known is None or country is None or item.country_of_manufacture != country:
            continue
        if may_be_manufacturer(country, item.make or "", item.model or "") is Answer.NO:
            yield _on("made_elsewhere", (item.number,), country=country, makers=", ".join(known.made_in))


def _old_and_civilian(content: ReferralContent) -> Iterator[ReferralWarning]:
    """Old State stock is what panels trace: advice only where no measure of the Council is engaged."""
    if content.mandate.resolution:
        return
    for part in content.by_incident():
        if not part.measures:
            yield from _of_lines(part, "before_1946", _is_older_than_records)


def _is_older_than_records(item: ReferralItem) -> bool:
    return LAST_YEAR_OF_ANTIQUES < (_year(item) or 0) < FIRST_YEAR_OF_USUAL_RECORDS


def _advised(content: ReferralContent) -> Iterator[ReferralWarning]:
    if content.kind != ReferralKind.ITI_REQUEST:
        return
    if content.reply_requested_by is None:
        yield ReferralWarning("reply_date_advised")
    if not content.onward_use:
        yield ReferralWarning("onward_use_advised")

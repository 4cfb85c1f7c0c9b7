"""The form by which INTERPOL's system for illicit arms (iARMS) is told of the arms of a trace: one form a referral.

The form is drawn from what the letter says at the level for INTERPOL, so that it names nobody that the letter does not;
what a record of an arm needs, and what the referral does not have, stands beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from cases.choices import DispositionStatus, IncidentKind, ItemCategory, MarkingState, MarkKind
from cases.tracing.content import Mark, ReferralContent, ReferralItem

# What can be traced piece by piece.
ARMS: Final = frozenset({ItemCategory.SMALL_ARM, ItemCategory.LIGHT_WEAPON, ItemCategory.BLANK_FIRING})
# States of marking that say why there is no serial number to give.
NO_SERIAL_TO_GIVE: Final = frozenset({MarkingState.NEVER_MARKED, MarkingState.OBLITERATED})
NEEDED_OF_REQUEST: Final = (
    *("reference", "dated", "requesting_body", "requesting_country", "requesting_office"),
    *("event_from", "event_country", "arms"),
)
NEEDED_OF_ARM: Final = ("serial_numbers", "make", "model", "calibre")
WANTED_OF_ARM: Final = ("country_of_manufacture", "year_of_manufacture", "import_country", "import_year")


class ArmStatus(StrEnum):
    """As what an arm is reported."""

    RECOVERED = "recovered"
    LOST = "lost"
    STOLEN = "stolen"


class Sheet(NamedTuple):
    """One sheet of a workbook: its title, what the columns are called, and the rows."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str | int | float | None]]


@dataclass(frozen=True, slots=True)
class Missing:
    """What the form lacks, of the request (no line) or of a line; of what is not needed a trace only gains by it."""

    element: str
    line: int | None
    is_needed: bool


@dataclass(frozen=True, slots=True)
class OtherMark:
    """A marking beside the serial number."""

    kind: str
    text: str
    position: str | None
    state: str | None


@dataclass(frozen=True, slots=True)
class Arm:
    """One line of the form: an arm, or arms alike."""

    line: int
    status: ArmStatus
    type: str
    subtype: str | None
    quantity: float | None
    unit: str | None
    serial_numbers: tuple[str, ...]
    marking_state: str | None
    make: str | None
    model: str | None
    calibre: str | None
    country_of_manufacture: str | None
    year_of_manufacture: str | None
    import_country: str | None
    import_year: str | None
    other_markings: tuple[OtherMark, ...]


@dataclass(frozen=True, slots=True)
class IarmsForm:
    """The form: who asks under which reference, when and where the arms were recovered or lost, and what is missing."""

    reference: str | None
    dated: date | None
    priority: str
    requesting_body: str | None
    requesting_country: str | None
    requesting_office: str | None
    requested_country: str | None
    event_from: date | None
    event_until: date | None
    event_country: str | None
    event_place: str | None
    event_latitude: float | None
    event_longitude: float | None
    event_accuracy_m: float | None
    illicit_grounds: tuple[str, ...]
    context: tuple[str, ...]
    redaction: str
    withheld: tuple[str, ...]
    arms: tuple[Arm, ...]
    # Lines of the referral that are no arms: ammunition, parts and other goods have no place in the system.
    lines_left_out: tuple[int, ...]
    missing: tuple[Missing, ...]


def iarms_form(content: ReferralContent) -> IarmsForm:
    """Return the form of a referral, from its content at the level for INTERPOL."""
    observation, place, body = content.observation, content.observation.place, content.issuing_body
    form = IarmsForm(
        reference=content.reference,
        dated=content.dated,
        priority=content.priority,
        requesting_body=body.name,
        requesting_country=body.country,
        requesting_office=body.contact.office,
        requested_country=content.addressee.country,
        event_from=observation.occurred.first_day,
        event_until=observation.occurred.last_day,
        event_country=place.country or place.nearest_country,
        event_place=place.name,
        event_latitude=place.latitude,
        event_longitude=place.longitude,
        event_accuracy_m=place.accuracy_m,
        illicit_grounds=content.illicit_grounds,
        context=observation.context,
        redaction=content.redaction,
        withheld=tuple(entry.what for entry in content.withheld),
        arms=tuple(_arm(item, observation.kind) for item in content.items if item.category in ARMS),
        lines_left_out=tuple(item.number for item in content.items if item.category not in ARMS),
        missing=(),
    )
    return replace(form, missing=tuple(_missing(form)))


def _arm(item: ReferralItem, kind: str) -> Arm:
    serials = [mark for mark in item.marks if mark.kind == MarkKind.SERIAL and mark.text]
    others = [mark for mark in item.marks if mark.kind != MarkKind.SERIAL and mark.text]
    return Arm(
        line=item.number,
        status=_status(item, kind),
        type=item.category,
        subtype=item.subtype,
        quantity=item.quantity,
        unit=item.unit,
        serial_numbers=tuple(mark.text or "" for mark in serials),
        marking_state=item.marking_state,
        make=item.make,
        model=item.model,
        calibre=item.calibre,
        country_of_manufacture=item.country_of_manufacture,
        year_of_manufacture=item.year_of_manufacture,
        import_country=item.import_country,
        import_year=item.import_year,
        other_markings=tuple(map(_other, others)),
    )


def _other(mark: Mark) -> OtherMark:
    return OtherMark(mark.kind, mark.text or "", mark.position, mark.state)


def _status(item: ReferralItem, kind: str) -> ArmStatus:
    if item.custody == DispositionStatus.STOLEN:
        return ArmStatus.STOLEN
    is_lost = item.custody == DispositionStatus.LOST or kind == IncidentKind.LOSS
    return ArmStatus.LOST if is_lost else ArmStatus.RECOVERED


def _missing(form: IarmsForm) -> Iterator[Missing]:
    for element in NEEDED_OF_REQUEST:
        if not getattr(form, element):
            yield Missing(element, None, is_needed=True)
    for arm in form.arms:
        may_lack = {"serial_numbers"} if arm.marking_state in NO_SERIAL_TO_GIVE else set()
        for element in (*NEEDED_OF_ARM, *WANTED_OF_ARM):
            if not getattr(arm, element) and element not in may_lack:
                yield Missing(element, arm.line, is_needed=element in NEEDED_OF_ARM)


def sheets_of(form: IarmsForm) -> list[Sheet]:
    """Return the form as the sheets of a workbook: the request, the arms, their other markings, and what is missing."""
    of_request = [name for name in _names(IarmsForm) if name not in {"arms", "missing"}]
    of_arm = [name for name in _names(Arm) if name != "other_markings"]
    return [
        Sheet("request", ("field", "value"), [(name, _text(getattr(form, name))) for name in of_request]),
        Sheet("arms", of_arm, [[_text(getattr(arm, name)) for name in of_arm] for arm in form.arms]),
        Sheet(
            "other_markings",
            ("line", *_names(OtherMark)),
            [(arm.line, *astuple(mark)) for arm in form.arms for mark in arm.other_markings],
        ),
        Sheet("missing", _names(Missing), [(each.element, each.line, str(each.is_needed)) for each in form.missing]),
    ]


def _names(shape: type[IarmsForm | Arm | OtherMark | Missing]) -> list[str]:
    return [field.name for field in fields(shape)]


def _text(value: object) -> str | int | float | None:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or None
    return value if isinstance(value, int | float) else None if value is None else str(value)

"""The questions a referral puts, chosen by its kind and by what its lines are (ITI 20 and the practice of panels)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cases.choices import ItemCategory, PaperKind, ReferralKind
from cases.tracing.content import Plain, ReferralContent, ReferralItem
from cases.tracing.kinds import ITI_CATEGORIES, KINDS, LICENCES

# Code → the sentence, with its placeholders; other languages translate these. {items} reads "Items 1, 2 and 5".
QUESTION_SENTENCES: dict[str, str] = {
    "manufacture": (
        "{items}: the date and place of manufacture, and the manufacturer, where made under your State's jurisdiction. "
        "Where a marking is not of your State, or appears copied or misread, please say so."
    ),
    "lot": (
        "{items}: the manufacturer, the year and the lot that headstamps, lot numbers or packaging marks stand for, "
        "and the first recipient of the lot."
    ),
    "explosive": (
        "{items}: the manufacturer, the type and the lot, as far as markings or packaging show them, and the first "
        "recipient of the lot."
    ),
    "parts": "{items}: the system or end item concerned, the manufacturer, and the first recipient.",
    "import": "{items}: the date of import into your State, the importer, and the last lawful holder there.",
    "first_consignee": "{items}: the first consignee, the contract, and the date of delivery.",
    "export_papers": (
        "{items}: copies of the export licence, of the end-user certificate, and of the transport and delivery "
        "verification documents."
    ),
    "later_transfers": "{items}: any later transfer known, and any re-export or retransfer requested or authorised.",
    "other_serials": "{items}: other serial or lot numbers of the same consignment.",
    "lost_or_stolen": "{items}: any report of loss, theft, seizure or destruction.",
    "convertible": "{items}: whether the model was sold as readily convertible, and the buyer of this batch.",
    "services": "{items}: the persons or companies that provided the services, and the authorisation for them.",
    "route_origin": (
        "The place and date of loading, the consignor, and the export or customs documents that covered the goods."
    ),
    "route_transit": (
        "Any passage of the goods or of the conveyance through your territory, and the customs documents used."
    ),
    "route_destination": "The consignee in your State, and any authorisation of the import.",
    "conveyance": (
        "The owner, operator and crew of the conveyance on the day, and its voyages in the twelve months before."
    ),
    "paper_issued": (
        "{paper}: whether it was issued by your authorities, on what date, to whom, and for what goods and quantity."
    ),
    "paper_end_user": "{paper}: whether the end user named is known to you, and whether delivery to it was verified.",
    "measures_taken": "The inquiries that your authorities have made into the matter, and their result.",
}

_LOTS = frozenset({ItemCategory.AMMUNITION, ItemCategory.GRENADE, ItemCategory.MINE, ItemCategory.MISSILE})
_EXPLOSIVES = frozenset({ItemCategory.EXPLOSIVE, ItemCategory.IED_COMPONENT})
_SERVICES = frozenset(
    {
        ItemCategory.TRAINING, ItemCategory.TECHNICAL_ASSISTANCE, ItemCategory.BROKERING,
        ItemCategory.TRANSPORT_SERVICE, ItemCategory.FINANCING, ItemCategory.MERCENARY,
    }
)  # fmt: skip
_NEVER_ASKED = frozenset({ItemCategory.NARCOTICS, ItemCategory.MINERALS, ItemCategory.CASH, ItemCategory.OTHER_GOODS})
_OTHER_MATERIEL = (
    frozenset(ItemCategory) - ITI_CATEGORIES - _LOTS - _EXPLOSIVES - _SERVICES - _NEVER_ASKED
    - {ItemCategory.PART, ItemCategory.BLANK_FIRING}
)  # fmt: skip
_WITH_SUPPLY_CHAIN = frozenset(ItemCategory) - _SERVICES - _NEVER_ASKED
_WITH_SERIALS = _WITH_SUPPLY_CHAIN - _EXPLOSIVES

# In the order in which a letter asks: what each question is for, and the categories it fits.
_BY_CATEGORY: tuple[tuple[str, frozenset[ItemCategory]], ...] = (
    ("manufacture", ITI_CATEGORIES | _OTHER_MATERIEL | {ItemCategory.BLANK_FIRING}),
    ("lot", _LOTS),
    ("explosive", _EXPLOSIVES),
    ("parts", frozenset({ItemCategory.PART})),
    ("convertible", frozenset({ItemCategory.BLANK_FIRING})),
    ("first_consignee", _WITH_SUPPLY_CHAIN),
    ("export_papers", _WITH_SUPPLY_CHAIN),
    ("later_transfers", _WITH_SUPPLY_CHAIN),
    ("other_serials", _WITH_SERIALS),
    ("lost_or_stolen", _WITH_SERIALS),
    ("services", _SERVICES),
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its code, the item lines it is about, and further plain values of its sentence."""

    code: str
    lines: tuple[int, ...] = ()
    params: tuple[tuple[str, Plain], ...] = ()
    # Of a letter over several incidents, the place of the one whose route, conveyance or papers it is about.
    part: int | None = None


def questions_for(content: ReferralContent) -> tuple[Question, ...]:
    """Return the questions of a referral in the order in which the letter asks them."""
    parts = content.by_incident()
    of_incidents = (
        replace(question, part=at if len(parts) > 1 else None)
        for at, part in enumerate(parts)
        for question in (*_of_route(part), *_of_papers(part))
    )
    return (*_of_lines(content), *of_incidents, *_of_inquiries(content))


def _of_lines(content: ReferralContent) -> Iterator[Question]:
    if content.kind == ReferralKind.LICENCE_ENQUIRY:
        return
    for code, categories in _BY_CATEGORY:
        yield from _asked(code, [item for item in content.items if item.category in categories])
        if code == "convertible":
            yield from _asked(
                "import", [item for item in content.items if item.import_country == _asked_state(content)]
            )


def _asked(code: str, items: list[ReferralItem]) -> Iterator[Question]:
    if items:
        yield Question(code, tuple(item.number for item in items))


def _asked_state(content: ReferralContent) -> str:
    return content.addressee.country or ""


def _of_route(content: ReferralContent) -> Iterator[Question]:
    # What the International Tracing Instrument is for is the arms; route and conveyance are asked by other letters.
    if content.kind in {ReferralKind.ITI_REQUEST, ReferralKind.IARMS_TRACE, ReferralKind.LICENCE_ENQUIRY}:
        return
    state, observation = _asked_state(content), content.observation
    if state and state == observation.route.origin:
        yield Question("route_origin")
    if state in observation.route.transit:
        yield Question("route_transit")
    if state and state == observation.route.destination:
        yield Question("route_destination")
    if observation.conveyance is not None and state and state == observation.conveyance.flag:
        yield Question("conveyance")


def _of_papers(content: ReferralContent) -> Iterator[Question]:
    for number, paper in enumerate(content.papers):
        if paper.kind in LICENCES or content.kind == ReferralKind.LICENCE_ENQUIRY:
            yield Question("paper_issued", params=(("paper", number),))
            if paper.kind == PaperKind.END_USER_CERTIFICATE:
                yield Question("paper_end_user", params=(("paper", number),))


def _of_inquiries(content: ReferralContent) -> Iterator[Question]:
    if "mandate" in KINDS[ReferralKind(content.kind)].elements:
        yield Question("measures_taken")

from dataclasses import replace

import pytest

from cases.tracing import missing_elements
from cases.tracing.content import Addressee, Contact, Mandate, Observation, Place, ReferralContent
from tests.referral_samples import ITI_REQUEST, PANEL_REQUEST


def _elements(content: ReferralContent) -> list[tuple[str, str]]:
    return [(missing.element, missing.pointer) for missing in missing_elements(content)]


def _with_item(content: ReferralContent, number: int, **changes: object) -> ReferralContent:
    items = [replace(item, **changes) if item.number == number else item for item in content.items]
    return replace(content, items=tuple(items))


@pytest.mark.parametrize("content", [ITI_REQUEST, PANEL_REQUEST], ids=["iti", "panel"])
def test_a_complete_referral_lacks_nothing(content: ReferralContent) -> None:
    assert missing_elements(content) == ()


@pytest.mark.parametrize(
    ("changes", "element", "pointer"),
    [
        ({"reference": None}, "reference", "/referral/reference"),
        ({"dated": None}, "date", "/referral/dated"),
        ({"priority_justification": None}, "priority", "/referral/priority_justification"),
        ({"language": "tlh"}, "language", "/referral/language"),
        (
            {"issuing_body": replace(ITI_REQUEST.issuing_body, name=None)},
            "requesting_authority",
            "/referral/issuing_body/name",
        ),
        ({"issuing_body": replace(ITI_REQUEST.issuing_body, kind="panel")}, "issuer", "/referral/kind"),
        (
            {"issuing_body": replace(ITI_REQUEST.issuing_body, contact=Contact(office="Tracing desk"))},
            "point_of_contact",
            "/referral/issuing_body/contact",
        ),
        ({"addressee": replace(ITI_REQUEST.addressee, country=None)}, "requested_state", "/referral/addressee/country"),
        (
            {"addressee": replace(ITI_REQUEST.addressee, contact=Contact())},
            "addressee_contact",
            "/referral/addressee/contact",
        ),
        ({"addressee": replace(ITI_REQUEST.addressee, reasons=())}, "why_this_state", "/referral/addressee/reasons"),
        (
            {"observation": replace(ITI_REQUEST.observation, place=Place(country="SOM"))},
            "jurisdiction",
            "/referral/kind",
        ),
        ({"illicit_grounds": ()}, "illicit_nature", "/incident/illicit_grounds"),
        ({"illicit_grounds": ("because",)}, "illicit_nature", "/incident/illicit_grounds"),
        ({"legal_justification": None}, "legal_justification", "/incident/legal_justification"),
        ({"intended_use": None}, "intended_use", "/referral/intended_use"),
        ({"confidentiality": None}, "confidentiality", "/referral/confidentiality"),
    ],
)
def test_each_element_left_out_is_named_alone(changes: dict[str, object], element: str, pointer: str) -> None:
    assert _elements(replace(ITI_REQUEST, **changes)) == [(element, pointer)]


def test_markings_type_and_calibre_are_asked_of_each_line() -> None:
    without_marks = _with_item(ITI_REQUEST, 1, marks=())
    without_type = _with_item(ITI_REQUEST, 1, description=None)
    without_calibre = _with_item(ITI_REQUEST, 2, calibre=None)

    assert _elements(without_marks) == [("markings", "/incident/items/0/marks")]
    assert _elements(without_type) == [("type", "/incident/items/0/description")]
    # The pointer names the record's line, the remedy the letter's.
    assert _elements(without_calibre) == [("calibre", "/incident/items/2/calibre")]
    assert missing_elements(without_calibre)[0].remedy == "Line 2: give the calibre."


@pytest.mark.parametrize("state", ["never_marked", "obliterated"])
def test_the_statement_that_there_is_no_mark_is_enough(state: str) -> None:
    assert _elements(_with_item(ITI_REQUEST, 1, marks=(), marking_state=state)) == []


@pytest.mark.parametrize("state", [None, "unknown", "intact", "partial", "restored"])
def test_an_unread_mark_is_no_statement_that_there_is_none(state: str | None) -> None:
    assert _elements(_with_item(ITI_REQUEST, 1, marks=(), marking_state=state)) == [
        ("markings", "/incident/items/0/marks")
    ]


def test_a_date_or_place_that_nobody_recorded_is_missing() -> None:
    content = replace(ITI_REQUEST, observation=Observation(incident="INC", kind="seizure"))

    assert _elements(content) == [("circumstances", "/incident/occurred_on"), ("circumstances", "/incident/place")]


def test_elements_come_in_the_order_of_the_table_with_their_paragraphs() -> None:
    content = replace(ITI_REQUEST, intended_use=None, legal_justification=None, addressee=Addressee(country="CHN"))

    missing = missing_elements(content)

    assert [(part.element, part.paragraph) for part in missing] == [
        ("addressee_contact", "ITI 31(a)"),
        ("why_this_state", None),
        ("legal_justification", "ITI 17(a)"),
        ("intended_use", "ITI 17(c)"),
    ]


def test_the_instrument_covers_no_letter_of_ammunition_alone() -> None:
    content = replace(ITI_REQUEST, items=ITI_REQUEST.items[2:])

    assert _elements(content) == [("scope", "/referral/kind")]


def test_a_panel_never_owes_or_cites_elements_of_the_instrument() -> None:
    content = replace(PANEL_REQUEST, illicit_grounds=(), legal_justification=None, intended_use=None)

    assert missing_elements(content) == ()
    assert _elements(replace(PANEL_REQUEST, mandate=Mandate(resolution="S/RES/1929 (2010)"))) == [
        ("mandate", "/referral/mandate")
    ]
    assert all(part.paragraph is None for part in missing_elements(replace(PANEL_REQUEST, confidentiality=None)))


def test_a_panel_letter_needs_a_marking_somewhere_and_a_reply_date() -> None:
    bare = tuple(replace(item, marks=(), marking_state=None) for item in PANEL_REQUEST.items)

    assert _elements(replace(PANEL_REQUEST, items=bare)) == [("markings", "/incident/items")]
    assert _elements(replace(PANEL_REQUEST, reply_requested_by=None)) == [
        ("reply_requested_by", "/referral/reply_requested_by")
    ]


def test_a_licence_enquiry_needs_the_paper_it_is_about_and_no_marks() -> None:
    enquiry = replace(ITI_REQUEST, kind="licence_enquiry", items=())

    assert _elements(enquiry) == []
    assert _elements(replace(enquiry, papers=())) == [("papers", "/incident/documents")]

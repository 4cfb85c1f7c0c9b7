"""What reports lack: by their kind, by the paragraph that obliges, and nothing that is only withheld."""

from dataclasses import replace

import pytest

from cases.choices import ReportKind
from cases.tracing.content import Contact, Observation, PackUsed, PartyStated, Place, RouteClaim, RouteStated
from cases.tracing.report import Disposal, ReportContent
from cases.tracing.report_completeness import missing_of_report
from tests.referral_samples import PANEL_REQUEST
from tests.report_samples import INITIAL, SECOND

WHOLE = ReportContent(
    kind="committee_initial",
    record=PANEL_REQUEST,
    cooperation="partial",
    disposals=tuple(Disposal(line=line, status="destroyed", on="2013-03-01") for line in range(1, 5)),
)
BARE = ReportContent(
    kind="committee_initial",
    record=replace(PANEL_REQUEST, items=(), observation=Observation(incident=None, kind="denial")),
)


def told(report: ReportContent) -> list[tuple[str, str, str | None]]:
    return [(part.element, part.pointer, part.paragraph) for part in missing_of_report(report)]


def elements(report: ReportContent) -> set[str]:
    return {part.element for part in missing_of_report(report)}


def test_an_initial_report_has_grounds_result_and_cooperation_by_its_paragraph() -> None:
    cited = "S/RES/2428 (2018), 10"

    assert told(replace(WHOLE, duties=(INITIAL,))) == []
    assert told(replace(BARE, duties=(INITIAL,))) == [
        ("inspection", "/incident/occurred_on", None),
        ("inspection", "/incident/place", None),
        ("grounds", "/incident/boarding/grounds", cited),
        ("result", "/incident/items", cited),
        ("cooperation", "/incident/boarding/cooperation", cited),
    ]


def test_an_inspection_that_found_nothing_has_a_result_and_unknown_cooperation_is_missing() -> None:
    nothing_found = replace(
        BARE, record=replace(BARE.record, observation=Observation(incident=None, kind="inspection"))
    )

    assert "result" not in elements(nothing_found)
    assert "cooperation" in elements(replace(WHOLE, cooperation="unknown"))


def test_a_text_that_only_asks_for_a_report_is_not_cited_and_an_appeal_is_not_either() -> None:
    other = replace(INITIAL, resolution="S/RES/2182 (2014)", paragraph="20")
    appeal = replace(INITIAL, force="called_upon")

    for duty in (other, appeal):
        assert {paragraph for _, _, paragraph in told(replace(BARE, duties=(duty,)))} == {None}


def test_a_first_report_tells_of_the_disposal_where_its_paragraph_says_so() -> None:
    of_korea = replace(INITIAL, resolution="S/RES/1874 (2009)", paragraph="15")
    disposals = (Disposal(line=1, status="unknown"), Disposal(line=2, status="held"))

    assert told(replace(WHOLE, duties=(of_korea,), disposals=disposals))[-1] == (
        "disposal",
        "/incident/items/0/disposition/status",
        "S/RES/1874 (2009), 15",
    )
    assert "disposal" not in elements(replace(WHOLE, duties=(INITIAL,), disposals=disposals))


def test_a_second_report_has_seizure_disposal_description_origin_and_destination_of_each_line() -> None:
    item = replace(PANEL_REQUEST.items[0], quantity=None, quantity_text=None, description=None, subtype=None)
    observation = replace(PANEL_REQUEST.observation, route=RouteStated(origin="XXX"))
    report = ReportContent(
        kind="committee_second",
        record=replace(PANEL_REQUEST, items=(item,), observation=observation),
        duties=(SECOND,),
        disposals=(Disposal(line=1, status="unknown"),),
    )
    claimed = replace(observation, route=RouteStated(claims=(RouteClaim(what="origin", country="IRN", by="crew"),)))

    assert [(element, pointer) for element, pointer, _ in told(report)] == [
        ("seizure", "/incident/items/0/quantity"),
        ("disposal", "/incident/items/0/disposition/status"),
        ("description", "/incident/items/0/description"),
        ("origin", "/incident/route/origin"),
        ("intended_destination", "/incident/route/destination"),
    ]
    assert {paragraph for _, _, paragraph in told(report)} == {"S/RES/2428 (2018), 10"}
    assert "origin" not in elements(replace(report, record=replace(report.record, observation=claimed)))


def test_a_disposal_notice_needs_something_disposed_of_and_its_day() -> None:
    notice = replace(WHOLE, kind="disposal_notice")
    held = (Disposal(line=1, status="held", on="2013-03-01"),)
    undated = (*held, Disposal(line=2, status="destroyed"))

    assert elements(notice) == set()
    assert [part.sentence for part in missing_of_report(replace(notice, disposals=held))] == ["disposal_at_all"]
    assert told(replace(notice, disposals=undated)) == [("disposal_made", "/incident/items/1/disposition/on", None)]


def test_who_may_reply_is_told_where_to_and_by_when() -> None:
    nowhere = replace(PANEL_REQUEST.issuing_body, contact=Contact(office="Registry"))
    offer = replace(
        WHOLE,
        kind="opportunity_to_reply",
        party=PartyStated(name="Sample Shipping (sample)"),
        record=replace(PANEL_REQUEST, issuing_body=nowhere),
    )

    assert elements(offer) == {"party_address", "respond_by", "reply_contact"}


def test_an_annex_for_a_panel_says_how_its_facts_are_known() -> None:
    observation = replace(PANEL_REQUEST.observation, basis=None)
    unmarked = tuple(replace(item, marks=(), marking_state=None) for item in PANEL_REQUEST.items)
    record = replace(PANEL_REQUEST, observation=observation, items=unmarked)

    assert elements(replace(WHOLE, kind="panel_annex")) == set()
    assert elements(replace(WHOLE, kind="panel_annex", record=record)) == {"basis", "markings"}


@pytest.mark.parametrize("kind", list(ReportKind))
def test_what_a_template_pack_prints_must_be_there_in_every_kind(kind: str) -> None:
    pack = PackUsed(name="Sample pack", version=1, sha256="0", opening=("By {reply_by}.",))
    record = replace(PANEL_REQUEST, reply_requested_by=None, template_pack=pack)

    assert ("template_pack", "/referral/reply_requested_by", None) in told(replace(WHOLE, kind=kind, record=record))


def test_a_place_that_is_known_in_any_way_is_not_missing() -> None:
    somewhere = Observation(incident=None, kind="inspection", place=Place(country="YEM"))

    assert ("inspection", "/incident/place", None) not in told(
        replace(BARE, record=replace(BARE.record, observation=somewhere))
    )

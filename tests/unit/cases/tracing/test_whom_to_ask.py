from cases.choices import MarkingEvent
from cases.tracing.marking_practices import Reading
from cases.tracing.whom_to_ask import HolderKnown, ItemAsked, Proposal, whom_to_ask


def reading(country: str, confidence: str = "medium", **changes: object) -> Reading:
    values = {"event": MarkingEvent.MANUFACTURE, "mark": "T9-1", "reasons": ()}
    return Reading(country=country, confidence=confidence, **{**values, **changes})


def said(proposal: Proposal) -> tuple[str, str, list[str], list[str]]:
    reasons = [reason.code for reason in proposal.reasons]
    return proposal.country, proposal.confidence, reasons, [caution.code for caution in proposal.cautions]


def test_a_stated_manufacture_that_no_mark_bears_out_may_be_only_the_stock() -> None:
    item = ItemAsked(country_of_manufacture="IRN", import_country="KEN")

    assert [said(each) for each in whom_to_ask(item, [])] == [
        ("IRN", "medium", ["manufacture"], ["stock_only"]),
        ("KEN", "medium", ["import_mark"], []),
    ]


def test_a_mark_that_bears_it_out_makes_it_sure_and_one_of_another_state_is_told() -> None:
    item = ItemAsked(country_of_manufacture="IRN")

    assert [said(each) for each in whom_to_ask(item, [reading("IRN")])] == [("IRN", "high", ["manufacture"], [])]
    assert [said(each) for each in whom_to_ask(item, [reading("CHN", "high")])] == [
        ("CHN", "high", [], []),
        ("IRN", "medium", ["manufacture"], ["stock_only", "other_maker"]),
    ]
    # What fits everything speaks against nobody.
    assert said(whom_to_ask(item, [reading("CHN", "low")])[0]) == ("IRN", "medium", ["manufacture"], ["stock_only"])


def test_registers_stocks_states_that_are_no_more_and_ones_own_are_told_as_what_they_are() -> None:
    holders = [HolderKnown("DJI", "national", "R 7"), HolderKnown("ETH", "national", "R 8")]
    item = ItemAsked(country_of_manufacture="XXX")
    marks = [reading("YUG", event=MarkingEvent.STOCK, stock="army")]

    assert [said(each) for each in whom_to_ask(item, marks, holders, own_country="DJI")] == [
        ("DJI", "high", ["last_holder"], ["own_state"]),
        ("ETH", "high", ["last_holder"], []),
        ("YUG", "medium", [], ["of_a_stock", "former_state"]),
    ]


def test_nothing_known_proposes_nobody() -> None:
    assert whom_to_ask(ItemAsked(), []) == ()

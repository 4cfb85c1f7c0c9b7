from dataclasses import replace

from cases.choices import ItemCategory
from cases.tracing.questions import questions_for
from tests.referral_samples import ITI_REQUEST, PANEL_REQUEST


def _asked(content: object) -> dict[str, tuple[int, ...]]:
    return {question.code: question.lines for question in questions_for(content)}  # type: ignore[arg-type]


def test_questions_follow_what_each_line_is() -> None:
    asked = _asked(PANEL_REQUEST)

    assert asked["manufacture"] == (4,)
    assert asked["lot"] == (1, 2)
    assert asked["explosive"] == (3,)
    assert asked["first_consignee"] == (1, 2, 3, 4)
    assert asked["other_serials"] == (1, 2, 4)


def test_a_panel_asks_of_the_route_only_what_the_addressee_can_know() -> None:
    to_yemen = replace(PANEL_REQUEST, addressee=replace(PANEL_REQUEST.addressee, country="YEM"))

    assert "route_origin" in _asked(PANEL_REQUEST)
    assert "route_destination" not in _asked(PANEL_REQUEST)
    assert "route_destination" in _asked(to_yemen)


def test_a_request_under_the_instrument_asks_of_arms_and_papers_not_of_inquiries() -> None:
    asked = _asked(ITI_REQUEST)

    assert "measures_taken" not in asked
    assert asked["import"] == (2,)
    assert {"paper_issued", "paper_end_user"} <= set(asked)


def test_a_licence_enquiry_asks_of_its_papers_only() -> None:
    assert set(_asked(replace(ITI_REQUEST, kind="licence_enquiry"))) == {"paper_issued", "paper_end_user"}


def test_every_category_is_either_asked_about_or_never_is() -> None:
    silent = {
        category
        for category in ItemCategory
        if not questions_for(replace(ITI_REQUEST, papers=(), items=(replace(ITI_REQUEST.items[0], category=category),)))
    }

    assert silent == {ItemCategory.NARCOTICS, ItemCategory.MINERALS, ItemCategory.CASH, ItemCategory.OTHER_GOODS}

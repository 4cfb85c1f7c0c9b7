from backend.rules_page.unverified import unverified
from tests.golden.freeze import rulebook


def rows_about(statement: str) -> set[tuple[str, str]]:
    return {(where, missing) for where, what, missing in unverified(rulebook()) if what == statement}


def test_a_measure_is_named_exactly_where_its_content_was_not_read():
    named = {where for where, missing in rows_about("the measure") if missing == "content and days"}

    assert named == {f"`{measure.id}`" for measure in rulebook().measures if not measure.verified}


def test_a_paragraph_that_was_not_read_is_named_with_its_number():
    named = {row for row in rows_about("the measure") if row[1].startswith("paragraph ")}

    assert named == {
        (f"`{measure.id}`", f"paragraph {measure.legal_basis.paragraph}")
        for measure in rulebook().measures
        if measure.legal_basis.paragraph is not None and not measure.legal_basis.paragraph_verified
    }


def test_a_group_is_named_exactly_where_nobody_read_how_it_counts():
    named = {(where, what) for where, what, _ in unverified(rulebook()) if what.startswith("group: ")}

    assert named == {
        (regime.id, f"group: {group.name}")
        for regime in rulebook().regimes
        for group in regime.groups
        if not group.verified
    }
    assert named

"""Statements are of one party where a number says so, and never because names are alike."""

from hypothesis import given
from hypothesis import strategies as st

from cases.tracing.case_parties import Identifier, Stated, same_parties

NUMBERS = [Identifier("passport", country, number) for country in ("AAA", "BBB") for number in ("1", "2")]
STATEMENTS = st.dictionaries(
    st.tuples(st.sampled_from(["A", "B", "C"]), st.integers(0, 2)), st.frozensets(st.sampled_from(NUMBERS))
).map(lambda found: [Stated(*place, numbers) for place, numbers in found.items()])


def stated(incident: str, *numbers: Identifier) -> Stated:
    return Stated(incident, 0, frozenset(numbers))


def test_a_number_counts_within_its_kind_and_state_and_joins_through_a_third() -> None:
    here, there, two = NUMBERS[0], NUMBERS[2], NUMBERS[1]
    parties = same_parties([stated("A", here), stated("B", here, two), stated("C", two), stated("D", there)])

    assert [[each.incident for each in party.stated] for party in parties] == [["A", "B", "C"], ["D"]]
    assert parties[0].merged_by == (here, two)
    assert parties[1].merged_by == ()


@given(statements=STATEMENTS)
def test_every_statement_stands_once_and_only_a_shared_number_joins(statements: list[Stated]) -> None:
    parties = same_parties(statements)

    assert sorted(each for party in parties for each in party.stated) == sorted(statements)
    for party in parties:
        assert bool(party.merged_by) == (len(party.stated) > 1)
    for one in parties:
        for other in parties:
            shared = {n for s in one.stated for n in s.identifiers} & {n for s in other.stated for n in s.identifiers}
            assert one is other or not shared

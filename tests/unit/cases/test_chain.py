from hypothesis import given
from hypothesis import strategies as st

from cases.chain import BEGINNING, Link, broken_links, linked


def chain_of(texts: list[str]) -> list[Link]:
    links, digest = [], BEGINNING
    for position, text in enumerate(texts, start=1):
        previous, digest = digest, linked(digest, text)
        links.append(Link(position=position, previous=previous, digest=digest, text=text, covers=f"row {position}"))
    return links


def changed(link: Link, **values: object) -> Link:
    fields = {name: getattr(link, name) for name in Link.__dataclass_fields__}
    return Link(**{**fields, **values})  # type: ignore[arg-type]  # the values of one test each


def broken(links: list[Link]) -> list[tuple[str, int]]:
    return [(each.problem, each.position) for each in broken_links(links)]


@given(st.lists(st.text()))
def test_a_chain_as_it_was_written_holds(texts: list[str]) -> None:
    assert broken(chain_of(texts)) == []


@given(st.lists(st.text(), min_size=1), st.data())
def test_a_text_that_was_changed_breaks_its_own_link_and_no_other(texts: list[str], data: st.DataObject) -> None:
    links = chain_of(texts)
    place = data.draw(st.integers(0, len(links) - 1))
    links[place] = changed(links[place], text=links[place].text + "x")  # type: ignore[operator]  # it has a text

    assert broken(links) == [("altered", place + 1)]


@given(st.lists(st.text(), min_size=2), st.data())
def test_a_link_that_was_taken_out_leaves_a_gap_unless_it_was_the_last(texts: list[str], data: st.DataObject) -> None:
    links = chain_of(texts)
    place = data.draw(st.integers(0, len(links) - 2))

    assert broken([*links[:place], *links[place + 1 :]]) == [("gap", place + 1)]


def test_links_that_were_numbered_anew_do_not_follow_one_another() -> None:
    links = chain_of(["a", "b", "c", "d"])
    closed_up = [links[0], changed(links[2], position=2), changed(links[3], position=3)]

    assert broken(closed_up) == [("order", 2)]


def test_a_row_that_is_gone_is_told_where_it_stood() -> None:
    links = chain_of(["a", "b", "c"])
    links[1] = changed(links[1], text=None)

    assert broken(links) == [("removed", 2)]


def test_a_position_that_comes_twice_is_out_of_order() -> None:
    links = chain_of(["a", "b"])

    assert ("order", 1) in broken([*links, links[0]])

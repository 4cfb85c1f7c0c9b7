import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.generate import names
from cases.generate.draws import Draw
from cases.generate.listed import ENTRIES, LISTED, SPELLINGS, made_up_list

seeds = st.integers(min_value=0, max_value=2**32)


@given(seeds, st.text(max_size=30))
def test_a_misspelling_is_drawn_from_any_name(seed, name):
    assert isinstance(names.misspelt(Draw(seed), name), str)


@given(seeds)
def test_a_company_says_by_its_number_that_it_is_made_up(seed):
    assert any(sign.isdigit() for sign in names.organization(Draw(seed)))


@pytest.mark.parametrize("kind", ["person", "organization", "vessel"])
def test_the_made_up_list_has_every_kind(kind):
    assert len(LISTED[kind]) > 10


def test_the_made_up_list_is_as_long_as_the_council_s():
    listed = made_up_list()

    assert len(listed) == SPELLINGS
    assert {name.key for name in listed} == set(range(ENTRIES))
    assert sum(name.quality == "primary" for name in listed) == ENTRIES


def test_the_made_up_list_is_the_same_each_time():
    assert made_up_list(50, 200, 1) == made_up_list.__wrapped__(50, 200, 1)


def test_a_name_in_original_script_has_no_latin_letters():
    draw = Draw(1)
    for _ in range(200):
        text = names.original_script(draw, names.person(draw))
        assert not any("a" <= sign.lower() <= "z" for sign in text)

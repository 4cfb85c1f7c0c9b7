import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.screening.names import CERTAIN_THRESHOLD, REVIEW_THRESHOLD, normalised, similarity

KINDS = ("person", "organization", "vessel")
PAIRS = Path(__file__).parent / "pairs.csv"

kinds = st.sampled_from(KINDS)
anything = st.text(max_size=60)
WORDS = """
    Salim Rashid bin ibn al-Amri Abdul Rahman Abu Bakr Saif al-Din Marta Lindqvist Kim Su J. MV Ocean Pearl 3 III
    Redwater Trading Ltd GmbH (Malta) ООО Зверев محمد عبد الرحمن 王小明 Γεώργιος A.K.M. Twenty-One /
"""
names = st.lists(st.sampled_from(sorted(set(WORDS.split()))), min_size=1, max_size=6).map(" ".join)


def labelled() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_pairs_of_every_kind_are_told_apart():
    pairs = labelled()
    said = [similarity(pair["name1"], pair["name2"], pair["kind"]) >= REVIEW_THRESHOLD for pair in pairs]
    true = [pair["is_match"] == "true" for pair in pairs]

    right = sum(one and other for one, other in zip(said, true, strict=True))
    wrong = sum(one != other for one, other in zip(said, true, strict=True))

    assert len(pairs) >= 150
    assert 2 * right / (2 * right + wrong) >= 0.95


def test_no_two_different_names_are_called_certainly_the_same():
    certain = [
        (pair["name1"], pair["name2"])
        for pair in labelled()
        if pair["is_match"] == "false" and similarity(pair["name1"], pair["name2"], pair["kind"]) >= CERTAIN_THRESHOLD
    ]

    assert certain == []


@given(anything | names, anything | names, kinds)
def test_the_order_of_the_two_names_never_shows(a: str, b: str, kind: str):
    assert similarity(a, b, kind) == similarity(b, a, kind)


@given(anything | names, anything | names, kinds | st.just("unknown"))
def test_any_text_gives_a_number_from_zero_to_one(a: str, b: str, kind: str):
    assert 0 <= similarity(a, b, kind) <= 1


@given(anything | names, kinds)
def test_a_name_with_letters_is_itself(name: str, kind: str):
    assert similarity(name, name, kind) == float(any(map(str.isalpha, name)))


@given(names, names, kinds)
def test_names_normalised_alike_are_the_same_and_compare_alike(a: str, b: str, kind: str):
    upper = a.lower()

    if normalised(a, kind) == normalised(upper, kind) and normalised(a, kind).strip("|0/,"):
        assert similarity(a, b, kind) == pytest.approx(similarity(upper, b, kind), abs=1e-9) or b in {a, upper}


@pytest.mark.parametrize(
    ("label", "a", "b"),
    [
        ("Arabic script", "ناصر يوسف البغدادي", "Nasser Yousef al-Baghdadi"),
        ("Cyrillic script", "Николай Зверев", "Nikolai Zverev"),
        ("Chinese signs", "王小明", "Wang Xiaoming"),
        ("order by comma", "Zverev, Nikolai", "Nikolai Zverev"),
        ("patronymic particle", "Salim bin Rashid al-Amri", "Salim ibn Rashid el-Amri"),
        ("compound name", "Abd al-Rahman Yazdi", "Abdurrahman Yazdi"),
        ("title", "Mullah Ghulam Rasuli", "Ghulam Rasuli"),
    ],
)
def test_the_same_person_written_in_another_way_is_certain(label: str, a: str, b: str):
    assert similarity(a, b, "person") >= CERTAIN_THRESHOLD


@pytest.mark.parametrize(
    ("label", "kind", "a", "b"),
    [
        ("father and son", "person", "Khalid bin Salim", "Salim bin Khalid"),
        ("given names swapped", "person", "Martin Werner", "Werner Martin"),
        ("generic words", "organization", "General Trading Company", "General Shipping Company"),
        ("number", "organization", "Brigade Twenty-One", "Brigade 22"),
        ("number of a vessel", "vessel", "Kum San 8", "Kum San 5"),
        ("short names", "person", "Kim Su", "Kim Ju"),
        ("legal form", "organization", "Redwater AG", "Redwater GmbH"),
        ("one word of two", "person", "Tomas", "Tomas Okonjo"),
        ("common word", "person", "Ali Hussein", "Ali Karimov"),
    ],
)
def test_what_must_not_match_stays_below_review(label: str, kind: str, a: str, b: str):
    assert similarity(a, b, kind) < REVIEW_THRESHOLD


def test_a_comma_settles_which_of_two_given_names_comes_first():
    assert similarity("Martin, Werner", "Werner Martin", "person") >= CERTAIN_THRESHOLD


def test_a_long_text_takes_no_long_time():
    # A pasted page is no name; that it is answered at all is what counts.
    page = "Salim bin Rashid al-Amri " * 40

    assert similarity(page, "Salim bin Rashid al-Amri", "person") <= 1


@pytest.mark.parametrize(("a", "b"), [("", " "), ("!!!", "???"), ("", "Marta Lindqvist")])
def test_what_has_no_letters_is_like_nothing(a: str, b: str):
    assert similarity(a, b, "person") == 0

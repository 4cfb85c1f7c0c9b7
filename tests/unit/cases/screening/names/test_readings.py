import pytest

from cases.screening.names.numerals import number_of, roman_number_of
from cases.screening.names.readings import read_name
from cases.screening.names.scripts import latin
from cases.screening.names.sounds import skeleton


def words(name: str, kind: str) -> list[str]:
    return [word.text for word in read_name(name, kind).words]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Dr. Marta Lindqvist", ["marta", "lindqvist"]),
        ("Lindqvist, Marta", ["marta", "lindqvist"]),
        ("LINDQVIST Marta", ["marta", "lindqvist"]),
        ("bin Rashid Salim", ["salim", "rashid"]),
        ("Abdurrahman", ["abd", "rahman"]),
        ("Abd Allah", ["abdallah"]),
        ("Abdoul Karim", ["abd", "karim"]),
        ("الحسيني", ["hasini"]),
        ("Saifuddin", ["saif", "din"]),
        ("T0mas", ["tomas"]),
        ("Mullah", ["mullah"]),
    ],
)
def test_a_persons_name_is_read_given_names_first(name: str, read: list[str]):
    assert words(name, "person") == read


def test_fathers_are_known_by_the_word_before_them():
    assert read_name("Salim bin Rashid al-Amri", "person").fathers == {1}


@pytest.mark.parametrize(
    ("name", "read", "forms"),
    [
        ("Redwater L.L.C.", ["redwater"], {"limited"}),
        ("ООО «Красная Вода»", ["krasnaya", "voda"], {"limited"}),
        ("JSC Redwater", ["redwater"], {"joint stock"}),
        ("Redwater Joint Stock Company", ["redwater"], {"joint stock"}),
        ("Redwater Aktiengeselschaft", ["redwater"], {"joint stock"}),
        ("The Redwater Co.", ["redwater"], set()),
        ("Ltd", ["ltd"], set()),
    ],
)
def test_a_companys_legal_form_is_set_aside(name: str, read: list[str], forms: set[str]):
    reading = read_name(name, "organization")

    assert [word.text for word in reading.words] == read
    assert reading.legal_forms == forms


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("Brigade 44", (44,)),
        ("Brigade Forty-Four", (44,)),
        ("Brigade Forty 4", (44,)),
        ("44th Brigade", (44,)),
        ("Fund IX", (9,)),
        ("First Army", (1,)),
        ("Series 2005-1", (1, 2005)),
    ],
)
def test_numbers_are_read_however_they_are_written(name: str, numbers: tuple[int, ...]):
    assert read_name(name, "organization").numbers == numbers


@pytest.mark.parametrize(
    ("word", "number"), [("iv", 4), ("xxxix", 39), ("viii", 8), ("iix", None), ("", None), ("mix", None)]
)
def test_roman_numerals_are_read_to_thirty_nine(word: str, number: int | None):
    assert roman_number_of(word) == number


def test_a_registers_number_is_too_long_to_be_a_name_s():
    assert number_of("9" * 40) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("qadhafi", "gaddafi"),
        ("mohammed", "muhamad"),
        ("scholz", "schulze"),
        ("volodymyr", "wolodymyr"),
        ("awad", "aouad"),
    ],
)
def test_words_of_one_sound_have_one_skeleton(one: str, other: str):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("text", "read"),
    [("محمد", "mhmd"), ("بن", "bn"), ("Зверев", "Zverev"), ("Núñez", "Nunez"), ("O’Brien", "OBrien")],
)
def test_every_script_is_read_in_latin_letters(text: str, read: str):
    assert latin(text).strip() == read

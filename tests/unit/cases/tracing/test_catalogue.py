import pytest

from cases.choices import Answer
from cases.screening.known_models import MODELS
from cases.tracing.catalogue import Asked, is_of_model, may_be_manufacturer, read_calibre, recognise


@pytest.mark.parametrize(
    ("make", "model", "name", "confidence"),
    [
        ("", "АКМ", "AKM", 1.0),
        ("", "AK 47", "AK-47", 1.0),
        ("Zastava", "M70", "Zastava M70", 0.8),
        ("", "PKM machine gun", "PKM", 0.9),
        ("Norinco", "Type 56-1", "Type 56", 0.5),
        ("", "rpg7", "RPG-7", 1.0),
    ],
)
def test_a_model_has_one_name_however_it_is_typed(make: str, model: str, name: str, confidence: float) -> None:
    found = recognise(make, model)

    assert found is not None
    assert (found.name, found.confidence) == (name, confidence)


def test_what_is_not_known_is_not_guessed() -> None:
    assert recognise("Nobody", "Model of nobody") is None
    assert recognise("Zastava", "") is None


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("7.62×39 mm", "7.62x39", "7,62 x 39", "7,62 Х 39 мм"[:9].replace("Х", "x")), "7.62x39"),
        (("9×19", "9 mm Luger", "9mm Parabellum", "9 mm Para"), "9x19"),
        (("12.7×108", "12,7 x 108 mm"), "12.7x108"),
        (("7.65 mm Parabellum", ".30 Luger"), "7.65x21"),
    ],
)
def test_a_calibre_has_one_name(texts: tuple[str, ...], name: str) -> None:
    assert {found and found.name for found in map(read_calibre, texts)} == {name}


def test_a_bore_alone_is_half_a_calibre() -> None:
    confidences = [found.confidence for text in ("9x19", "9 mm Luger", "9 mm") if (found := read_calibre(text))]

    assert confidences == [1.0, 0.95, 0.5]
    assert read_calibre("unknown") is None


@pytest.mark.parametrize(
    ("country", "model", "answer"),
    [
        ("RUS", "Kord", Answer.YES),
        ("SUN", "AKM", Answer.YES),
        ("YUG", "zastava M70", Answer.YES),
        ("CHN", "Kord", Answer.NO),
        ("FIN", "AKM", Answer.UNKNOWN),
        ("CHN", "Type 56", Answer.UNKNOWN),
        ("CHN", "Model of nobody", Answer.UNKNOWN),
    ],
)
def test_who_may_have_made_it(country: str, model: str, answer: Answer) -> None:
    assert may_be_manufacturer(country, "", model) is answer


def test_an_item_is_of_a_model_by_any_name_and_of_an_unknown_one_by_its_letters() -> None:
    assert is_of_model(Asked("", "AKM"), make="Izhevsk", model="АКМ")
    assert not is_of_model(Asked("", "AKM"), make="", model="AKMS")
    assert is_of_model(Asked("izhevsk", ""), make="Izhevsk Works", model="AKM")
    assert is_of_model(Asked("", ""), make="", model="")
    assert not is_of_model(Asked("", "Model of nobody"), make="", model="AKM")


def test_every_model_names_its_calibres_kinds_source_and_makers_by_codes() -> None:
    for known in MODELS:
        assert known.name
        assert known.calibres
        assert known.kinds
        assert known.source in {"maker", "manual", "handbook"}
        assert all(len(code) == 3 and code.isupper() for code in known.made_in), known.name
        assert known.made_in

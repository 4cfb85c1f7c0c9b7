import pytest

from cases.documents.countries import country_name, of_country
from cases.documents.wording import Wording
from cases.intake.countries import COUNTRY_CODES, UNKNOWN_COUNTRY

ENGLISH, FRENCH = Wording("en"), Wording("fr")


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [
        ("CHN", "of China", "de la Chine"),
        ("YEM", "of Yemen", "du Yémen"),
        ("IRN", "of the Islamic Republic of Iran", "de la République islamique d’Iran"),
        ("USA", "of the United States of America", "des États-Unis d’Amérique"),
        ("IRQ", "of Iraq", "de l’Iraq"),
        ("HTI", "of Haiti", "d’Haïti"),
        ("CUB", "of Cuba", "de Cuba"),
        ("MEX", "of Mexico", "du Mexique"),
        ("GBR", "of the United Kingdom of Great Britain and Northern Ireland",
         "du Royaume-Uni de Grande-Bretagne et d’Irlande du Nord"),
        ("XKX", "of Kosovo", "du Kosovo"),
        ("YUG", "of Yugoslavia", "de la Yougoslavie"),
    ],
)  # fmt: skip
def test_a_state_is_named_with_its_article(code: str, english: str, french: str) -> None:
    assert (of_country(ENGLISH, code), of_country(FRENCH, code)) == (english, french)


def test_every_code_that_intake_takes_has_a_name() -> None:
    for code in COUNTRY_CODES - {UNKNOWN_COUNTRY}:
        assert country_name(ENGLISH, code) != code, code
        assert of_country(FRENCH, code).startswith(("de ", "du ", "des ", "d’")), code


def test_an_unknown_state_has_no_name() -> None:
    assert country_name(ENGLISH, None) is None
    assert country_name(ENGLISH, UNKNOWN_COUNTRY) is None

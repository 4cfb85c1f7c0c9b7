import pytest

from cases.documents.countries import country_name
from cases.documents.of_country import of_country
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


@pytest.mark.parametrize(
    ("code", "spanish", "russian", "arabic", "chinese"),
    [
        ("CHN", "de China", "Китая", "للصين", "中国"),
        ("IRQ", "del Iraq", "Ирака", "للعراق", "伊拉克"),
        ("USA", "de los Estados Unidos de América", "Соединенных Штатов Америки", "للولايات المتحدة الأمريكية",
         "美利坚合众国"),
        ("IRN", "de la República Islámica del Irán", "Исламской Республики Иран", "لجمهورية إيران الإسلامية",
         "伊朗伊斯兰共和国"),
        ("SSD", "de Sudán del Sur", "Южного Судана", "لجنوب السودان", "南苏丹"),
        ("CAF", "de la República Centroafricana", "Центральноафриканской Республики", "لجمهورية أفريقيا الوسطى",
         "中非共和国"),
        ("COK", "de las Islas Cook", "островов Кука", "لجزر كوك", "库克群岛"),
        ("BIH", "de Bosnia y Herzegovina", "Боснии и Герцеговины", "للبوسنة والهرسك", "波斯尼亚和黑塞哥维那"),
    ],
)  # fmt: skip
def test_a_state_is_named_as_its_mission_is(code: str, spanish: str, russian: str, arabic: str, chinese: str) -> None:
    said = [of_country(Wording(language), code) for language in ("es", "ru", "ar", "zh")]

    assert said == [spanish, russian, arabic, chinese]


def test_every_code_that_intake_takes_has_a_name() -> None:
    for code in COUNTRY_CODES - {UNKNOWN_COUNTRY}:
        assert country_name(ENGLISH, code) != code, code
        assert of_country(FRENCH, code).startswith(("de ", "du ", "des ", "d’")), code


def test_arabic_names_have_no_signs_that_a_drawing_loses() -> None:
    assert country_name(Wording("ar"), "OMN") == "عمان"


def test_an_unknown_state_has_no_name() -> None:
    assert country_name(ENGLISH, None) is None
    assert country_name(ENGLISH, UNKNOWN_COUNTRY) is None

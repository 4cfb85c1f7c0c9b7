"""Names of States in the reader's language, and with the article that French and English need after "of"."""

from functools import cache

import pycountry
from babel import Locale

from cases.documents.printable import printable
from cases.documents.wording import Wording

# Codes that neither ISO's current list nor Babel's names carry.
_OWN_NAMES: dict[str, dict[str, str]] = {
    "XKX": {"en": "Kosovo", "fr": "Kosovo"},
    "SUN": {"en": "Union of Soviet Socialist Republics", "fr": "Union des républiques socialistes soviétiques"},
    "YUG": {"en": "Yugoslavia", "fr": "Yougoslavie"},
    "SCG": {"en": "Serbia and Montenegro", "fr": "Serbie-et-Monténégro"},
    "CSK": {"en": "Czechoslovakia", "fr": "Tchécoslovaquie"},
    "DDR": {"en": "German Democratic Republic", "fr": "République démocratique allemande"},
    "ZAR": {"en": "Zaire", "fr": "Zaïre"},
    "RHO": {"en": "Southern Rhodesia", "fr": "Rhodésie du Sud"},
    "YMD": {"en": "Democratic Yemen", "fr": "Yémen démocratique"},
    "TMP": {"en": "East Timor", "fr": "Timor oriental"},
    "BUR": {"en": "Burma", "fr": "Birmanie"},
    "BYS": {"en": "Byelorussian Soviet Socialist Republic", "fr": "République socialiste soviétique de Biélorussie"},
    "DHY": {"en": "Dahomey", "fr": "Dahomey"},
    "HVO": {"en": "Upper Volta", "fr": "Haute-Volta"},
    "AFI": {"en": "French Afars and Issas", "fr": "Territoire français des Afars et des Issas"},
    "NHB": {"en": "New Hebrides", "fr": "Nouvelles-Hébrides"},
    "SKM": {"en": "Sikkim", "fr": "Sikkim"},
    "ANT": {"en": "Netherlands Antilles", "fr": "Antilles néerlandaises"},
    # Short forms that the United Nations uses and Babel does not.
    "COD": {"en": "Democratic Republic of the Congo", "fr": "République démocratique du Congo"},
    "COG": {"en": "Congo", "fr": "Congo"},
    "PRK": {"en": "Democratic People's Republic of Korea", "fr": "République populaire démocratique de Corée"},
    "KOR": {"en": "Republic of Korea", "fr": "République de Corée"},
    "LAO": {"en": "Lao People's Democratic Republic", "fr": "République démocratique populaire lao"},
    "RUS": {"en": "Russian Federation", "fr": "Fédération de Russie"},
    "SYR": {"en": "Syrian Arab Republic", "fr": "République arabe syrienne"},
    "PSE": {"en": "State of Palestine", "fr": "État de Palestine"},
    "CIV": {"en": "Côte d'Ivoire", "fr": "Côte d'Ivoire"},
    "MMR": {"en": "Myanmar", "fr": "Myanmar"},
    "TUR": {"en": "Türkiye", "fr": "Türkiye"},
    "IRN": {"en": "Islamic Republic of Iran", "fr": "République islamique d'Iran"},
    "VEN": {"en": "Bolivarian Republic of Venezuela", "fr": "République bolivarienne du Venezuela"},
    "BOL": {"en": "Plurinational State of Bolivia", "fr": "État plurinational de Bolivie"},
    "TZA": {"en": "United Republic of Tanzania", "fr": "République-Unie de Tanzanie"},
    "MDA": {"en": "Republic of Moldova", "fr": "République de Moldova"},
    "GBR": {"en": "United Kingdom of Great Britain and Northern Ireland",
            "fr": "Royaume-Uni de Grande-Bretagne et d'Irlande du Nord"},
    "USA": {"en": "United States of America", "fr": "États-Unis d'Amérique"},
    "VNM": {"en": "Viet Nam", "fr": "Viet Nam"},
    "IRQ": {"en": "Iraq", "fr": "Iraq"},
    "BLR": {"en": "Belarus", "fr": "Bélarus"},
    "BRN": {"en": "Brunei Darussalam", "fr": "Brunéi Darussalam"},
    "CPV": {"en": "Cabo Verde", "fr": "Cabo Verde"},
    "TLS": {"en": "Timor-Leste", "fr": "Timor-Leste"},
    "FSM": {"en": "Federated States of Micronesia", "fr": "États fédérés de Micronésie"},
    "VAT": {"en": "Holy See", "fr": "Saint-Siège"},
    "HKG": {"en": "Hong Kong, China", "fr": "Hong Kong (Chine)"},
    "MAC": {"en": "Macao, China", "fr": "Macao (Chine)"},
}  # fmt: skip

_ENGLISH_WITH_ARTICLE = frozenset(
    ("ARE", "BHS", "BOL", "CAF", "COD", "COG", "COM", "DOM", "FSM", "GBR", "GMB", "IRN", "KOR", "LAO", "MDA", "MDV",
     "MHL", "NLD", "PHL", "PRK", "PSE", "RUS", "SLB", "SYC", "SYR", "TZA", "USA", "VAT", "VEN")
)  # fmt: skip
# French: States without an article, plural ones, and those whose gender the final e does not tell.
_FRENCH_BARE = frozenset(
    ("AND", "ATG", "BHR", "CPV", "CUB", "CYP", "DJI", "HKG", "HTI", "ISR", "KIR", "KNA", "LCA", "LKA", "MAC", "MCO",
     "MDG", "MLT", "MUS", "NRU", "OMN", "SGP", "SMR", "STP", "TON", "TTO", "TUV", "TWN", "VCT", "VUT", "WSM")
)  # fmt: skip
_FRENCH_PLURAL = frozenset(("ARE", "BHS", "COM", "FJI", "FSM", "MDV", "NLD", "PHL", "PLW", "SYC", "USA"))
_FRENCH_MASCULINE = frozenset(["BLZ", "GBR", "KHM", "MEX", "MOZ", "SUR", "ZWE"])
_FRENCH_FEMININE = frozenset(["RUS", "SLE"])
# Haiti counts as beginning with its vowel: d'Haïti.
_VOWELS = ("A", "E", "I", "O", "U", "É", "Haï")


def country_name(wording: Wording, code: str | None) -> str | None:
    """Return the State's name in the language; the code where it has none; None for None and for an unknown State."""
    if code is None or code == "XXX":
        return None
    return _name(wording.language, code)


def of_country(wording: Wording, code: str) -> str:
    """Return the State's name as it follows "Permanent Mission": "of China", "de la Chine"."""
    if wording.language == "fr":
        return _of_in_french(code)
    article = "the " if code in _ENGLISH_WITH_ARTICLE else ""
    return f"of {article}{_name('en', code)}"


@cache
def _name(language: str, code: str) -> str:
    if code in _OWN_NAMES:
        return _OWN_NAMES[code][language].replace("'", "’")
    country = pycountry.countries.get(alpha_3=code)
    if country is not None:
        name = str(Locale.parse(language).territories.get(country.alpha_2, country.name))
        # Babel shortens for menus; letters write out.
        return name.replace(" & ", " and ").replace("St. ", "Saint ")
    former = pycountry.historic_countries.get(alpha_3=code)
    return str(former.name) if former is not None else printable(code)


def _of_in_french(code: str) -> str:
    name = _name("fr", code)
    if code in _FRENCH_PLURAL or name.startswith("Îles"):
        return f"des {name}"
    if name.startswith(_VOWELS):
        return f"d’{name}" if code in _FRENCH_BARE else f"de l’{name}"
    if code in _FRENCH_BARE:
        return f"de {name}"
    first_word = name.split()[0].split("-")[0]
    feminine = code in _FRENCH_FEMININE or (first_word.endswith("e") and code not in _FRENCH_MASCULINE)
    return f"de la {name}" if feminine else f"du {name}"

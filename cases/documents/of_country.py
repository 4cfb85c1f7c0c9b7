"""States' names as they follow "Permanent Mission": "of China", "de la Chine", "del Iraq", «Китая», "للصين"."""

from cases.documents.countries import name_in
from cases.documents.wording import Wording

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
# Spanish: the article that the United Nations sets, by code or by the first word of a long name.
_SPANISH_ARTICLES = {
    "del": ("AFG BRA CAN CMR COG ECU GBR IRQ JPN LBN NER PAK PER PRY SDN SEN TCD TGO URY YEM BOL PSE", "Territorio"),
    "de la": ("ARG IND RUS SAU VAT SUN", "República"),
    "de los": ("ARE FSM NLD USA", ""),
    "de las": ("BHS COM ANT NHB", "Islas"),
}
# Russian: names whose genitive no ending tells.
_RUSSIAN = {
    "ARE": "Объединенных Арабских Эмиратов",
    "BLR": "Беларуси",
    "EGY": "Египта",
    "FSM": "Федеративных Штатов Микронезии",
    "GBR": "Соединенного Королевства Великобритании и Северной Ирландии",
    "GNB": "Гвинеи-Бисау",
    "MHL": "Маршалловых островов",
    "PSE": "Государства Палестина",
    "BOL": "Многонационального Государства Боливия",
    "SLB": "Соломоновых островов",
    "SUN": "Союза Советских Социалистических Республик",
    "USA": "Соединенных Штатов Америки",
    "VAT": "Святого Престола",
    "NHB": "Новых Гебрид",
    "AFI": "Французской территории афаров и исса",
    "ASM": "Американского Самоа",
    "IOT": "Британской территории в Индийском океане",
    "KHM": "Камбоджи",
    "NLD": "Нидерландов",
    "SGS": "Южной Георгии и Южных Сандвичевых островов",
}
_RUSSIAN_ISLANDS = {"острова": "островов", "остров": "острова"}
_RUSSIAN_PLURAL = {
    "Багамы": "Багам", "Коморы": "Комор", "Мальдивы": "Мальдив", "Филиппины": "Филиппин", "Острова": "Островов",
    "острова": "островов", "Гренадины": "Гренадин", "территории": "территорий",
}  # fmt: skip
# The last letters of a word in the nominative and in the genitive; the first that fits counts.
_RUSSIAN_ENDINGS = (
    ("ская", "ской"), ("цкая", "цкой"), ("ная", "ной"), ("вая", "вой"), ("няя", "ней"), ("тская", "тской"),
    ("ский", "ского"), ("ный", "ного"), ("ые", "ых"), ("ие", "их"),
    ("уа", "уа"), ("оа", "оа"), ("ш", "ш"),
    ("га", "ги"), ("ка", "ки"), ("ха", "хи"), ("ша", "ши"), ("а", "ы"), ("я", "и"), ("й", "я"), ("ь", "я"),
)  # fmt: skip
_RUSSIAN_CONSONANTS = "бвгджзклмнпрстфхцчщ"


def of_country(wording: Wording, code: str) -> str:
    """Return the State's name as it follows "Permanent Mission"."""
    match wording.language:
        case "en":
            return f"of {'the ' if code in _ENGLISH_WITH_ARTICLE else ''}{name_in('en', code)}"
        case "fr":
            return _in_french(code)
        case "es":
            return _in_spanish(code)
        case "ru":
            return _RUSSIAN.get(code) or _in_russian(name_in("ru", code))
        case "ar":
            return _in_arabic(name_in("ar", code))
        case _:
            return name_in(wording.language, code)


def _in_french(code: str) -> str:
    name = name_in("fr", code)
    if code in _FRENCH_PLURAL or name.startswith("Îles"):
        return f"des {name}"
    if name.startswith(_VOWELS):
        return f"d’{name}" if code in _FRENCH_BARE else f"de l’{name}"
    if code in _FRENCH_BARE:
        return f"de {name}"
    first_word = name.split()[0].split("-")[0]
    feminine = code in _FRENCH_FEMININE or (first_word.endswith("e") and code not in _FRENCH_MASCULINE)
    return f"de la {name}" if feminine else f"du {name}"


def _in_spanish(code: str) -> str:
    name = name_in("es", code)
    for article, (codes, first_word) in _SPANISH_ARTICLES.items():
        if code in codes.split() or name.split()[0] == first_word:
            return f"{article} {name}"
    return f"de {name}"


def _in_arabic(name: str) -> str:
    # The article merges with the preposition; before another script it stands apart.
    if name.startswith("ال"):
        return f"لل{name[2:]}"
    return f"لـ {name}" if name.isascii() else f"ل{name}"


def _in_russian(name: str) -> str:
    """Return the name with its words in the genitive; what follows "Республика" or "остров" stays as it is."""
    first, _, rest = name.partition(" ")
    if first in _RUSSIAN_ISLANDS:
        return f"{_RUSSIAN_ISLANDS[first]} {rest}"
    head, republic, apposed = name.partition("Республика")
    declined = " ".join(_genitive(word) for word in head.split(" "))
    return f"{declined}Республики{apposed}" if republic else declined


def _genitive(word: str) -> str:
    if word in _RUSSIAN_PLURAL:
        return _RUSSIAN_PLURAL[word]
    if word.startswith("("):
        return word
    for nominative, genitive in _RUSSIAN_ENDINGS:
        if word.endswith(nominative):
            return word.removesuffix(nominative) + genitive
    return f"{word}а" if word[-1:] in tuple(_RUSSIAN_CONSONANTS) else word

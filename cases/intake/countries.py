"""Country codes: ISO 3166-1 and 3166-3 alpha-3, Kosovo, and the unknown country."""

import re
from functools import cache
from typing import Final

import pycountry

from cases.intake.problems import refusal

# Not the same as stateless: it says that nobody knows.
UNKNOWN_COUNTRY: Final = "XXX"
# A user-assigned code in wide use; ISO has none.
KOSOVO: Final = "XKX"

CURRENT_COUNTRIES = frozenset(country.alpha_3 for country in pycountry.countries) | {KOSOVO}
FORMER_COUNTRIES = frozenset(country.alpha_3 for country in pycountry.historic_countries) - CURRENT_COUNTRIES
COUNTRY_CODES = CURRENT_COUNTRIES | FORMER_COUNTRIES | {UNKNOWN_COUNTRY}


def is_unknown(code: str | None) -> bool:
    """Return whether the code says that the country is unknown."""
    return code is None or code == UNKNOWN_COUNTRY


def read_country(value: object) -> str:
    """Return the three-letter code in upper case; raises PydanticCustomError with the code meant, where it shows."""
    if not isinstance(value, str):
        raise refusal("not_text")
    if value in COUNTRY_CODES:
        return value
    code = value.strip().upper()
    if code in COUNTRY_CODES:
        return code
    if meant := _codes_by_name().get(value.strip().casefold()):
        raise refusal("country_needs_code", value=value, meant=meant)
    raise refusal("not_a_country", value=value)


@cache
def _codes_by_name() -> dict[str, str]:
    """Return three-letter codes by two-letter code and by the names in use, case-folded."""
    return {
        str(name).casefold(): country.alpha_3
        for country in pycountry.countries
        for name in (getattr(country, kind, None) for kind in ("alpha_2", "name", "common_name", "official_name"))
        if name
    }


# Of names that ISO writes otherwise, those that stand on arms.
_ON_ARMS: Final = {
    "ussr": "SUN",
    "usa": "USA",
    "great britain": "GBR",
    "england": "GBR",
    "russia": "RUS",
    "turkey": "TUR",
    "vietnam": "VNM",
    "czech republic": "CZE",
    "north korea": "PRK",
    "south korea": "KOR",
}
_BESIDE_NAMES: Final = frozenset({"made", "in", "import", "imported", "by", "product", "of", "the"})
# "The Democratic Republic of the Congo" and longer.
_LONGEST_NAME: Final = 8


def country_named(mark: str) -> tuple[str, bool] | None:
    """Return the code of the State that a mark names, and whether by a name that stands alone; None for none.

    Places bear names of States ("Georgia, VT"), and two letters are words as well ("IN", "NO"): a name among others is
    as little sure as a code, and a two-letter code counts only where no other letters stand beside it.
    """
    words = _words(mark)
    names = _names_on_marks()
    for length in range(min(len(words), _LONGEST_NAME), 0, -1):
        for start in range(len(words) - length + 1):
            if code := names.get(" ".join(words[start : start + length])):
                others = words[:start] + words[start + length :]
                return code, _BESIDE_NAMES.issuperset(others)
    codes = {word.upper() for word in words if word.upper() in COUNTRY_CODES - {UNKNOWN_COUNTRY}}
    if len(words) == 1 and len(words[0]) == 2 and (code := _codes_by_name().get(words[0])):
        codes.add(code)
    return (codes.pop(), False) if len(codes) == 1 else None


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


@cache
def _names_on_marks() -> dict[str, str]:
    """Return codes by the names of States past and present; of "Iran, Islamic Republic of", by "Iran" too."""
    names: dict[str, set[str]] = {}
    for country in (*pycountry.historic_countries, *pycountry.countries):
        for kind in ("name", "common_name", "official_name"):
            name = getattr(country, kind, None) or ""
            for said in {name, name.partition(",")[0]}:
                names.setdefault(" ".join(_words(said)), set()).add(country.alpha_3)
    return {**{name: codes.pop() for name, codes in names.items() if len(name) > 2 and len(codes) == 1}, **_ON_ARMS}

"""Countries as lists name them, in alpha-3 codes."""

from functools import cache

import pycountry

# Spellings of the lists for which no register of names has an entry; codes of States that are gone by ISO 3166-3.
_AS_LISTED = {
    "burma": "MMR",
    "cape verde": "CPV",
    "china, hong kong special administrative region": "HKG",
    "china, macao special administrative region": "MAC",
    "cote d ivoire": "CIV",
    "cote d'ivoire": "CIV",
    "czech republic": "CZE",
    "democratic peoples republic of korea": "PRK",
    "democratic republic of the congo": "COD",
    "dprk": "PRK",
    "drc": "COD",
    "former soviet union": "SUN",
    "former yugoslavia": "YUG",
    "hong kong": "HKG",
    "iran": "IRN",
    "iran (islamic republic of)": "IRN",
    "ivory coast": "CIV",
    "kosovo": "XKX",
    "laos": "LAO",
    "macau": "MAC",
    "north korea": "PRK",
    "palestinian territories": "PSE",
    "republic of korea": "KOR",
    "russia": "RUS",
    "south korea": "KOR",
    "state of palestine": "PSE",
    "swaziland": "SWZ",
    "syria": "SYR",
    "tanzania": "TZA",
    "the former yugoslav republic of macedonia": "MKD",
    "the netherlands": "NLD",
    "the sudan": "SDN",
    "turkey": "TUR",
    "uk": "GBR",
    "usa": "USA",
    "ussr": "SUN",
    "venezuela": "VEN",
    "vietnam": "VNM",
    "yugoslavia": "YUG",
}


def country_code(name: str | None) -> str | None:
    """Return the alpha-3 code of a country as a list names it; None where the name is not known."""
    if name is None:
        return None
    plain = " ".join(name.replace("’", "'").split()).casefold()
    return _AS_LISTED.get(plain) or _registered().get(plain)


def code_or_name(name: str) -> str:
    """Return the alpha-3 code, or the name as written where it has none."""
    return country_code(name) or name


@cache
def _registered() -> dict[str, str]:
    kinds = ("alpha_2", "alpha_3", "name", "common_name", "official_name")
    return {
        str(name).casefold(): str(country.alpha_3)
        for country in (*pycountry.historic_countries, *pycountry.countries)
        for name in (getattr(country, kind, None) for kind in kinds)
        if name
    }

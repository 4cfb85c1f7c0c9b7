"""Names of States in the reader's language."""

import re
from functools import cache

import pycountry
from babel import Locale

from cases.documents.own_country_names import own_country_name
from cases.documents.printable import printable
from cases.documents.wording import Wording

# Babel shortens for menus; letters write out.
_WRITTEN_OUT = ((" & ", " and "), ("St. ", "Saint "), ("о-ва", "острова"), ("о-в ", "остров "))
# Signs above and below Arabic letters, which drawings lose; names are read without them.
_VOWEL_SIGNS = re.compile("[\u064b-\u0652]")


def country_name(wording: Wording, code: str | None) -> str | None:
    """Return the State's name in the language; the code where it has none; None for None and for an unknown State."""
    if code is None or code == "XXX":
        return None
    return name_in(wording.language, code)


@cache
def name_in(language: str, code: str) -> str:
    """Return the name of a State in the language; the code where it has none."""
    if (own := own_country_name(language, code)) is not None:
        return own
    country = pycountry.countries.get(alpha_3=code)
    if country is not None:
        name = str(Locale.parse(language).territories.get(country.alpha_2, country.name))
        for short, written_out in _WRITTEN_OUT:
            name = name.replace(short, written_out)
        return _VOWEL_SIGNS.sub("", name)
    former = pycountry.historic_countries.get(alpha_3=code)
    return str(former.name) if former is not None else printable(code)

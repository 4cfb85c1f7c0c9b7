"""Country codes: ISO 3166-1 and 3166-3 alpha-3, Kosovo, and the unknown country."""

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

"""In which States well-known models are made, as far as that is narrow enough to doubt another answer.

Licence copies and unlicensed ones exist, so a State that is missing here is a reason to look again at the marks, never
a finding. Models made nearly everywhere (AK, Makarov, RPG-7) are left out on purpose.
"""

import re
from typing import Final


def _made_in(pattern: str, countries: str) -> tuple[re.Pattern[str], frozenset[str]]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), frozenset(countries.split())


# The first that fits decides.
_MADE_IN: Final = (
    _made_in(r"glock ?\d{2}\w{0,3}", "AUT USA"),
    _made_in(r"famas|mas-?36|mas-?49|mat-?49", "FRA"),
    _made_in(r"g-?36\w?", "DEU ESP SAU"),
    _made_in(r"hk-?416\w{0,2}|hk-?417|mp-?7\w{0,2}", "DEU USA"),
    _made_in(r"(steyr )?aug", "AUT AUS MYS USA"),
    _made_in(r"vss|as val", "SUN RUS"),
    _made_in(r"garand", "USA ITA"),
    _made_in(r"lee[- ]enfield", "GBR IND AUS CAN USA PAK"),
    _made_in(r"barrett m-?(82|107)\w{0,2}", "USA"),
    _made_in(r"am-?50|misagh-?\d", "IRN"),
    _made_in(r"fnc", "BEL IDN SWE"),
    _made_in(r"sterling", "GBR IND CAN"),
    _made_in(r"cz-? ?75\w?", "CSK CZE TUR USA"),
)


def makers_of(make: str | None, model: str | None) -> frozenset[str] | None:
    """Return the States where the model is known to be made; None where the table does not say."""
    named = f"{make or ''} {model or ''}"
    return next((countries for pattern, countries in _MADE_IN if model and pattern.search(named)), None)

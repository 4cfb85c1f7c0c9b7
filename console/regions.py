"""The codes by which browsers name countries."""

from functools import cache

import pycountry

from cases.intake.countries import KOSOVO


@cache
def regions() -> str:
    """Return them each beside ours: `YEM:YE`."""
    pairs = {country.alpha_3: country.alpha_2 for country in pycountry.countries} | {KOSOVO: "XK"}
    return " ".join(f"{ours}:{theirs}" for ours, theirs in sorted(pairs.items()))

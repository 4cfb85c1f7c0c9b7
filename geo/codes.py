"""Natural Earth's names and codes as ISO 3166-1 alpha-3; XKX for Kosovo, which ISO leaves to its users."""

import pycountry

# Pieces of the boundary set without an ISO number: the unit under which they are counted (geo/areas.py keeps every
# view).
UNIT_OF_PIECE: dict[str, str] = {
    "Akrotiri": "GBR",
    "Ashmore and Cartier Is.": "AUS",
    "Baikonur": "KAZ",
    "Bajo Nuevo Bank": "COL",
    "Clipperton I.": "FRA",
    "Coral Sea Is.": "AUS",
    "Cyprus U.N. Buffer Zone": "CYP",
    "Dhekelia": "GBR",
    "Kosovo": "XKX",
    "N. Cyprus": "CYP",
    "Scarborough Reef": "PHL",
    "Serranilla Bank": "COL",
    "Siachen Glacier": "IND",
    "Somaliland": "SOM",
    "Spratly Is.": "XXX",
    "USNB Guantanamo Bay": "CUB",
}

# Natural Earth's own letters in the regions set.
UNIT_OF_REGION_CODE: dict[str, str] = {
    "ALD": "ALA",
    "ATC": "AUS",
    "BJN": "COL",
    "CLP": "FRA",
    "CSI": "AUS",
    "CYN": "CYP",
    "ESB": "GBR",
    "KAB": "KAZ",
    "KAS": "IND",
    "KOS": "XKX",
    "PGA": "XXX",
    "PSX": "PSE",
    "SAH": "ESH",
    "SCR": "PHL",
    "SDS": "SSD",
    "SER": "COL",
    "SOL": "SOM",
    "USG": "CUB",
    "WSB": "GBR",
}

# Units that are no State of their own: the line between the two is no border between States.
SOVEREIGN_OF: dict[str, str] = {
    "ALA": "FIN",
    "GIB": "GBR",
    "HKG": "CHN",
    "MAC": "CHN",
    "MAF": "FRA",
    "SXM": "NLD",
}


def unit_of_piece(name: str, number: str | None, longitude: float) -> str:
    """Return the alpha-3 unit of a piece of the boundary set; KeyError names a piece that nobody has mapped."""
    if name == "Indian Ocean Ter.":
        return "CXR" if longitude > 100 else "CCK"
    if number is None:
        return UNIT_OF_PIECE[name]
    country = pycountry.countries.get(numeric=number)
    if country is None:
        raise KeyError(name)
    return str(country.alpha_3)


def unit_of_region(code: str, longitude: float) -> str:
    """Return the alpha-3 unit of a region by Natural Earth's country letters."""
    if code == "IOA":
        return "CXR" if longitude > 100 else "CCK"
    return UNIT_OF_REGION_CODE.get(code, code)


def unit_of_alpha2(code: str) -> str | None:
    """Return the alpha-3 unit of an alpha-2 code, or None when nobody knows it."""
    if code == "XK":
        return "XKX"
    country = pycountry.countries.get(alpha_2=code)
    return str(country.alpha_3) if country else None

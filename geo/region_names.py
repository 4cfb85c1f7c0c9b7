"""First-level regions under one spelling: the regions set carries older names and romanisations."""

import re

from anyascii import anyascii

from geo.areas import Outline

# (unit, name in the regions set) → the name used by the United Nations today. Regions that end up under one name are
# one region.
NAMES: dict[tuple[str, str], str] = {
    ("COD", "Kinshasa City"): "Kinshasa",
    ("COD", "Nord-Kivu"): "North Kivu",
    ("COD", "Sud-Kivu"): "South Kivu",
    ("PAK", "Baluchistan"): "Balochistan",
    ("PAK", "F.A.T.A."): "Federally Administered Tribal Areas",
    ("PAK", "F.C.T."): "Islamabad Capital Territory",
    ("PAK", "N.W.F.P."): "Khyber Pakhtunkhwa",
    ("PAK", "Northern Areas"): "Gilgit-Baltistan",
    ("PAK", "Sind"): "Sindh",
    ("SDN", "Eastern Darfur"): "East Darfur",
    ("SDN", "North Kordufan"): "North Kordofan",
    ("SDN", "South Kordufan"): "South Kordofan",
    ("SDN", "Southern Darfur"): "South Darfur",
    ("SDN", "Western Darfur"): "West Darfur",
    ("SSD", "East Equatoria"): "Eastern Equatoria",
    ("SSD", "Jungoli"): "Jonglei",
    ("SSD", "North Bahr-al-Ghazal"): "Northern Bahr el Ghazal",
    ("SSD", "Warap"): "Warrap",
    ("SSD", "West Bahr-al-Ghazal"): "Western Bahr el Ghazal",
    ("SSD", "West Equatoria"): "Western Equatoria",
    ("SYR", "Homs (Hims)"): "Homs",
    ("SYR", "Hasaka (Al Haksa)"): "Al Hasakah",
}

# Land that the regions set counts under another unit: the region to which it belongs here, by disputed area.
REGION_OF_MOVED: dict[str, str] = {"golan": "SYR:quneitra", "western-sahara-west": "ESH:western-sahara"}

# The regions set has the eleven provinces of before 2015: Ituri lies inside Orientale. Drawn by hand along the limits
# of the district.
ITURI: Outline = (
    (27.7, 0.4), (27.9, 1.3), (27.9, 2.1), (28.6, 2.45), (29.35, 2.45), (29.75, 2.9), (30.2, 3.2), (30.55, 3.75),
    (31.6, 4.0), (31.6, 1.0), (30.0, 0.2),
)  # fmt: skip


def region_name(unit: str, name: str) -> str:
    """Return the name under which a region is known here."""
    return NAMES.get((unit, name), name)


def region_id(unit: str, name: str) -> str:
    """Return the stable id of a region, `SDN:north-darfur`: lower-case ASCII words joined by hyphens."""
    return f"{unit}:{re.sub(r'[^a-z0-9]+', '-', anyascii(name).lower()).strip('-')}"

"""What a customs heading, a munitions-list entry or a United Nations number says of an item that has no category."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coded:
    """The category that a code stands for, and the words of its heading that narrow it; the code as it was written.

    An undecided heading, which holds civil and military goods alike, stands for ``dual_use``.
    """

    category: str
    words: str
    code: str


# Harmonised System, longest heading first where one lies within another. Words are ours, after the heading's.
_HEADINGS: dict[str, tuple[str, str]] = {
    "2804": ("chemical_precursor", ""),
    "2829": ("chemical_precursor", "chlorates"),
    "2834": ("chemical_precursor", "nitrates"),
    "310230": ("explosive", "ammonium nitrate"),
    "3601": ("explosive", "propellant powders"),
    "3602": ("explosive", "prepared explosives"),
    "3603": ("explosive", "fuses, caps and detonators"),
    "360410": ("other_goods", "fireworks"),
    "3604": ("dual_use", "signalling flares"),
    "8407": ("dual_use", "piston engines"),
    "8411": ("dual_use", "turbojets"),
    "8412": ("dual_use", "engines"),
    "8517": ("communications", ""),
    "852550": ("communications", ""),
    "852560": ("communications", ""),
    "8525": ("dual_use", "cameras"),
    "8526": ("dual_use", "radar"),
    "8701": ("dual_use", "tractors"),
    "8702": ("dual_use", "vehicles"),
    "8703": ("dual_use", "vehicles"),
    "8704": ("dual_use", "vehicles"),
    "8705": ("dual_use", "vehicles"),
    "8709": ("dual_use", "works trucks"),
    "8710": ("armoured_vehicle", ""),
    "8716": ("dual_use", "trailers"),
    "8801": ("other_goods", "balloons and gliders"),
    "8802": ("dual_use", "aircraft"),
    "8803": ("dual_use", "aircraft parts"),
    "8806": ("uav", ""),
    "8807": ("dual_use", "aircraft parts"),
    "8903": ("dual_use", "small craft"),
    "8907": ("dual_use", "rafts"),
    "890610": ("warship", ""),
    "890690": ("other_goods", "vessels"),
    "8906": ("dual_use", "vessels"),
    "9005": ("optics", ""),
    "901310": ("optics", "telescopic sights for arms"),
    "9013": ("optics", ""),
    "9014": ("dual_use", "navigation instruments"),
    "9015": ("dual_use", "rangefinders"),
    "9020": ("protective_equipment", "breathing apparatus"),
    # Artillery weapons in the edition of 2007 and since, and the subheadings of the edition before it.
    "930110": ("artillery", ""),
    "930111": ("artillery", ""),
    "930119": ("artillery", ""),
    "930120": ("light_weapon", "rocket and grenade launchers"),
    "930190": ("small_arm", "military rifles and machine guns"),
    "9301": ("arms_unspecified", ""),
    "9302": ("small_arm", "pistols"),
    "930310": ("small_arm", "muzzle-loading firearms"),
    "930320": ("small_arm", "sporting shotguns"),
    "930330": ("small_arm", "sporting rifles"),
    # Flare pistols, captive-bolt guns, line throwers and blank-firers.
    "930390": ("blank_firing", ""),
    "9303": ("small_arm", ""),
    # Spring, air and gas guns, truncheons: arms for some, police equipment for others.
    "9304": ("dual_use", "air guns and truncheons"),
    "9305": ("part", ""),
    "930690": ("ammunition", "bombs, grenades, torpedoes, mines, missiles"),
    "930621": ("ammunition", "shotgun cartridges"),
    "930630": ("ammunition", "cartridges"),
    "9306": ("ammunition", ""),
    "9307": ("military_equipment", "swords and bayonets"),
    "93": ("arms_unspecified", ""),
}
# Headings for garments and helmets of every sort; only the words make them armour.
_GARMENTS = ("3926", "6210", "6211", "6307", "650610", "6506")
_BALLISTIC = re.compile(r"ballistic|bullet|armou?r|\bkevlar|pare-balles|antibalas|military|militaire", re.IGNORECASE)

# The categories of the Wassenaar and the common European munitions list, by number.
_MUNITIONS: dict[int, tuple[str, str]] = {
    1: ("small_arm", ""),
    # Weapons above 12.7 mm and projectors: light weapons and artillery alike.
    2: ("arms_unspecified", ""),
    3: ("ammunition", ""),
    # Bombs, torpedoes, rockets, missiles and charges alike.
    4: ("arms_unspecified", ""),
    5: ("military_equipment", "fire control"),
    6: ("military_vehicle", "military"),
    7: ("military_equipment", "agents"),
    8: ("explosive", "military explosives"),
    9: ("warship", ""),
    10: ("arms_unspecified", ""),
    11: ("military_equipment", "military electronics"),
    12: ("arms_unspecified", ""),
    13: ("protective_equipment", "military"),
    14: ("military_equipment", "military training equipment"),
    15: ("military_equipment", "military imaging"),
    16: ("part", ""),
    17: ("military_equipment", ""),
    18: ("dual_use", "military production equipment"),
    19: ("arms_unspecified", ""),
    20: ("military_equipment", ""),
    21: ("dual_use", "military software"),
    22: ("dual_use", "military technology"),
}
_ML = re.compile(r"\bML[ .-]?(\d{1,2})(?!\d)", re.IGNORECASE)

# Numbers of Class 1 of the dangerous goods list that one meets on cases of ammunition; hints, no more.
_UN_NUMBERS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("0012", "0339", "0328", "0417", "0014", "0338", "0327"), ("ammunition", "cartridges")),
    **dict.fromkeys(("0005", "0006", "0007", "0321", "0348", "0412"), ("ammunition", "shells")),
    **dict.fromkeys(("0167", "0168", "0169", "0324", "0344", "0345", "0346"), ("ammunition", "shells")),
    **dict.fromkeys(("0033", "0034", "0035", "0291"), ("ammunition", "bombs")),
    **dict.fromkeys(("0180", "0181", "0182", "0183", "0295"), ("missile", "rockets")),
    **dict.fromkeys(("0284", "0285", "0292", "0293"), ("grenade", "")),
    **dict.fromkeys(("0136", "0137", "0138", "0294"), ("mine", "")),
    **dict.fromkeys(("0160", "0161", "0509"), ("explosive", "smokeless powder")),
    **dict.fromkeys(("0072", "0391", "0483"), ("explosive", "RDX")),
    **dict.fromkeys(("0209", "0388", "0389"), ("explosive", "TNT")),
    **dict.fromkeys(("0150", "0411"), ("explosive", "PETN")),
    **dict.fromkeys(("0118", "0226", "0484"), ("explosive", "HMX")),
    **dict.fromkeys(("0081", "0082", "0083", "0084", "0241", "0331", "0332"), ("explosive", "blasting explosives")),
    **dict.fromkeys(("0029", "0030", "0065", "0255", "0267", "0360", "0361"), ("explosive", "detonators and cord")),
    **dict.fromkeys(("0333", "0334", "0335", "0336", "0337"), ("other_goods", "fireworks")),
}
_UN = re.compile(r"\bUN[ -]?(?:no\.? ?)?(0\d{3})\b", re.IGNORECASE)
_LONGEST_HEADING = 6
_SHORTEST_HEADING = 2


def munitions_entry(description: str) -> Coded | None:
    """Return what a munitions-list entry in the description says ("ML4.a"); the first of several decides."""
    found = _ML.search(description)
    entry = _MUNITIONS.get(int(found[1])) if found else None
    return Coded(*entry, found[0]) if found and entry else None


def un_number(description: str) -> Coded | None:
    """Return what a United Nations number of Class 1 in the description hints at ("UN 0012")."""
    found = _UN.search(description)
    entry = _UN_NUMBERS.get(found[1]) if found else None
    return Coded(*entry, found[0]) if found and entry else None


def customs_heading(hs_code: str | None, description: str) -> Coded | None:
    """Return what the item's own customs heading says; goods of a heading that holds no arms are other goods."""
    digits = re.sub(r"\D", "", hs_code or "")
    if hs_code is None or len(digits) < _SHORTEST_HEADING:
        return None
    if digits.startswith(_GARMENTS):
        category = "protective_equipment" if _BALLISTIC.search(description) else "other_goods"
        return Coded(category, "", hs_code)
    for length in range(min(len(digits), _LONGEST_HEADING), 1, -1):
        entry = _HEADINGS.get(digits[:length])
        if entry is not None:
            return Coded(*entry, hs_code)
    return Coded("other_goods", "", hs_code)

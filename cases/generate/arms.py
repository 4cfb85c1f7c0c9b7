"""What turns up: models with the maker, the calibre, the years and the numbering that go together.

A line a model, columns parted by bars: sort, description, make, model, calibre, country of manufacture, first and last
year of manufacture, numbering (`A` a letter, `9` a digit, `Y` two digits of the year; empty: not numbered one by one),
HS heading.
"""

from typing import NamedTuple

from cases.generate.draws import spread


class Model(NamedTuple):
    """One model of arms, one load of ammunition or one sort of goods; empty text is unknown or does not apply."""

    category: str
    subtype: str
    description: str
    make: str
    model: str
    calibre: str
    country: str
    first_year: int
    last_year: int
    numbering: str
    hs_code: str
    unit: str
    counts: str  # how many turn up together: single, arms, rounds, weight, lot


def _models(category: str, text: str, *, unit: str = "piece", counts: str = "arms") -> tuple[Model, ...]:
    return tuple(_model(category, line, unit, counts) for line in text.strip().splitlines())


def _model(category: str, line: str, unit: str, counts: str) -> Model:
    sort, description, make, model, calibre, country, years, numbering, hs_code = (
        part.strip() for part in line.split("|")
    )
    first, _, last = years.partition("-")
    return Model(
        category, sort, description, make, model, calibre, country,
        int(first or 0), int(last or first or 0), numbering, hs_code, unit, counts,
    )  # fmt: skip


_SMALL_ARMS = _models("small_arm", """
assault_rifle|AKM-pattern assault rifle|Izhevsk|AKM|7.62x39mm|RUS|1960-1977|AA9999|9301
assault_rifle|AKMS with folding stock|Tula|AKMS|7.62x39mm|RUS|1962-1977|AA9999|9301
assault_rifle|AK-74 assault rifle|Izhevsk|AK-74|5.45x39mm|RUS|1976-1991|999999|9301
assault_rifle|Kalashnikov-pattern rifle|Norinco|Type 56-1|7.62x39mm|CHN|1964-2012|9999999|9301
assault_rifle|Kalashnikov-pattern rifle, unmarked receiver|Norinco|Type 56-2|7.62x39mm|CHN|1980-2015|99-9999999|9301
assault_rifle|Zastava assault rifle|Zastava|M70 AB2|7.62x39mm|YUG|1974-1991|999999|9301
assault_rifle|Romanian Kalashnikov|Cugir|PM md. 63|7.62x39mm|ROU|1963-1989|A-999999|9301
assault_rifle|Romanian Kalashnikov with folding stock|Cugir|PM md. 90|7.62x39mm|ROU|1990-2012|AA-9999-Y|9301
assault_rifle|Bulgarian Kalashnikov|Arsenal|AR-M9|5.56x45mm|BGR|1998-2022|AA 99 9999|9301
assault_rifle|Hungarian Kalashnikov|FÉG|AK-63|7.62x39mm|HUN|1977-1999|AA-9999|9301
assault_rifle|East German Kalashnikov|Suhl|MPi-KM|7.62x39mm|DDR|1960-1988|99A9999|9301
assault_rifle|G3 battle rifle|Heckler & Koch|G3A3|7.62x51mm|DEU|1963-1990|9999999|9301
assault_rifle|G3-pattern rifle|MKEK|G3A7|7.62x51mm|TUR|1968-2010|T-999999|9301
assault_rifle|G3-pattern rifle, green furniture|DIO|G3A6|7.62x51mm|IRN|1980-2018|99-999999|9301
assault_rifle|Kalashnikov-pattern rifle|DIO|KLS|7.62x39mm|IRN|1990-2020|99-99999|9301
assault_rifle|FAL battle rifle|FN Herstal|FAL 50.00|7.62x51mm|BEL|1958-1988|999999|9301
assault_rifle|M16-pattern rifle|Colt|M16A1|5.56x45mm|USA|1967-1982|9999999|9301
assault_rifle|AR-15-pattern rifle, semi-automatic|Anderson|AM-15|5.56x45mm|USA|2014-2024|Y999999|9303
assault_rifle|North Korean rifle|Factory 61|Type 68|7.62x39mm|PRK|1968-1990|99-9999|9301
machine_gun|General-purpose machine gun|Degtyarev|PKM|7.62x54mmR|RUS|1969-2005|AA-999|9301
machine_gun|General-purpose machine gun|Norinco|Type 80|7.62x54mmR|CHN|1983-2010|99-99999|9301
machine_gun|Light machine gun|Degtyarev|RPD|7.62x39mm|RUS|1953-1965|AA-999|9301
sniper_rifle|Dragunov sniper rifle|Izhevsk|SVD|7.62x54mmR|RUS|1965-2008|A9999|9301
sniper_rifle|Dragunov-pattern sniper rifle|Norinco|Type 79|7.62x54mmR|CHN|1980-2010|99999|9301
rifle|Bolt-action rifle|Izhevsk|M91/30|7.62x54mmR|RUS|1930-1945|99999|9301
rifle|Hunting rifle|CZ|550|.30-06|CZE|1998-2017|A9999|9303
shotgun|Pump-action shotgun|Hatsan|Escort|12 gauge|TUR|2004-2024|999999|9303
shotgun|Semi-automatic shotgun|Armsan|A612|12 gauge|TUR|2008-2024|YA-99999|9303
shotgun|Pump-action shotgun|Mossberg|500|12 gauge|USA|1980-2024|A999999|9303
pistol|Semi-automatic pistol|Glock|17|9x19mm|AUT|1988-2024|AAA999|9302
pistol|Semi-automatic pistol|Beretta|92FS|9x19mm|ITA|1985-2022|A99999A|9302
pistol|Semi-automatic pistol|FN Herstal|High Power|9x19mm|BEL|1955-2005|999AA99999|9302
pistol|Makarov pistol|Izhevsk|PM|9x18mm|RUS|1955-1990|AA9999|9302
pistol|Tokarev-pattern pistol|Zastava|M57|7.62x25mm|YUG|1963-1990|A-99999|9302
pistol|Tokarev-pattern pistol|Norinco|Type 54|7.62x25mm|CHN|1965-2000|99999999|9302
pistol|Semi-automatic pistol|CZ|75 B|9x19mm|CZE|1993-2022|A9999|9302
pistol|Semi-automatic pistol|Taurus|PT 92|9x19mm|BRA|1986-2022|AAA99999|9302
revolver|Revolver|Taurus|82|.38 Special|BRA|1981-2020|AA999999|9302
""")  # fmt: skip
_CRAFT = _models("small_arm", """
pistol|Craft-made pistol|||||||
shotgun|Craft-made single-barrel shotgun|||12 gauge||||
pistol|Converted blank-firing pistol|Ekol|Volga|9 mm P.A.K.|TUR|2008-2022|EV-99999999|
submachine_gun|Printed submachine gun|||9x19mm||||
""")  # fmt: skip
_BLANKS = _models("blank_firing", """
pistol|Blank-firing pistol|Zoraki|914|9 mm P.A.K.|TUR|2005-2024|9999-999999|9304
pistol|Blank-firing pistol|Ekol|Tuna|8 mm K|TUR|2005-2024|ET-9999999|9304
revolver|Blank-firing revolver|Ekol|Lite|9 mm R.K.|TUR|2010-2024|EL-999999|9304
""")  # fmt: skip
_LIGHT = _models("light_weapon", """
launcher|RPG-7 grenade launcher|Degtyarev|RPG-7V|40 mm|RUS|1962-1990|AA 999|9301
launcher|RPG-7-pattern launcher|Norinco|Type 69-1|40 mm|CHN|1972-2010|99-9999|9301
launcher|RPG-7-pattern launcher with two grips|DIO|RPG-7|40 mm|IRN|1988-2022|99-99-999|9301
launcher|Single-shot grenade launcher|Arsenal|UBGL-1|40 mm|BGR|1996-2020|AA999|9301
heavy_machine_gun|Heavy machine gun|Degtyarev|DShKM|12.7x108mm|RUS|1946-1980|A-999|9301
heavy_machine_gun|Heavy machine gun|Norinco|Type 85|12.7x108mm|CHN|1986-2012|9999|9301
anti_materiel_rifle|Anti-materiel rifle|DIO|AM-50|12.7x99mm|IRN|2006-2022|99-999|9301
recoilless_gun|Recoilless gun|Arsenal|SPG-9|73 mm|BGR|1970-2000|AA 999|9301
mortar|Mortar tube with base plate|Norinco|Type 63|60 mm|CHN|1965-2005|9999|9301
mortar|Mortar tube|Hadid|HM 15|81 mm|IRN|1988-2018|999|9301
mortar|Mortar tube|Kintex|82 mm|82 mm|BGR|1970-2005|A-9999|9301
""")  # fmt: skip
_ROUNDS = _models("ammunition", """
cartridge|7.62x39 mm cartridges|Factory 71||7.62x39mm|CHN|1965-2016||9306
cartridge|7.62x39 mm cartridges|PPU||7.62x39mm|SRB|1992-2023||9306
cartridge|7.62x39 mm cartridges|SIC||7.62x39mm|SDN|1998-2022||9306
cartridge|7.62x54R cartridges|Factory 188||7.62x54mmR|RUS|1960-1992||9306
cartridge|7.62x54R cartridges|DIO||7.62x54mmR|IRN|1995-2022||9306
cartridge|7.62x51 mm cartridges|MKE||7.62x51mm|TUR|1980-2022||9306
cartridge|5.56x45 mm cartridges|FN Herstal||5.56x45mm|BEL|1985-2020||9306
cartridge|9x19 mm cartridges|PPU||9x19mm|SRB|1992-2023||9306
cartridge|9x19 mm pistol cartridges|MKE||9x19mm|TUR|1985-2023||9306
cartridge|12.7x108 mm cartridges|Factory 41||12.7x108mm|CHN|1972-2016||9306
cartridge|12.7x108 mm cartridges|Factory 188||12.7x108mm|RUS|1960-1991||9306
cartridge|14.5x114 mm cartridges|Factory 945||14.5x114mm|CHN|1975-2012||9306
cartridge|5.45x39 mm cartridges|Factory 17||5.45x39mm|RUS|1976-1991||9306
""", unit="round", counts="rounds")  # fmt: skip
_SHELLS = _models("ammunition", """
cartridge|12 gauge hunting cartridges|||12 gauge|TUR|2004-2024||9306
rpg_round|PG-7V rocket-propelled grenades|Arsenal|PG-7V|40 mm|BGR|1972-2015|99-99-Y|9306
mortar_bomb|60 mm mortar bombs|||60 mm|CHN|1970-2012|9-Y-99|9306
mortar_bomb|81 mm mortar bombs|DIO||81 mm|IRN|1995-2022|LOT 99/Y|9306
mortar_bomb|82 mm mortar bombs|||82 mm|RUS|1965-1992|99-Y-99|9306
rocket|122 mm rockets||9M22|122 mm|RUS|1965-1992|99-Y|9306
rocket|107 mm rockets||Type 63|107 mm|CHN|1972-2010|9-Y|9306
artillery_round|130 mm artillery shells|||130 mm|CHN|1970-2005||9306
tank_round|100 mm tank ammunition|||100 mm|RUS|1960-1988||9306
""", unit="round", counts="lot")  # fmt: skip
_GRENADES = _models("grenade", """
hand_grenade|F-1 hand grenades||F-1||RUS|1960-1992||9306
hand_grenade|RGD-5 hand grenades||RGD-5||RUS|1965-1992||9306
hand_grenade|Type 82-2 hand grenades|Norinco|Type 82-2||CHN|1982-2010||9306
hand_grenade|M75 hand grenades||M75||YUG|1975-1992||9306
""", counts="lot")  # fmt: skip
_MINES = _models("mine", """
anti_tank|Anti-tank mines||TM-57||RUS|1957-1988||9306
anti_personnel|Anti-personnel mines||PMN||RUS|1960-1988||9306
anti_tank|Anti-tank mines||Type 72||CHN|1972-2000||9306
""", counts="lot")  # fmt: skip
_EXPLOSIVES = _models("explosive", """
military|TNT blocks|||||1970-2020||3602
military|Plastic explosive C4|||||1990-2022||3602
military|RDX in sacks|||||1995-2022||3602
commercial|Ammonium nitrate, prilled|||||2000-2024||3102
commercial|Emulsion explosive cartridges|||||2000-2024||3602
propellant|Propellant powder for mortar charges|||||1990-2022||3601
""", unit="kilogram", counts="weight") + _models("explosive", """
initiator|Electric detonators|||||1995-2024||3603
initiator|Detonating cord|||||1995-2024||3603
""", counts="lot")  # fmt: skip
_MISSILES = _models("missile", """
manpads|Man-portable air-defence system|KBM|9K32M Strela-2M|72 mm|RUS|1970-1990|99-999|9301
manpads|Man-portable air-defence system|KBM|9K310 Igla-1|72 mm|RUS|1981-2002|99999|9301
manpads|Man-portable air-defence system|SAIG|Misagh-2|71 mm|IRN|2005-2022|99-9999|9301
manpads|Man-portable air-defence system|CPMIEC|FN-6|72 mm|CHN|2000-2016|9999|9301
anti_tank|Anti-tank guided missile||Dehlavieh|135 mm|IRN|2012-2024|99-99999|9301
anti_tank|Anti-tank guided missile|Tula|9M113 Konkurs|135 mm|RUS|1974-1995|99-99-9|9301
anti_tank|Anti-tank guided missile||Type 73|120 mm|CHN|1979-2000|9999|9301
rocket|Guided artillery rocket||Fajr-4CL|333 mm|IRN|2015-2024||9306
components|Guidance and propulsion sections of ballistic missiles||||IRN|2012-2024||9306
ballistic|Short-range ballistic missile in sections||||IRN|2008-2024||9306
anti_ship|Anti-ship cruise missile components||Noor||IRN|2006-2024||9306
cruise|Turbojet engine for a land-attack cruise missile||TJ-100||||99-999|8411
surface_to_air|Surface-to-air missile, loitering||358||IRN|2018-2024|9999|9306
""", counts="few")  # fmt: skip
_HEAVY = _models("artillery", """
gun|Towed howitzer||D-30|122 mm|RUS|1963-1992|999|9301
gun|Twin anti-aircraft gun||ZU-23-2|23 mm|RUS|1960-1990|AA999|9301
gun|Single-tube rocket launcher||Type 63|107 mm|CHN|1970-2005|9999|9301
""", counts="few") + _models("battle_tank", """
tank|Main battle tank||T-55|100 mm|RUS|1958-1981|A99999|8710
""", counts="few") + _models("armoured_vehicle", """
scout|Armoured scout vehicle||BRDM-2|14.5 mm|RUS|1965-1989|A-99999|8710
carrier|Armoured personnel carrier||Panthera T6||ARE|2010-2022|A999999|8710
carrier|Armoured four-wheel drive||Typhoon||CAN|2012-2022|9999|8710
""", counts="few") + _models("combat_aircraft", """
fighter|MiG-21 airframe, dismantled|Mikoyan|MiG-21bis||RUS|1972-1985|N999999|8802
""", counts="single") + _models("attack_helicopter", """
helicopter|Mi-24 attack helicopter|Mil|Mi-24V||RUS|1976-1991|3532999999|8802
""", counts="single") + _models("warship", """
boat|Fast patrol boat with gun mount||||||999|8906
""", counts="single")  # fmt: skip
_DRONES = _models("uav", """
one_way|One-way attack drone, delta wing||Samad-3||IRN|2017-2024|9999|8806
civil|Civilian quadcopter|DJI|Mavic 3||CHN|2021-2024|9999AAA9999|8806
unspecified|Fixed-wing drone parts||||CHN|2014-2024||8806
""", counts="few")  # fmt: skip
_VEHICLES = _models("military_vehicle", """
truck|Military cargo truck|Ural|4320||RUS|1977-2020|X99999999|8704
pickup|Pick-up truck, unarmoured, 4x4|Toyota|Land Cruiser 79||JPN|2007-2024|JT999999999|8704
pickup|Pick-up with gun mount|Toyota|Hilux||JPN|1998-2022|JT999999999|8704
""", counts="few")  # fmt: skip
_PARTS = _models("part", """
magazine|Rifle magazines|||7.62x39mm||1970-2020||9305
barrel|Machine-gun barrels|||7.62x54mmR|RUS|1965-1990|AA999|9305
component|Gas blocks and receivers|||5.56x45mm|USA|2012-2024||9305
component|Tank engine spare parts||V-55||RUS|1960-1988||8409
component|Fighter aircraft spare parts||MiG-21||RUS|1972-1990||8803
""", counts="lot")  # fmt: skip
_EQUIPMENT = _models("military_equipment", """
sight|Optical sights for grenade launchers||PGO-7V||RUS|1965-1992|A99999|9013
uniform|Combat uniforms and load-bearing vests||||CHN|2005-2024||6307
""", counts="lot") + _models("optics", """
night_vision|Night-vision goggles||||CHN|2008-2024|99999|9005
scope|Thermal weapon scope|||||2015-2024|A999999|9005
""", counts="few") + _models("communications", """
radio|VHF hand-held radios||||CHN|2008-2024|999999999|8517
satellite|Satellite telephones|||||2010-2024|999999999999999|8517
""", counts="lot") + _models("protective_equipment", """
body_armour|Ballistic vests and helmets||||TUR|2005-2024||6307
body_armour|Bullet-proof vests marked PRESS|||||2008-2024||6307
""", counts="lot")  # fmt: skip
_DUAL = _models("dual_use", """
carbon_fibre|Carbon fibre, filament-wound||||CHN|2008-2024||6815
engine|Two-stroke aircraft engines|Limbach|L550E||DEU|2008-2022|9999|8407
servo|Servo motors and flight controllers||||CHN|2012-2024||8501
""", counts="lot") + _models("chemical_precursor", """
oxidiser|Ammonium perchlorate in drums||||CHN|2010-2024||2829
""", unit="kilogram", counts="weight") + _models("ied_component", """
electronics|Passive infrared triggers and remote-control receivers||||CHN|2010-2024||8526
""", counts="lot")  # fmt: skip
_SERVICES = _models("training", """
|Instruction in the use of small arms|||||||
""", unit="", counts="none") + _models("technical_assistance", """
|Maintenance of combat aircraft|||||||
|Advice on assembling rockets|||||||
""", unit="", counts="none") + _models("brokering", """
|Brokering of small arms between two other States|||||||
""", unit="", counts="none") + _models("financing", """
|Payment for a consignment of ammunition|||||||
""", unit="", counts="none") + _models("mercenary", """
|Recruitment of armed personnel|||||||
""", unit="", counts="none") + _models("transport_service", """
|Air transport of an undeclared cargo|||||||
""", unit="", counts="none")  # fmt: skip
_OTHER = _models("narcotics", """
|Cannabis resin|||||||
|Captagon tablets|||||||
|Cocaine|||||||
""", unit="kilogram", counts="weight") + _models("minerals", """
|Gold doré|||||||7108
|Tantalite ore|||||||2615
""", unit="kilogram", counts="weight") + _models("cash", """
|United States dollars, banknotes|||||||
""", unit="", counts="none") + _models("other_goods", """
|Charcoal in bags|||||||4402
|Cigarettes|||||||2402
|Used clothing|||||||6309
""", unit="bag", counts="lot") + _models("arms_unspecified", """
|Weapons and ammunition, not further described|||||||
""", unit="", counts="none")  # fmt: skip

EVERYTHING: tuple[tuple[Model, ...], ...] = (
    _SMALL_ARMS, _CRAFT, _BLANKS, _LIGHT, _ROUNDS, _SHELLS, _GRENADES, _MINES, _EXPLOSIVES, _MISSILES, _HEAVY, _DRONES,
    _VEHICLES, _PARTS, _EQUIPMENT, _DUAL, _SERVICES, _OTHER,
)  # fmt: skip
CALIBRES = tuple(sorted({model.calibre for model in _SMALL_ARMS}))
_PISTOLS = tuple(model for model in _SMALL_ARMS if model.subtype in {"pistol", "revolver", "shotgun"})

# What a town's police finds, what crosses a border by night, and what is worth a ship.
STREET = spread(
    (
        (_PISTOLS, 40), (_SMALL_ARMS, 14), (_CRAFT, 9), (_BLANKS, 9), (_ROUNDS, 16), (_SHELLS, 2), (_GRENADES, 4),
        (_EXPLOSIVES, 4), (_OTHER, 6), (_PARTS, 3), (_EQUIPMENT, 2), (_DRONES, 1),
    )
)  # fmt: skip
OVERLAND = spread(
    (
        (_SMALL_ARMS, 34), (_ROUNDS, 30), (_LIGHT, 10), (_SHELLS, 8), (_GRENADES, 4), (_MINES, 2), (_EXPLOSIVES, 5),
        (_MISSILES, 2), (_VEHICLES, 3), (_PARTS, 4), (_EQUIPMENT, 4), (_DRONES, 2), (_OTHER, 5), (_DUAL, 2),
        (_CRAFT, 2),
    )
)  # fmt: skip
CARGO = spread(
    (
        (_SMALL_ARMS, 20), (_ROUNDS, 20), (_LIGHT, 11), (_SHELLS, 10), (_MISSILES, 11), (_HEAVY, 5), (_EXPLOSIVES, 6),
        (_PARTS, 8), (_EQUIPMENT, 8), (_DUAL, 8), (_DRONES, 6), (_VEHICLES, 5), (_MINES, 1), (_OTHER, 4), (_BLANKS, 2),
    )
)  # fmt: skip
DEALS = spread(((_SERVICES, 10), (_SMALL_ARMS, 4), (_ROUNDS, 4), (_HEAVY, 4), (_PARTS, 3), (_DUAL, 3), (_MISSILES, 3)))

# Powers of ten in which quantities turn up, by how goods are counted: a handful often, a shipload rarely.
SMALL, MIDDLE, LARGE = range(3)
QUANTITIES = {
    "few": (spread(((0, 1),)), spread(((0, 9), (1, 1))), spread(((0, 5), (1, 4), (2, 1)))),
    "arms": (spread(((0, 19), (1, 1))), spread(((0, 6), (1, 3), (2, 1))), spread(((1, 3), (2, 4), (3, 2)))),
    "lot": (spread(((0, 6), (1, 3))), spread(((0, 3), (1, 4), (2, 2))), spread(((1, 2), (2, 4), (3, 3), (4, 1)))),
    "rounds": (
        spread(((0, 3), (1, 6), (2, 2))),
        spread(((1, 2), (2, 4), (3, 3))),
        spread(((3, 3), (4, 4), (5, 2), (6, 1))),
    ),
    "weight": (spread(((0, 5), (1, 4))), spread(((0, 2), (1, 5), (2, 3))), spread(((2, 4), (3, 4), (4, 2)))),
}

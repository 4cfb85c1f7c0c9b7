"""Shapes and places that every function taking geometry meets: the awkward ones first."""

from geo.crs import Position

# Where flat maps go wrong: poles, antimeridian, both names of one meridian, the equator.
EDGES_OF_THE_MAP = (
    Position(0.0, 90.0),
    Position(123.0, 90.0),
    Position(0.0, -90.0),
    Position(180.0, -17.0),
    Position(-180.0, -17.0),
    Position(179.9999, -16.8),
    Position(-179.9999, -16.8),
    Position(180.0, 68.0),
    Position(0.0, 0.0),
)

# Position, and the present-day unit on land there ("" at sea).
PLACES: dict[str, tuple[Position, str]] = {
    "Beirut": (Position(35.5, 33.89), "LBN"),
    "Damascus": (Position(36.29, 33.51), "SYR"),
    "Goma": (Position(29.2205, -1.6585), "COD"),
    "Port Sudan": (Position(37.2, 19.6), "SDN"),
    "off Yemen": (Position(52.3, 15.2), ""),
    "central Mediterranean": (Position(20.0, 34.8), ""),
    "South China Sea": (Position(113.5, 13.0), ""),
    "Taveuni, on the antimeridian": (Position(180.0, -16.8), "FJI"),
    "Fiji waters": (Position(180.0, -17.3), ""),
    "Chukotka, beyond the antimeridian": (Position(-175.0, 66.5), "RUS"),
    "Wrangel Island, on the antimeridian": (Position(180.0, 71.2), "RUS"),
    "North Pole": (Position(0.0, 90.0), ""),
    "South Pole": (Position(0.0, -90.0), "ATA"),
    "Vatican": (Position(12.4534, 41.9033), "VAT"),
    "Rome": (Position(12.49, 41.89), "ITA"),
    "San Marino": (Position(12.45, 43.94), "SMR"),
    "Lesotho": (Position(28.2, -29.6), "LSO"),
    "Cabinda": (Position(12.3, -5.2), "AGO"),
    "Kaliningrad": (Position(21.0, 54.7), "RUS"),
    "Nakhchivan": (Position(45.4, 39.2), "AZE"),
    "Ceuta": (Position(-5.33, 35.885), "ESP"),
    "Llivia": (Position(1.98, 42.465), "ESP"),
    "Musandam": (Position(56.25, 26.1), "OMN"),
    "Hong Kong": (Position(114.17, 22.38), "HKG"),
    "Pristina": (Position(21.16, 42.66), "XKX"),
    "Hargeisa": (Position(44.06, 9.56), "SOM"),
    "northern Nicosia": (Position(33.36, 35.21), "CYP"),
    "Laayoune": (Position(-13.2, 27.15), "ESH"),
    "Tifariti, east of the berm": (Position(-10.6, 26.1), "ESH"),
    "Tarfaya, north of Western Sahara": (Position(-12.9, 27.93), "MAR"),
    "Simferopol": (Position(34.1, 44.95), "UKR"),
    "Golan Heights": (Position(35.8, 33.0), "SYR"),
    "Abyei": (Position(28.4, 9.6), "SDN"),
    "Juba": (Position(31.58, 4.85), "SSD"),
}

# Outlines that an importer meets, by what is wrong with them; the first two are not.
Ring = tuple[tuple[float, float], ...]
SQUARE: Ring = ((44.0, 12.0), (46.0, 12.0), (46.0, 14.0), (44.0, 14.0), (44.0, 12.0))
NEIGHBOUR = ((46.0, 12.0), (48.0, 12.0), (48.0, 14.0), (46.0, 14.0), (46.0, 12.0))
BOW_TIE = ((44.0, 12.0), (46.0, 14.0), (46.0, 12.0), (44.0, 14.0), (44.0, 12.0))
ACROSS_THE_ANTIMERIDIAN = ((179.0, -17.0), (-179.0, -17.0), (-179.0, -16.0), (179.0, -16.0), (179.0, -17.0))
PACIFIC_CENTRED = ((179.0, -17.0), (181.0, -17.0), (181.0, -16.0), (179.0, -16.0), (179.0, -17.0))
SWAPPED = ((12.0, 144.0), (14.0, 144.0), (14.0, 146.0), (12.0, 146.0), (12.0, 144.0))
IN_METRES = ((500_000.0, 1_400_000.0), (600_000.0, 1_400_000.0), (600_000.0, 1_500_000.0), (500_000.0, 1_400_000.0))

"""Theatres: where posts, ports and lanes, the trades that pass them, and the wars they feed belong together."""

from typing import NamedTuple

from cases.generate.draws import spread
from cases.generate.places import AIRPORTS, BORDER_POSTS, LANES, PORTS, TOWNS, Lane, Place

# Who receives: the kinds of recipient in the shares in which reports name them.
FIGHTERS = spread((("non_governmental_force", 6), ("unknown", 3), ("criminal_group", 1)))
GOVERNMENTS = spread((("government", 6), ("unknown", 2), ("private", 1), ("un_mission", 1)))
MIXED = spread(
    (
        ("non_governmental_force", 4), ("government", 3), ("unknown", 3), ("private", 1), ("designated_party", 1),
        ("regional_authority", 1), ("un_mission", 1), ("peacekeeping_contingent", 1), ("international_force", 1),
        ("humanitarian", 1), ("media", 1), ("private_security_company", 1),
    )
)  # fmt: skip
BUYERS = spread((("government", 4), ("private", 2), ("unknown", 4)))
LISTED = spread((("designated_party", 4), ("non_governmental_force", 4), ("unknown", 2)))
ANYBODY = spread((("private", 6), ("unknown", 5), ("criminal_group", 4), ("government", 1), ("media", 1)))

ALL_YEAR = tuple(range(1, 13))
# Small craft stay in port while the south-west monsoon blows over the Arabian Sea.
OUTSIDE_THE_MONSOON = spread(((1, 3), (2, 3), (3, 3), (4, 2), (5, 1), (9, 1), (10, 2), (11, 3), (12, 3), (6, 1)))
# Tracks turn to mud.
DRY_SEASON = spread(((1, 3), (2, 3), (3, 2), (4, 1), (5, 1), (6, 1), (7, 1), (8, 1), (9, 1), (10, 2), (11, 3), (12, 3)))


class Corridor(NamedTuple):
    """A documented sort of flow to or out of a State under embargo, and the years in which it ran."""

    share: int
    origins: tuple[str, ...]
    transits: tuple[str, ...]
    destination: str
    first_year: int
    last_year: int
    recipients: tuple[str, ...]
    groups: tuple[str, ...] = ()


class Theatre(NamedTuple):
    """A part of the world with the places, the trades and the seasons of its incidents."""

    name: str
    share: int
    posts: tuple[Place, ...]
    ports: tuple[Place, ...]
    airports: tuple[Place, ...]
    towns: tuple[Place, ...]
    lanes: tuple[Lane, ...]
    corridors: tuple[Corridor, ...]
    trade: tuple[str, ...]  # States between which goods pass here that concern no embargo
    months: tuple[int, ...] = ALL_YEAR
    tied_share: float = 0.45


def _places(table: dict[str, Place], names: str) -> tuple[Place, ...]:
    return tuple(table[name.strip()] for name in names.split(",")) if names else ()


def _corridors(*corridors: Corridor) -> tuple[Corridor, ...]:
    return spread((corridor, corridor.share) for corridor in corridors)


_ALL: tuple[Theatre, ...] = (
    Theatre(
        "Yemen and the Horn",
        22,
        _places(
            BORDER_POSTS,
            "Mandera, Liboi, Moyale, Dolo Ado, Tog Wajaale, Galafi, Al Wadiah, Al Tuwal, Shahn, Al Mazyunah",
        ),
        _places(
            PORTS, "Aden, Al Hudaydah, Salalah, Djibouti, Berbera, Bosaso, Mogadishu, Kismayo, Mombasa, Massawa, Jeddah"
        ),
        _places(AIRPORTS, "Baidoa, Hargeisa, Sana'a"),
        _places(
            TOWNS, "Beledweyne, Jilib, Galkayo, Jowhar, Dire Dawa, Asmara, Taiz, Sa'dah, Marib, Al Ghaydah, Nairobi"
        ),
        tuple(
            LANES[name]
            for name in (
                "Gulf of Oman",
                "off the coast of Oman",
                "off Mahra",
                "Gulf of Aden",
                "southern Red Sea",
                "northern Red Sea",
                "off Puntland",
                "off Mogadishu",
                "off Kismayo",
            )
        ),
        _corridors(
            Corridor(
                6,
                ("IRN", "IRN", "IRN", "CHN"),
                ("OMN", "SOM", "DJI"),
                "YEM",
                2012,
                2026,
                FIGHTERS,
                ("Houthis", "Ansar Allah"),
            ),
            Corridor(
                6,
                ("YEM", "YEM", "ETH", "ARE", "IRN"),
                ("DJI", "YEM"),
                "SOM",
                1993,
                2026,
                MIXED,
                ("Al-Shabaab", "Harakat al-Shabaab al-Mujahideen"),
            ),
            Corridor(2, ("ERI", "LBY", "BGR", "ARE"), ("YEM", "SDN"), "SOM", 2004, 2014, FIGHTERS, ("Al-Shabaab",)),
            Corridor(2, ("BGR", "UKR", "RUS", "ITA"), ("DJI", "KEN"), "ERI", 2000, 2018, GOVERNMENTS),
            Corridor(1, ("RUS", "UKR", "CHN"), ("DJI",), "ETH", 2000, 2002, GOVERNMENTS),
        ),
        ("KEN", "ETH", "DJI", "SAU", "OMN", "ARE", "TZA", "IND"),
        OUTSIDE_THE_MONSOON,
    ),
    Theatre(
        "Libya and the Sahel",
        18,
        _places(
            BORDER_POSTS,
            "Ras Ajdir, Dehiba, Salloum, Debdeb, Tin Zaouatine, Madama, Wour, Tine, Maradi, Diffa, Kousséri",
        ),
        _places(
            PORTS,
            "Misrata, Benghazi, Tripoli Harbour, Tobruk, Valletta, Piraeus, Alexandria, Marseille, "
            "Istanbul, Mersin, Gioia Tauro",
        ),
        _places(AIRPORTS, "Tripoli Mitiga, Sebha, N'Djamena, Ostend"),
        _places(TOWNS, "Sirte, Kufra, Ghat, Derna, Agadez, Gao, Kidal, Tamanrasset, Tunis, Maiduguri, Kaduna"),
        tuple(LANES[name] for name in ("central Mediterranean", "off Benghazi", "off Crete", "southern Aegean")),
        _corridors(
            Corridor(6, ("TUR", "TUR", "ARE", "JOR", "UKR", "BLR"), ("MLT", "EGY", "GRC"), "LBY", 2011, 2026, MIXED),
            Corridor(
                4,
                ("LBY",),
                ("NER", "TCD", "DZA"),
                "MLI",
                2011,
                2022,
                LISTED,
                ("Ansar Eddine", "AQIM", "Jama'a Nusrat ul-Islam wa al-Muslimin"),
            ),
            Corridor(3, ("LBY",), ("TUN", "EGY"), "EGY", 2011, 2026, ANYBODY),
            Corridor(2, ("LBY",), ("EGY", "TUR"), "SYR", 2011, 2015, FIGHTERS),
            Corridor(1, ("RUS", "UKR", "PRK"), ("MLT",), "LBY", 1992, 2004, GOVERNMENTS),
            Corridor(2, ("LBY", "SDN"), ("TCD", "NER"), "NGA", 2013, 2026, LISTED, ("Boko Haram", "ISWAP")),
        ),
        ("TUN", "DZA", "EGY", "NER", "TCD", "NGA", "MLT", "ITA", "ESP"),
    ),
    Theatre(
        "Levant and Iraq",
        12,
        _places(
            BORDER_POSTS, "Masnaa, Arsal, Jaber, Nasib, Abu Kamal, Al Qaim, Ibrahim Khalil, Mehran, Bashmaq, Cilvegözü"
        ),
        _places(PORTS, "Beirut, Tripoli El Mina, Latakia, Mersin, Umm Qasr, Bandar Abbas, Dubai, Alexandria"),
        _places(AIRPORTS, "Beirut International, Baghdad, Tehran, Istanbul Airport"),
        _places(TOWNS, "Baalbek, Tyre, Homs, Damascus, Idlib, Mosul, Ramadi, Basra, Kirkuk, Ahvaz"),
        tuple(LANES[name] for name in ("off Lebanon", "eastern Mediterranean", "Gulf of Oman")),
        _corridors(
            Corridor(5, ("IRN", "SYR", "SYR"), ("IRQ", "SYR"), "LBN", 2006, 2026, FIGHTERS, ("Hizbullah", "Hezbollah")),
            Corridor(2, ("LBY", "TUR", "LBN"), ("LBN", "EGY"), "LBN", 2011, 2016, FIGHTERS),
            Corridor(4, ("IRN",), ("IRQ", "TUR"), "SYR", 2007, 2024, GOVERNMENTS),
            Corridor(2, ("IRN",), ("SDN", "EGY"), "PSE", 2007, 2020, FIGHTERS),
            Corridor(1, ("CHN", "PRK"), ("IRN",), "SYR", 2007, 2024, GOVERNMENTS),
            Corridor(3, ("UKR", "BLR", "SYR", "JOR", "BGR"), ("SYR", "JOR"), "IRQ", 1993, 2003, GOVERNMENTS),
            Corridor(
                3,
                ("SYR", "TUR", "IRN"),
                ("SYR",),
                "IRQ",
                2004,
                2026,
                LISTED,
                ("Islamic State in Iraq and the Levant", "ISIL"),
            ),
            Corridor(2, ("RUS", "CHN", "PRK"), ("ARE",), "IRN", 2007, 2025, BUYERS),
        ),
        ("JOR", "TUR", "SYR", "LBN", "IRQ", "KWT", "SAU", "CYP"),
    ),
    Theatre(
        "Sudan and Chad",
        7,
        _places(BORDER_POSTS, "Adré, El Geneina, Tine, Kassala, Metema, Birao"),
        _places(PORTS, "Port Sudan, Massawa, Jeddah"),
        _places(AIRPORTS, "Khartoum, Nyala, N'Djamena"),
        _places(TOWNS, "El Fasher, Kutum, Zalingei, Omdurman, Abéché, Kufra, Shalateen"),
        (LANES["northern Red Sea"],),
        _corridors(
            Corridor(
                5,
                ("SDN", "TCD", "LBY", "CAF", "CHN"),
                ("TCD", "LBY"),
                "SDN",
                2004,
                2026,
                FIGHTERS,
                ("Rapid Support Forces", "RSF", "Justice and Equality Movement", "JEM"),
            ),
            Corridor(3, ("CHN", "RUS", "BLR", "IRN", "ARE"), ("TCD",), "SDN", 2004, 2026, GOVERNMENTS),
        ),
        ("SDN", "TCD", "EGY", "ETH", "SAU", "ERI"),
        DRY_SEASON,
    ),
    Theatre(
        "Great Lakes",
        11,
        _places(BORDER_POSTS, "Aru, Kasindi, Bunagana, Uvira, Gisenyi, Bujumbura, Kigoma, Dilolo, Elegu"),
        _places(PORTS, "Mombasa"),
        _places(AIRPORTS, "Goma, Bunia, Entebbe, Kigali"),
        _places(TOWNS, "Beni, Rutshuru, Bukavu, Masisi, Walikale, Baraka, Kisangani, Kampala"),
        (),
        _corridors(
            Corridor(
                6,
                ("RWA", "UGA", "BDI", "COD"),
                ("UGA", "RWA", "TZA"),
                "COD",
                2003,
                2026,
                FIGHTERS,
                ("M23", "FDLR", "ADF", "CNDP", "Allied Democratic Forces"),
            ),
            Corridor(2, ("CHN", "UKR", "BGR", "PRK"), ("TZA", "KEN"), "COD", 2003, 2026, GOVERNMENTS),
            Corridor(2, ("COD",), (), "BDI", 2004, 2020, FIGHTERS),
            Corridor(2, ("SYC", "ZAF", "ALB"), ("COD",), "RWA", 1994, 2008, MIXED, ("ex-FAR", "Interahamwe")),
        ),
        ("UGA", "RWA", "TZA", "KEN", "BDI", "COD"),
        DRY_SEASON,
    ),
    Theatre(
        "Central African Republic and South Sudan",
        9,
        _places(BORDER_POSTS, "Birao, Garoua-Boulaï, Nimule, Kaya, Elegu, Kousséri"),
        _places(PORTS, "Mombasa"),
        _places(AIRPORTS, "Bangui, Juba, Khartoum, Entebbe"),
        _places(TOWNS, "Bambari, Bria, Ndélé, Bor, Bentiu, Malakal, Gulu"),
        (),
        _corridors(
            Corridor(4, ("SDN", "TCD", "COD", "CMR"), ("TCD",), "CAF", 2013, 2026, FIGHTERS),
            Corridor(2, ("RUS", "CHN", "FRA"), ("CMR", "SDN"), "CAF", 2014, 2026, GOVERNMENTS),
            Corridor(4, ("UGA", "SDN", "UKR", "CHN"), ("UGA", "KEN"), "SSD", 2017, 2026, MIXED, ("SPLA-IO",)),
            Corridor(1, ("CAF",), (), "TCD", 2014, 2024, FIGHTERS),
        ),
        ("CMR", "TCD", "UGA", "KEN", "COD", "SDN"),
        DRY_SEASON,
    ),
    Theatre(
        "West Africa",
        8,
        _places(BORDER_POSTS, "Man, Danané, Ganta, Kailahun, Nzérékoré"),
        _places(PORTS, "Monrovia, Abidjan, Freetown, Conakry, Lomé, Lagos"),
        _places(AIRPORTS, "Lungi, Robertsfield, Abidjan Airport"),
        _places(TOWNS, "Bo, Makeni, Gbarnga, Voinjama, Bouaké, Korhogo, Ouagadougou, Bobo-Dioulasso, Accra"),
        tuple(LANES[name] for name in ("Gulf of Guinea", "off Freetown")),
        _corridors(
            Corridor(3, ("UKR", "SVK", "LBY", "BFA"), ("BFA", "CIV"), "LBR", 1992, 2016, MIXED),
            Corridor(
                3,
                ("LBR", "UKR", "BFA"),
                ("LBR", "GIN"),
                "SLE",
                1996,
                2010,
                FIGHTERS,
                ("RUF", "AFRC", "Revolutionary United Front"),
            ),
            Corridor(3, ("BLR", "BGR", "BFA", "AGO"), ("BFA", "TGO"), "CIV", 2003, 2016, MIXED),
        ),
        ("GHA", "TGO", "BFA", "GIN", "SEN", "NGA", "MLI"),
    ),
    Theatre(
        "Angola",
        3,
        _places(BORDER_POSTS, "Dilolo, Rundu"),
        _places(PORTS, "Luanda, Lobito, Durban"),
        _places(
            AIRPORTS,
            "Huambo",
        ),
        _places(TOWNS, "Luena, Kuito, Malanje, Menongue, Johannesburg"),
        (LANES["off Angola"],),
        _corridors(
            Corridor(1, ("BGR", "UKR", "ZAR", "TGO"), ("TGO", "COD", "ZMB"), "AGO", 1993, 2003, FIGHTERS, ("UNITA",)),
            Corridor(1, ("USA", "FRA", "GBR", "ISR"), ("NAM",), "ZAF", 1990, 1994, GOVERNMENTS),
        ),
        ("NAM", "ZMB", "ZAF", "COD", "PRT"),
    ),
    Theatre(
        "Balkans",
        8,
        _places(BORDER_POSTS, "Dimitrovgrad, Horgoš, Kukës, Batrovci, Kapıkule"),
        _places(PORTS, "Bar, Rijeka, Durrës, Burgas, Odesa"),
        _places(AIRPORTS, "Belgrade, Zagreb, Tirana, Burgas Airport"),
        _places(TOWNS, "Sarajevo, Tuzla, Knin, Pristina, Peć, Podgorica, Niš, Skopje, Sofia"),
        (LANES["Strait of Otranto"],),
        _corridors(
            Corridor(3, ("ROU", "RUS", "UKR", "ARG"), ("HUN", "BGR"), "YUG", 1992, 1996, BUYERS),
            Corridor(3, ("IRN", "TUR", "ARG", "HUN"), ("HRV", "SVN"), "BIH", 1992, 1996, MIXED),
            Corridor(
                3, ("ALB", "CHE", "BGR"), ("ALB", "MKD"), "YUG", 1998, 2001, FIGHTERS, ("KLA", "Kosovo Liberation Army")
            ),
        ),
        ("BIH", "SRB", "HRV", "AUT", "DEU", "SWE", "ITA", "MNE"),
    ),
    Theatre(
        "Afghanistan and Pakistan",
        7,
        _places(BORDER_POSTS, "Islam Qala, Taftan, Chaman, Spin Boldak, Torkham, Termez"),
        _places(PORTS, "Karachi, Bandar Abbas"),
        _places(AIRPORTS, "Kabul, Peshawar"),
        _places(TOWNS, "Zahedan, Kandahar, Kunduz, Jalalabad, Quetta, Darra Adam Khel"),
        (LANES["Gulf of Oman"],),
        _corridors(
            Corridor(
                4, ("PAK", "IRN", "UZB"), ("PAK",), "AFG", 1999, 2026, LISTED, ("Taliban", "Taleban", "Haqqani Network")
            ),
            Corridor(2, ("AFG",), ("AFG",), "PAK", 2021, 2026, LISTED, ("Tehrik-e Taliban Pakistan", "TTP")),
        ),
        ("PAK", "UZB", "TJK", "IRN", "IND", "TKM"),
    ),
    Theatre(
        "Korea",
        6,
        _places(BORDER_POSTS, "Dandong, Hunchun"),
        _places(PORTS, "Dalian, Busan, Vladivostok, Bangkok, Colón, Durban"),
        _places(AIRPORTS, "Bangkok Don Mueang, Pyongyang"),
        _places(TOWNS, "Seoul, Yanji, Yangon, Phnom Penh"),
        tuple(
            LANES[name]
            for name in ("East China Sea", "Yellow Sea", "Sea of Japan", "Strait of Malacca", "southern Caribbean")
        ),
        _corridors(
            Corridor(5, ("PRK",), ("CHN", "SGP"), "SYR", 2006, 2026, BUYERS),
            Corridor(2, ("PRK",), ("CHN",), "EGY", 2009, 2026, BUYERS),
            Corridor(1, ("CUB", "CHN", "RUS", "DEU"), ("PAN", "CHN"), "PRK", 2006, 2026, GOVERNMENTS),
            Corridor(2, ("PRK",), ("RUS",), "RUS", 2022, 2026, GOVERNMENTS),
        ),
        ("CHN", "JPN", "KOR", "TWN", "VNM", "THA", "SGP"),
    ),
    Theatre(
        "Haiti and the Caribbean",
        9,
        _places(BORDER_POSTS, "Ouanaminthe, Dajabón, Jimaní"),
        _places(PORTS, "Port-au-Prince, Cap-Haïtien, Miami, Kingston"),
        _places(AIRPORTS, "Port-au-Prince Airport, Miami Airport"),
        _places(TOWNS, "Gonaïves, Croix-des-Bouquets, Santo Domingo"),
        tuple(LANES[name] for name in ("Windward Passage", "Gulf of Gonâve")),
        _corridors(
            Corridor(6, ("USA", "USA", "USA", "DOM"), ("DOM", "JAM"), "HTI", 2019, 2026, MIXED),
            Corridor(1, ("USA", "DOM"), ("DOM",), "HTI", 1993, 1994, GOVERNMENTS),
        ),
        ("USA", "DOM", "JAM", "BHS", "TTO", "COL"),
        tied_share=0.6,
    ),
    Theatre(
        "Europe",
        14,
        _places(BORDER_POSTS, "Horgoš, Batrovci, Kapıkule"),
        _places(PORTS, "Antwerp, Rotterdam, Hamburg, Marseille, Odesa"),
        _places(AIRPORTS, "Frankfurt, Ostend, Istanbul Airport"),
        _places(
            TOWNS,
            "Paris, Lyon, Brussels, Berlin, Cologne, Milan, Naples, Madrid, Malmö, Bratislava, Vienna, "
            "London, Kyiv, Tbilisi, Ankara",
        ),
        (LANES["Black Sea"],),
        _corridors(
            Corridor(1, ("DEU", "FRA", "GBR", "ITA"), ("TUR", "ARE"), "IRN", 2006, 2025, BUYERS),
            Corridor(1, ("BEL", "DEU", "SVK"), ("TUR",), "LBY", 2011, 2026, BUYERS),
        ),
        ("DEU", "FRA", "BEL", "ITA", "SVK", "AUT", "GBR", "SRB", "TUR", "UKR", "SWE", "NLD"),
        tied_share=0.08,
    ),
    Theatre(
        "Americas",
        8,
        _places(BORDER_POSTS, "Cúcuta, Nuevo Laredo, Tecún Umán, Ciudad del Este"),
        _places(PORTS, "Colón, Santos, Miami"),
        _places(AIRPORTS, "Bogotá, Miami Airport"),
        _places(TOWNS, "Medellín, Caracas, Rio de Janeiro, San Salvador, Tegucigalpa, Mexico City, Houston"),
        (LANES["southern Caribbean"],),
        _corridors(Corridor(1, ("USA",), ("COL", "DOM"), "HTI", 2022, 2026, MIXED)),
        ("USA", "MEX", "GTM", "HND", "COL", "VEN", "BRA", "PRY", "ECU"),
        tied_share=0.04,
    ),
    Theatre(
        "Asia and southern Africa",
        6,
        _places(BORDER_POSTS, "Rundu, Termez"),
        _places(PORTS, "Manila, Karachi, Durban, Dubai, Bangkok"),
        _places(AIRPORTS, "Bangkok Don Mueang"),
        _places(TOWNS, "Dhaka, Cotabato, Yangon, Phnom Penh, Johannesburg, Accra"),
        (LANES["Strait of Malacca"],),
        _corridors(
            Corridor(1, ("PHL", "MYS"), ("MYS",), "PHL", 2001, 2026, LISTED, ("Abu Sayyaf Group", "Jemaah Islamiyah")),
            Corridor(1, ("PRK", "CHN"), ("CHN",), "MMR", 2007, 2026, BUYERS),
        ),
        ("IND", "THA", "MYS", "IDN", "PHL", "ZAF", "MOZ", "LKA"),
        tied_share=0.1,
    ),
)

# Drawn evenly, each theatre as often as its share says.
THEATRES = spread((theatre, theatre.share) for theatre in _ALL)
GROUPS = tuple(sorted({group for theatre in _ALL for corridor in theatre.corridors for group in corridor.groups}))

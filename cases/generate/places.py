"""Where incidents happen: posts near borders, ports, airports, towns, open country, and lanes at sea.

A table of our own, small enough to read and the same on every machine; a test lays it on the reference geography.
"""

from typing import NamedTuple


class Place(NamedTuple):
    """A place on land with the State it lies in."""

    name: str
    country: str
    longitude: float
    latitude: float


class Lane(NamedTuple):
    """A stretch of open water between two points, with how far off the line ships are met, in degrees."""

    name: str
    start: tuple[float, float]
    end: tuple[float, float]
    width_deg: float


def _places(text: str) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for line in text.strip().splitlines():
        name, country, longitude, latitude = (part.strip() for part in line.split("|"))
        found[name] = Place(name, country, float(longitude), float(latitude))
    return found


def _lanes(text: str) -> dict[str, Lane]:
    found: dict[str, Lane] = {}
    for line in text.strip().splitlines():
        name, *numbers = (part.strip() for part in line.split("|"))
        from_lon, from_lat, to_lon, to_lat, width = (float(number) for number in numbers)
        found[name] = Lane(name, (from_lon, from_lat), (to_lon, to_lat), width)
    return found


# Crossings and towns a few kilometres from a land border.
BORDER_POSTS = _places("""
Ras Ajdir|TUN|11.50|33.14
Dehiba|TUN|10.66|32.02
Salloum|EGY|25.12|31.53
Debdeb|DZA|9.40|29.95
Tin Zaouatine|DZA|3.02|20.02
Madama|NER|13.60|22.25
Wour|TCD|15.95|21.35
Tine|TCD|22.75|15.02
Adré|TCD|22.18|13.47
El Geneina|SDN|22.45|13.45
Birao|CAF|22.79|10.28
Garoua-Boulaï|CMR|14.50|5.89
Nimule|SSD|32.05|3.62
Kaya|SSD|30.87|3.58
Elegu|UGA|32.06|3.50
Aru|COD|30.83|2.87
Kasindi|COD|29.70|0.04
Bunagana|COD|29.58|-1.30
Uvira|COD|29.11|-3.39
Gisenyi|RWA|29.29|-1.71
Bujumbura|BDI|29.38|-3.38
Kigoma|TZA|29.66|-4.88
Mandera|KEN|41.83|3.91
Liboi|KEN|40.85|0.37
Moyale|KEN|39.05|3.50
Dolo Ado|ETH|42.03|4.20
Tog Wajaale|ETH|43.30|9.62
Galafi|DJI|41.90|11.72
Kassala|SDN|36.38|15.45
Metema|ETH|36.20|12.95
Al Wadiah|SAU|47.10|17.35
Al Tuwal|SAU|42.98|16.58
Shahn|YEM|52.40|17.72
Al Mazyunah|OMN|52.68|17.85
Masnaa|LBN|35.90|33.72
Arsal|LBN|36.40|34.18
Jaber|JOR|36.20|32.48
Nasib|SYR|36.20|32.57
Abu Kamal|SYR|40.88|34.46
Al Qaim|IRQ|41.10|34.36
Ibrahim Khalil|IRQ|42.60|37.10
Mehran|IRN|46.18|33.12
Bashmaq|IRN|46.05|35.58
Islam Qala|AFG|61.10|34.66
Taftan|PAK|61.63|28.97
Chaman|PAK|66.47|30.90
Spin Boldak|AFG|66.41|31.02
Torkham|PAK|71.11|34.11
Termez|UZB|67.27|37.24
Dandong|CHN|124.36|40.14
Hunchun|CHN|130.33|42.87
Kapıkule|TUR|26.58|41.70
Cilvegözü|TUR|36.62|36.26
Dimitrovgrad|SRB|22.78|43.02
Horgoš|SRB|19.96|46.15
Kukës|ALB|20.42|42.08
Batrovci|SRB|19.14|45.05
Ouanaminthe|HTI|-71.74|19.55
Dajabón|DOM|-71.70|19.55
Jimaní|DOM|-71.85|18.49
Cúcuta|COL|-72.51|7.89
Nuevo Laredo|MEX|-99.52|27.46
Tecún Umán|GTM|-92.13|14.68
Ciudad del Este|PRY|-54.63|-25.51
Man|CIV|-7.55|7.41
Danané|CIV|-8.15|7.26
Ganta|LBR|-8.98|7.22
Kailahun|SLE|-10.57|8.28
Nzérékoré|GIN|-8.82|7.75
Dilolo|COD|22.34|-10.69
Rundu|NAM|19.77|-17.93
Maradi|NER|7.10|13.50
Diffa|NER|12.61|13.32
Kousséri|CMR|15.03|12.08
""")

PORTS = _places("""
Bandar Abbas|IRN|56.28|27.20
Aden|YEM|45.03|12.84
Al Hudaydah|YEM|42.97|14.80
Salalah|OMN|54.03|17.02
Djibouti|DJI|43.14|11.57
Berbera|SOM|45.02|10.43
Bosaso|SOM|49.18|11.27
Mogadishu|SOM|45.33|2.05
Kismayo|SOM|42.53|-0.35
Mombasa|KEN|39.62|-4.02
Massawa|ERI|39.42|15.61
Port Sudan|SDN|37.20|19.60
Jeddah|SAU|39.20|21.48
Alexandria|EGY|29.91|31.17
Misrata|LBY|15.10|32.36
Benghazi|LBY|20.09|32.11
Tripoli Harbour|LBY|13.19|32.87
Tobruk|LBY|23.95|32.07
Valletta|MLT|14.49|35.88
Piraeus|GRC|23.66|37.96
Beirut|LBN|35.53|33.89
Tripoli El Mina|LBN|35.83|34.43
Latakia|SYR|35.80|35.53
Mersin|TUR|34.63|36.82
Istanbul|TUR|28.93|41.03
Burgas|BGR|27.46|42.51
Rijeka|HRV|14.45|45.34
Bar|MNE|19.11|42.10
Durrës|ALB|19.46|41.33
Odesa|UKR|30.70|46.47
Monrovia|LBR|-10.77|6.33
Abidjan|CIV|-4.02|5.33
Freetown|SLE|-13.21|8.47
Conakry|GIN|-13.67|9.55
Lagos|NGA|3.38|6.47
Lomé|TGO|1.25|6.16
Luanda|AGO|13.26|-8.83
Lobito|AGO|13.56|-12.36
Durban|ZAF|30.99|-29.87
Port-au-Prince|HTI|-72.32|18.54
Cap-Haïtien|HTI|-72.21|19.74
Miami|USA|-80.21|25.78
Kingston|JAM|-76.79|18.00
Dalian|CHN|121.60|38.92
Busan|KOR|129.02|35.13
Vladivostok|RUS|131.92|43.13
Bangkok|THA|100.56|13.72
Karachi|PAK|67.01|24.87
Umm Qasr|IRQ|47.92|30.06
Dubai|ARE|55.34|25.22
Colón|PAN|-79.86|9.32
Antwerp|BEL|4.40|51.23
Rotterdam|NLD|4.46|51.92
Hamburg|DEU|9.99|53.54
Marseille|FRA|5.38|43.31
Gioia Tauro|ITA|15.91|38.43
Santos|BRA|-46.34|-23.95
Manila|PHL|120.99|14.60
""")

AIRPORTS = _places("""
Tripoli Mitiga|LBY|13.28|32.88
Sebha|LBY|14.46|27.00
Khartoum|SDN|32.55|15.59
Nyala|SDN|24.95|12.06
N'Djamena|TCD|15.04|12.13
Bangui|CAF|18.52|4.40
Juba|SSD|31.60|4.87
Goma|COD|29.22|-1.64
Bunia|COD|30.21|1.57
Entebbe|UGA|32.45|0.06
Kigali|RWA|30.13|-1.97
Baidoa|SOM|43.63|3.10
Hargeisa|SOM|44.08|9.51
Sana'a|YEM|44.22|15.48
Beirut International|LBN|35.50|33.83
Baghdad|IRQ|44.24|33.26
Tehran|IRN|51.15|35.42
Kabul|AFG|69.21|34.56
Peshawar|PAK|71.51|33.99
Bangkok Don Mueang|THA|100.61|13.91
Pyongyang|PRK|125.67|39.22
Port-au-Prince Airport|HTI|-72.29|18.58
Miami Airport|USA|-80.29|25.80
Lungi|SLE|-13.19|8.62
Robertsfield|LBR|-10.36|6.24
Abidjan Airport|CIV|-3.93|5.26
Huambo|AGO|15.76|-12.81
Burgas Airport|BGR|27.52|42.57
Ostend|BEL|2.87|51.20
Belgrade|SRB|20.29|44.82
Zagreb|HRV|16.07|45.74
Istanbul Airport|TUR|28.75|41.27
Frankfurt|DEU|8.57|50.03
Bogotá|COL|-74.15|4.70
Tirana|ALB|19.72|41.41
""")

TOWNS = _places("""
Sirte|LBY|16.59|31.20
Kufra|LBY|23.31|24.20
Ghat|LBY|10.18|24.96
Derna|LBY|22.64|32.74
Agadez|NER|7.99|16.97
Gao|MLI|-0.04|16.27
Kidal|MLI|1.41|18.44
Tamanrasset|DZA|5.52|22.79
Tunis|TUN|10.17|36.80
El Fasher|SDN|25.35|13.63
Kutum|SDN|24.66|14.20
Zalingei|SDN|23.47|12.91
Omdurman|SDN|32.45|15.65
Abéché|TCD|20.83|13.83
Bambari|CAF|20.67|5.76
Bria|CAF|21.99|6.54
Ndélé|CAF|20.65|8.41
Bor|SSD|31.56|6.21
Bentiu|SSD|29.80|9.26
Malakal|SSD|31.66|9.53
Beni|COD|29.47|0.49
Rutshuru|COD|29.45|-1.19
Bukavu|COD|28.85|-2.52
Masisi|COD|28.81|-1.40
Walikale|COD|28.06|-1.42
Baraka|COD|29.08|-4.10
Kisangani|COD|25.19|0.52
Gulu|UGA|32.30|2.77
Kampala|UGA|32.58|0.32
Nairobi|KEN|36.82|-1.29
Beledweyne|SOM|45.20|4.74
Jilib|SOM|42.77|0.49
Galkayo|SOM|47.43|6.77
Jowhar|SOM|45.50|2.78
Dire Dawa|ETH|41.86|9.60
Asmara|ERI|38.93|15.33
Taiz|YEM|44.02|13.58
Sa'dah|YEM|43.76|16.94
Marib|YEM|45.32|15.46
Al Ghaydah|YEM|52.17|16.21
Baalbek|LBN|36.21|34.01
Tyre|LBN|35.21|33.27
Homs|SYR|36.72|34.73
Damascus|SYR|36.29|33.51
Idlib|SYR|36.63|35.93
Mosul|IRQ|43.13|36.34
Ramadi|IRQ|43.30|33.42
Basra|IRQ|47.78|30.51
Kirkuk|IRQ|44.39|35.47
Ahvaz|IRN|48.67|31.32
Zahedan|IRN|60.86|29.50
Kandahar|AFG|65.71|31.61
Kunduz|AFG|68.86|36.73
Jalalabad|AFG|70.45|34.43
Quetta|PAK|67.00|30.19
Darra Adam Khel|PAK|71.52|33.68
Gonaïves|HTI|-72.68|19.45
Croix-des-Bouquets|HTI|-72.23|18.58
Santo Domingo|DOM|-69.93|18.49
Bo|SLE|-11.74|7.96
Makeni|SLE|-12.04|8.89
Gbarnga|LBR|-9.47|7.00
Voinjama|LBR|-9.75|8.42
Bouaké|CIV|-5.03|7.69
Korhogo|CIV|-5.63|9.46
Ouagadougou|BFA|-1.52|12.37
Bobo-Dioulasso|BFA|-4.30|11.18
Shalateen|EGY|35.55|23.13
Luena|AGO|19.92|-11.79
Kuito|AGO|16.94|-12.38
Malanje|AGO|16.34|-9.54
Menongue|AGO|17.69|-14.66
Sarajevo|BIH|18.41|43.86
Tuzla|BIH|18.67|44.54
Knin|HRV|16.20|44.04
Pristina|XKX|21.16|42.66
Peć|XKX|20.29|42.66
Podgorica|MNE|19.26|42.44
Niš|SRB|21.90|43.32
Skopje|MKD|21.43|41.99
Sofia|BGR|23.32|42.70
Paris|FRA|2.35|48.86
Lyon|FRA|4.84|45.76
Brussels|BEL|4.35|50.85
Berlin|DEU|13.40|52.52
Cologne|DEU|6.96|50.94
Milan|ITA|9.19|45.46
Naples|ITA|14.27|40.86
Madrid|ESP|-3.70|40.42
Malmö|SWE|13.03|55.59
Bratislava|SVK|17.11|48.16
Vienna|AUT|16.37|48.21
London|GBR|-0.12|51.51
Kyiv|UKR|30.52|50.45
Tbilisi|GEO|44.79|41.72
Ankara|TUR|32.85|39.93
Medellín|COL|-75.57|6.25
Caracas|VEN|-66.90|10.49
Rio de Janeiro|BRA|-43.25|-22.88
San Salvador|SLV|-89.20|13.69
Tegucigalpa|HND|-87.20|14.08
Mexico City|MEX|-99.13|19.43
Houston|USA|-95.37|29.76
Maiduguri|NGA|13.15|11.85
Kaduna|NGA|7.44|10.52
Johannesburg|ZAF|28.05|-26.20
Accra|GHA|-0.19|5.60
Dhaka|BGD|90.41|23.81
Cotabato|PHL|124.25|7.20
Yangon|MMR|96.16|16.84
Phnom Penh|KHM|104.90|11.56
Seoul|KOR|126.98|37.57
Yanji|CHN|129.51|42.89
""")

LANES = _lanes("""
Gulf of Oman|57.60|24.90|60.50|24.40|0.30
off the coast of Oman|59.60|20.60|61.50|22.60|0.40
off Mahra|52.60|15.10|54.40|15.90|0.30
Gulf of Aden|45.60|12.10|50.40|13.10|0.25
southern Red Sea|41.70|15.40|42.30|14.20|0.15
northern Red Sea|38.10|21.20|36.70|24.00|0.20
off Puntland|51.90|10.60|52.80|12.60|0.30
off Mogadishu|46.60|1.60|48.60|4.00|0.30
off Kismayo|43.30|-1.20|44.60|0.10|0.25
central Mediterranean|15.60|33.70|18.80|33.40|0.40
off Benghazi|18.90|32.60|20.40|33.40|0.25
off Crete|23.40|34.40|27.00|34.30|0.25
off Lebanon|34.50|33.40|35.20|34.30|0.12
eastern Mediterranean|31.60|33.60|33.60|32.60|0.35
southern Aegean|25.00|36.20|26.20|35.90|0.10
Strait of Otranto|18.30|41.90|18.80|40.70|0.20
Black Sea|31.00|43.60|35.00|43.00|0.40
East China Sea|123.60|30.00|125.60|32.00|0.40
Yellow Sea|122.90|36.40|124.00|37.60|0.30
Sea of Japan|131.20|38.40|134.20|40.20|0.50
Strait of Malacca|98.80|4.60|100.20|3.60|0.20
Windward Passage|-74.30|19.30|-73.70|20.30|0.15
Gulf of Gonâve|-73.30|19.20|-72.95|19.05|0.06
Gulf of Guinea|2.60|5.10|4.20|4.20|0.40
off Freetown|-14.10|8.10|-13.60|7.40|0.25
off Angola|11.80|-9.00|12.60|-12.00|0.30
southern Caribbean|-75.60|12.60|-72.60|13.60|0.50
""")

# The clock that people at a place go by; States with one zone, or the one of the places above.
TIME_ZONES = {
    "AFG": "Asia/Kabul", "AGO": "Africa/Luanda", "ALB": "Europe/Tirane", "ARE": "Asia/Dubai", "AUT": "Europe/Vienna",
    "BDI": "Africa/Bujumbura", "BEL": "Europe/Brussels", "BFA": "Africa/Ouagadougou", "BGD": "Asia/Dhaka",
    "BGR": "Europe/Sofia", "BIH": "Europe/Sarajevo", "BRA": "America/Sao_Paulo", "CAF": "Africa/Bangui",
    "CHN": "Asia/Shanghai", "CIV": "Africa/Abidjan", "CMR": "Africa/Douala", "COD": "Africa/Lubumbashi",
    "COL": "America/Bogota", "DEU": "Europe/Berlin", "DJI": "Africa/Djibouti", "DOM": "America/Santo_Domingo",
    "DZA": "Africa/Algiers", "EGY": "Africa/Cairo", "ERI": "Africa/Asmara", "ESP": "Europe/Madrid",
    "ETH": "Africa/Addis_Ababa", "FRA": "Europe/Paris", "GBR": "Europe/London", "GEO": "Asia/Tbilisi",
    "GHA": "Africa/Accra", "GIN": "Africa/Conakry", "GRC": "Europe/Athens", "GTM": "America/Guatemala",
    "HND": "America/Tegucigalpa", "HRV": "Europe/Zagreb", "HTI": "America/Port-au-Prince", "IRN": "Asia/Tehran",
    "IRQ": "Asia/Baghdad", "ITA": "Europe/Rome", "JAM": "America/Jamaica", "JOR": "Asia/Amman",
    "KEN": "Africa/Nairobi", "KHM": "Asia/Phnom_Penh", "KOR": "Asia/Seoul", "LBN": "Asia/Beirut",
    "LBR": "Africa/Monrovia", "LBY": "Africa/Tripoli", "MEX": "America/Mexico_City", "MKD": "Europe/Skopje",
    "MLI": "Africa/Bamako", "MLT": "Europe/Malta", "MMR": "Asia/Yangon", "MNE": "Europe/Podgorica",
    "NAM": "Africa/Windhoek", "NER": "Africa/Niamey", "NGA": "Africa/Lagos", "NLD": "Europe/Amsterdam",
    "OMN": "Asia/Muscat", "PAK": "Asia/Karachi", "PAN": "America/Panama", "PHL": "Asia/Manila",
    "PRK": "Asia/Pyongyang", "PRY": "America/Asuncion", "RUS": "Asia/Vladivostok", "RWA": "Africa/Kigali",
    "SAU": "Asia/Riyadh", "SDN": "Africa/Khartoum", "SLE": "Africa/Freetown", "SLV": "America/El_Salvador",
    "SOM": "Africa/Mogadishu", "SRB": "Europe/Belgrade", "SSD": "Africa/Juba", "SVK": "Europe/Bratislava",
    "SWE": "Europe/Stockholm", "SYR": "Asia/Damascus", "TCD": "Africa/Ndjamena", "TGO": "Africa/Lome",
    "THA": "Asia/Bangkok", "TUN": "Africa/Tunis", "TUR": "Europe/Istanbul", "TZA": "Africa/Dar_es_Salaam",
    "UGA": "Africa/Kampala", "UKR": "Europe/Kyiv", "USA": "America/New_York", "UZB": "Asia/Tashkent",
    "VEN": "America/Caracas", "XKX": "Europe/Belgrade", "YEM": "Asia/Aden", "ZAF": "Africa/Johannesburg",
}  # fmt: skip

from geo.crs import Position
from geo.landmarks import landmarks


def test_an_airport_is_found_by_either_code() -> None:
    beirut = landmarks().airport("BEY")

    assert beirut is not None
    assert (beirut.icao, beirut.unit) == ("OLBA", "LBN")
    assert landmarks().airport("olba") == beirut
    assert landmarks().airport("QQQQ") is None


def test_the_nearest_port_to_port_sudan_is_port_sudan() -> None:
    port, metres = landmarks().nearest_port(Position(37.2, 19.6))

    assert port.unlocode == "SDPZU"
    assert metres < 10_000
    assert landmarks().port("SD PZU") == port

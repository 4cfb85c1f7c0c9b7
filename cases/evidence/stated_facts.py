"""What a picture says of itself (EXIF): when, where and by which device. Statements of the file, never facts."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

from PIL.Image import Exif

_GPS: Final = 0x8825
_DETAILS: Final = 0x8769
_LONGEST: Final = 200
# Tags by EXIF 2.32, in the main directory, in the details and in the position.
_DEVICE: Final = {"make": 0x010F, "model": 0x0110, "software": 0x0131}
_SERIALS: Final = {"serial_number": 0xA431, "lens": 0xA434}
_TAKEN, _TAKEN_ZONE = 0x9003, 0x9011
_CHANGED, _CHANGED_ZONE = 0x0132, 0x9010


def stated_facts(exif: Exif) -> dict[str, Any]:
    """Return what the file states; what it does not, or what cannot be read, is absent."""
    details, gps = exif.get_ifd(_DETAILS), exif.get_ifd(_GPS)
    device = {name: _text(exif.get(tag)) for name, tag in _DEVICE.items()}
    device |= {name: _text(details.get(tag)) for name, tag in _SERIALS.items()}
    facts = {
        "taken_at": _moment(details.get(_TAKEN), details.get(_TAKEN_ZONE)),
        "changed_at": _moment(exif.get(_CHANGED), details.get(_CHANGED_ZONE)),
        "position": _position(gps),
        "device": {name: text for name, text in device.items() if text},
    }
    return {name: value for name, value in facts.items() if value}


def _moment(stated: object, zone: object) -> dict[str, str | None] | None:
    """Return a moment as written; most cameras state no zone, and none is made up."""
    text = _text(stated)
    return {"text": text, "zone": _text(zone) or None} if text else None


def _position(gps: Mapping[int, Any]) -> dict[str, Any] | None:
    latitude, longitude = _degrees(gps.get(2), gps.get(1)), _degrees(gps.get(4), gps.get(3))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    position: dict[str, Any] = {"latitude": round(latitude, 7), "longitude": round(longitude, 7)}
    if (altitude := _number(gps.get(6))) is not None:
        position["altitude_m"] = -altitude if gps.get(5) in {1, b"\x01"} else altitude
    if (heading := _number(gps.get(17))) is not None:
        position["heading_deg"] = heading
    if day := _text(gps.get(29)):
        clock = [_number(part) for part in gps.get(7) or ()]
        position["fixed_at"] = " ".join([day, *_clock(clock)])
    return position


def _clock(parts: list[float | None]) -> list[str]:
    known = [part for part in parts if part is not None]
    return [":".join(f"{int(part):02d}" for part in known) + " UTC"] if len(known) == 3 else []


def _degrees(parts: Any, side: object) -> float | None:
    if not isinstance(parts, tuple | list) or len(parts) != 3:
        return None
    numbers = [_number(part) for part in parts]
    if any(number is None for number in numbers):
        return None
    degrees, minutes, seconds = (number or 0.0 for number in numbers)
    size = degrees + minutes / 60 + seconds / 3600
    return -size if _text(side).upper() in {"S", "W"} else size


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return round(number, 9) if isfinite(number) else None


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    return "".join(letter for letter in value if letter.isprintable()).strip()[:_LONGEST]

"""Numbers and codes read from hulls, containers and papers."""

import re

from stdnum import imo, iso6346

from cases.intake.problems import refusal

_SEPARATORS = re.compile(r"[\s./-]+")
_IMO = re.compile(r"(?:IMO(?:NO|NUMBER)?)?:?([0-9]{7})")
_MMSI = re.compile(r"(?:MMSI)?:?([0-9]{9})")
# Owner code, equipment category, serial number, check digit (ISO 6346).
_CONTAINER = re.compile(r"[A-Z]{4}[0-9]{7}")
_HS = re.compile(r"[0-9]{2,10}")
_UNLOCODE = re.compile(r"[A-Z]{2}[A-Z0-9]{3}")


def read_imo(value: object) -> str:
    """Return the seven digits of an IMO number, check digit untested: a hull may carry a false one."""
    typed = _digits_typed(value)
    if found := _IMO.fullmatch(_bare(typed)):
        return found[1]
    raise refusal("not_an_imo", value=typed)


def read_mmsi(value: object) -> str:
    """Return the nine digits of an MMSI."""
    typed = _digits_typed(value)
    if found := _MMSI.fullmatch(_bare(typed)):
        return found[1]
    raise refusal("not_an_mmsi", value=typed)


def read_container(value: object) -> str:
    """Return a container number of four letters and seven digits, check digit untested."""
    typed = _typed(value)
    if _CONTAINER.fullmatch(bare := _bare(typed)):
        return bare
    raise refusal("not_a_container", value=typed)


def read_hs_code(value: object) -> str:
    """Return the two to ten digits of a Harmonized System code, without dots."""
    typed = _typed(value)
    if _HS.fullmatch(bare := _bare(typed)):
        return bare
    raise refusal("not_an_hs_code", value=typed)


def read_unlocode(value: object) -> str:
    """Return the five characters of a UN/LOCODE."""
    typed = _typed(value)
    if _UNLOCODE.fullmatch(bare := _bare(typed)):
        return bare
    raise refusal("not_an_unlocode", value=typed)


def expected_imo_digit(number: str) -> str | None:
    """Return the check digit that the number should end in; None when it does."""
    expected = str(imo.calc_check_digit(number[:-1]))
    return None if number[-1] == expected else expected


def expected_container_digit(number: str) -> str | None:
    """Return the check digit that the number should end in; None when it does."""
    expected = str(iso6346.calc_check_digit(number[:-1]))
    return None if number[-1] == expected else expected


def _digits_typed(value: object) -> str:
    """Return the text; a bare number of these registers loses nothing, as none begins with zero."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9:
        return str(value)
    return _typed(value)


def _typed(value: object) -> str:
    if not isinstance(value, str):
        raise refusal("not_text")
    return value


def _bare(typed: str) -> str:
    return _SEPARATORS.sub("", typed).upper()

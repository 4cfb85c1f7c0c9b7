import pytest
from pydantic_core import PydanticCustomError

from cases.intake.countries import COUNTRY_CODES, is_unknown, read_country


@pytest.mark.parametrize(
    "code", ["YEM", "SSD", "XKX", "XXX", "YUG", "SUN", "CSK", "DDR", "ZAR", "RHO", "SCG", "YMD", "TMP", "BUR", "VDR"]
)
def test_current_former_and_special_codes_are_read(code):
    assert read_country(code) == code
    assert read_country(f" {code.lower()} ") == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("YE", "YEM"), ("ye", "YEM"), ("Yemen", "YEM"), ("iran", "IRN"), ("Bolivia", "BOL"), ("Côte d'Ivoire", "CIV")],
)
def test_a_name_or_short_code_is_refused_with_the_code_meant(typed, meant):
    with pytest.raises(PydanticCustomError) as refused:
        read_country(typed)

    assert refused.value.type == "country_needs_code"
    assert refused.value.context == {"value": typed, "meant": meant}


@pytest.mark.parametrize("typed", ["QQQ", "ABW1", "", "887", "Атлантида"])
def test_what_means_no_country_is_refused(typed):
    with pytest.raises(PydanticCustomError, match="not_a_country"):
        read_country(typed)


@pytest.mark.parametrize("value", [887, None, ["YEM"], True])
def test_a_country_is_text(value):
    with pytest.raises(PydanticCustomError, match="not_text"):
        read_country(value)


def test_unknown_is_said_by_the_code_or_by_nothing():
    assert is_unknown("XXX")
    assert is_unknown(None)
    assert not is_unknown("YEM")


def test_every_code_has_three_capital_letters():
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in COUNTRY_CODES)
    assert len(COUNTRY_CODES) >= 249 + 30 + 2

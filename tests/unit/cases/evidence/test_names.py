import pytest

from cases.evidence.names import LONGEST_NAME, saved_name, shown_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        pytest.param("../../etc/passwd", "passwd", id="upwards"),
        pytest.param("..\\..\\boot.ini", "boot.ini", id="upwards, the other way"),
        pytest.param("/etc/shadow", "shadow", id="from the root"),
        pytest.param("C:\\manifest.pdf", "manifest.pdf", id="drive"),
        pytest.param("....", "unnamed", id="dots"),
        pytest.param("../", "unnamed", id="a folder above"),
        pytest.param("", "unnamed", id="nothing"),
        pytest.param("a\x00b\r\nSet-Cookie: x.jpg", "abSet-Cookie_ x.jpg", id="header"),
        pytest.param("invoice\u202egpj.exe", "invoicegpj.exe", id="turned round"),
        pytest.param('<img src=x onerror="1">.png', "_img src=x onerror=_1__.png", id="markup"),
        pytest.param("شهادة.pdf", "شهادة.pdf", id="arabic"),
        pytest.param(".htaccess", "htaccess", id="hidden"),
    ],
)
def test_a_name_is_shown_and_leads_nowhere(given: str, shown: str) -> None:
    assert shown_name(given) == shown


def test_a_long_name_keeps_its_ending() -> None:
    name = shown_name("x" * 400 + ".jpeg")

    assert len(name) <= LONGEST_NAME
    assert name.endswith("….jpeg")


def test_what_may_be_a_program_is_saved_under_a_name_that_does_not_run() -> None:
    assert saved_name("setup.exe", "application/octet-stream") == "setup.exe.bin"
    assert saved_name("photo.jpg", "image/jpeg") == "photo.jpg"

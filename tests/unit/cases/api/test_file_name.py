"""Names of answers: a reader of RFC 6266 gets back the very name, whatever stands in it."""

from email.message import Message

import pytest

from cases.api.file_name import named_file


@pytest.mark.parametrize(
    "name", ["INC-2026-000001.zip", 'a "quoted" \\ name.pdf', "déclaré №1; filename=x.xlsx", "a\r\nb"]
)
def test_the_name_reads_back_and_stays_one_header(name: str) -> None:
    header = named_file(name)["Content-Disposition"]

    message = Message()
    message["Content-Disposition"] = header
    assert header.isascii()
    assert header.isprintable()
    assert message.get_content_disposition() == "attachment"
    assert message.get_filename() == name


def test_what_is_shown_is_named_too() -> None:
    assert named_file("label.png", is_shown=True) == {"Content-Disposition": 'inline; filename="label.png"'}

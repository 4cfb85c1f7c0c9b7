import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from cases.tables.columns import Columns
from cases.tables.errors import TableRefused
from cases.tables.reading import AT_ONCE, open_table

COLUMNS = Columns({"serial": ("serial number", "numéro de série"), "make": ("maker",)}, ("serial",))


def written(folder: Path, content: bytes, name: str = "register.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def rows_of(folder: Path, content: bytes) -> list[tuple[int, dict[str, str]]]:
    return [(row.line, row.cells) for row in open_table(written(folder, content), COLUMNS).rows() if not row.problems]


def refusal(path: Path) -> str:
    with pytest.raises(TableRefused) as caught:
        open_table(path, COLUMNS)
    return str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        "Serial Number,Maker\nA-1,Fabrique d’Étain\n",
        "\ufeffserial number;MAKER\r\nA-1;Fabrique d’Étain\r\n",
        "sep=|\nNuméro de série|maker\nA-1|Fabrique d’Étain",
        '"SERIAL-NUMBER"\t"maker"\n"A-1"\t"Fabrique d’Étain"\n',
    ],
    ids=["comma", "byte order mark, semicolon, line ends of Windows", "stated separator, accents", "tab, quotes"],
)
def test_a_table_is_read_however_it_was_saved(tmp_path: Path, content: str) -> None:
    assert [cells for _, cells in rows_of(tmp_path, content.encode())] == [
        {"serial": "A-1", "make": "Fabrique d’Étain"}
    ]


def test_every_cell_is_the_text_that_stands_in_it_and_every_row_says_its_line(tmp_path: Path) -> None:
    content = b'serial;maker;note\n=cmd|\'/c calc\'!A1;00123;x\n;;\n"A;1";"two\nlines";\n@SUM(1+1);;\n'

    assert rows_of(tmp_path, content) == [
        (2, {"serial": "=cmd|'/c calc'!A1", "make": "00123"}),
        (4, {"serial": "A;1", "make": "two\nlines"}),
        (6, {"serial": "@SUM(1+1)"}),
    ]


def test_a_row_with_more_cells_than_headings_is_wrong_and_columns_not_read_are_named(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, b"serial,remarks\nA1,x,moved\nB2,y\n"), COLUMNS)

    assert (table.ignored, table.count) == (("remarks",), 2)
    assert [[problem.code for problem in row.problems] for row in table.rows()] == [["too_many_cells"], []]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("serial,make\nA1,x\nB2,Fabrique d'État\n".encode("latin-1"), "line 3 is not UTF-8 (byte 0xc9"),
        ("serial,make\n".encode("utf-16"), "line 1 is not UTF-8"),
        (b"serial,make\nA1,\x00\n", "line 2 holds a NUL"),
        (b'serial,make\nA1,x\nB2,"never closed\n', "the row that begins on line 3 cannot be read"),
        (b"make\nx\n", "serial (or serial number, numéro de série)"),
        (b"serial,Serial Number\nA1,B2\n", "two columns mean “serial”"),
        (b"\n\n", "it is empty"),
    ],
    ids=["Latin-1", "UTF-16", "NUL", "unclosed quote", "no serial", "a column twice", "empty"],
)
def test_a_file_that_cannot_be_read_to_its_end_is_refused_with_the_place(
    tmp_path: Path, content: bytes, said: str
) -> None:
    assert said in refusal(written(tmp_path, content))


def test_the_line_of_a_bad_letter_is_right_far_into_a_long_file(tmp_path: Path) -> None:
    # The letter of two bytes lies across the border of what is read at once.
    rows = (AT_ONCE - 100) // 5
    filler = b"serial,make\n" + b"A1,x\n" * rows
    filler += b"B" * (AT_ONCE - len(filler) - 1)
    good = filler + "é,x\n".encode()

    assert open_table(written(tmp_path, good), COLUMNS).count == rows + 1
    assert f"line {rows + 3} is not UTF-8" in refusal(written(tmp_path, good + b"\xe9,x\n"))


def test_a_long_file_is_never_held_whole(tmp_path: Path) -> None:
    path = written(tmp_path, b"serial,make\n" + b"".join(b"S-%07d,%s\n" % (n, b"x" * 240) for n in range(24_000)))
    size = path.stat().st_size
    tracemalloc.start()

    read = sum(1 for _ in open_table(path, COLUMNS).rows())

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (read, size > 6_000_000) == (24_000, True)
    assert peak < 4 * AT_ONCE


def test_a_workbook_is_read_by_its_first_sheet_and_no_formula_is_reckoned(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["Serial number", "make"])
    workbook.active.append([4711.0, '=HYPERLINK("http://attacker.example")'])
    workbook.active.append([None, None])
    workbook.active.append([123456789012345678, date(2020, 1, 2)])
    workbook.create_sheet("other").append(["not read"])
    workbook.save(tmp_path / "register.xlsx")

    first, second = open_table(tmp_path / "register.xlsx", COLUMNS).rows()

    assert first == (2, {"serial": "4711", "make": '=HYPERLINK("http://attacker.example")'}, ())
    # Fifteen digits are kept of a number: the serial is not the one that was typed.
    assert (second.line, second.cells["make"], second.problems[0].code) == (4, "2020-01-02", "digits_lost")


@pytest.mark.parametrize("content", [b"serial,make\nA1,x\n", b"PK\x03\x04 cut off"])
def test_what_only_calls_itself_a_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "no workbook" in refusal(written(tmp_path, content, "register.xlsx"))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "none.csv")

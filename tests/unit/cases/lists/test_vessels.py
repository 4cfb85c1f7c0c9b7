from datetime import date

import pytest

from cases.lists.errors import ListRefused
from cases.lists.reading import read_list
from tests.list_samples import VESSELS, vessel_csv


def with_changes(**changes: str) -> dict[str, str]:
    return {**VESSELS[0], **{name.replace("_", " "): value for name, value in changes.items()}}


def test_vessels_are_read_by_their_headings() -> None:
    edition = read_list(vessel_csv(*VESSELS, above="List generated on: 9 August 2018\n\n"))

    first, second = edition.parties
    assert (edition.name, edition.generated_on, edition.dated_by) == ("un-1718-vessels", date(2018, 8, 9), "stated")
    assert (first.reference_number, first.kind, first.name) == ("T-1", "vessel", "ZANTORIA PEARL")
    assert (first.flag, first.listed_on, first.comments) == ("PRK", date(2018, 3, 30), "Ship-to-ship transfers")
    assert first.consequences == ("asset_freeze", "port_entry_ban")
    assert [document.number for party in (first, second) for document in party.documents] == ["9074729", "8814275"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_separator_will_do(delimiter: str) -> None:
    assert len(read_list(vessel_csv(*VESSELS, delimiter=delimiter)).parties) == 2


def test_other_headings_and_more_columns_will_do() -> None:
    headings = b"No.,NAME OF VESSEL,Flag State,IMO no,a.k.a.,Date of designation\n"
    content = headings + b"1,EXAMPLE ONE,Togo,9074729,ONE;UNO,3 Oct. 2017\n"

    (vessel,) = read_list(content).parties

    assert [name.text for name in vessel.names] == ["EXAMPLE ONE", "ONE", "UNO"]
    assert (vessel.reference_number, vessel.flag, vessel.listed_on) == ("IMO 9074729", "TGO", date(2017, 10, 3))


@pytest.mark.parametrize(
    ("file_name", "given", "expected"),
    [
        ("vessels-2024-09-26.csv", None, (date(2024, 9, 26), "file_name")),
        ("vessels_2024_09_26.csv", None, (date(2024, 9, 26), "file_name")),
        ("vessels.csv", None, (date(2018, 3, 30), "newest_entry")),
        ("vessels-2024-09-26.csv", date(2025, 1, 1), (date(2025, 1, 1), "stated")),
    ],
)
def test_the_day_of_the_edition_is_found_where_it_stands(file_name: str, given: date | None, expected: tuple) -> None:
    edition = read_list(vessel_csv(*VESSELS), file_name=file_name, generated_on=given)

    assert (edition.generated_on, edition.dated_by) == expected


def test_the_same_rows_stated_to_be_of_a_later_day_are_another_edition() -> None:
    content = vessel_csv(*VESSELS)

    digests = {read_list(content, generated_on=on).digest for on in (None, date(2025, 1, 1), date(2025, 2, 1))}

    assert len(digests) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"a,b\n1,2\n", "No line of headings", id="other columns"),
        pytest.param(vessel_csv(), "names no vessel", id="no rows"),
        pytest.param(vessel_csv(with_changes(IMO_Number="9074720")), "line 2: '9074720' is no IMO", id="check digit"),
        pytest.param(vessel_csv(with_changes(IMO_Number="")), "line 2: It has no IMO number", id="no number"),
        pytest.param(vessel_csv(with_changes(Vessel_name="")), "line 2: It has no vessel name", id="no name"),
        pytest.param(vessel_csv(with_changes(Designated_on="soon")), "line 2: 'soon' is no date", id="no date"),
        pytest.param(vessel_csv(VESSELS[0], VESSELS[0]), "twice", id="twice"),
        pytest.param(vessel_csv(*VESSELS)[:-20], "cut off", id="cut off"),
        pytest.param(b"Vessel name,IMO\n\xff\xfe\xfa,1\n", "no UTF-8", id="not UTF-8"),
        pytest.param(b"PK\x03\x04\x00\x00", "No line of headings|no text|no UTF-8", id="a workbook"),
    ],
)
def test_what_is_no_list_of_vessels_is_refused_with_the_line(content: bytes, said: str) -> None:
    with pytest.raises(ListRefused, match=said):
        read_list(content)

"""The vessels that the 1718 Committee designated, from a CSV: its columns by their headings, its rows all or none."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from stdnum import imo

from cases.lists.countries import country_code
from cases.lists.entries import VESSELS_1718, ListedDocument, ListEdition, ListedName, ListedParty
from cases.lists.errors import ListProblem, ListRefused, refused

LARGEST_BYTES = 8 * 1024 * 1024
MOST_ROWS_BEFORE_HEADINGS = 30

# What a column is called, by what stands in its heading; the first that fits wins.
_HEADINGS = (
    ("imo", ("imo",)),
    ("flag", ("flag",)),
    ("listed_on", ("listed on", "designated on", "designation date", "date of designation", "listing date", "date")),
    ("reference", ("reference", "ref no", "permanent ref", "ref.")),
    ("aliases", ("alias", "a.k.a", "former name", "other name", "previous")),
    ("name", ("vessel name", "name of vessel", "ship name", "name", "vessel")),
    ("reason", ("reason", "basis", "narrative", "remark", "comment", "information", "designation")),
    ("measures", ("measure",)),
)
_GENERATED = re.compile(r"(?:generated|updated|as of|as at|date|current)\D{0,40}", re.IGNORECASE)
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WORD_DAY = re.compile(r"(?<!\d)(\d{1,2})\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})(?!\d)")
_AMERICAN_DAY = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})(?!\d)")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
# What designation entails: resolutions 2270 (23), 2321 (12) and 2375 (6).
_CONSEQUENCES = (
    ("freeze", "asset_freeze"),
    ("port", "port_entry_ban"),
    ("flag", "de_flag"),
    ("inspect", "inspection"),
)


def read_vessel_list(content: bytes, *, file_name: str = "", generated_on: date | None = None) -> ListEdition:
    """Return the edition that the CSV holds; raises ListRefused with every row that cannot be read, by its line.

    The day of the edition is the one given, else the one it states above its headings, else the one in the file's
    name, else that of its newest entry: it cannot be older than that.
    """
    rows = list(_rows(content))
    number, columns = _headings(rows)
    if len(rows[-1][1]) < len(rows[number][1]) and not content.endswith((b"\n", b"\r")):
        raise refused("The last row is cut off. Fetch the list again.", place=f"line {rows[-1][0]}")
    problems: list[ListProblem] = []
    parties = [
        party
        for line, row in rows[number + 1 :]
        if any(row) and (party := _party(line, _named(row, columns), problems)) is not None
    ]
    _refuse_twice(parties, problems)
    if problems:
        raise ListRefused(problems)
    if not parties:
        raise refused("The list names no vessel: it is empty or cut off.")
    day, dated_by = _day_of_edition(rows[:number], file_name, parties, generated_on)
    return ListEdition(
        name=VESSELS_1718,
        generated_on=day,
        generated_at=None,
        dated_by=dated_by,
        # The same rows stated to be of a later day are another edition: the list still said so then.
        digest=_digest(content if generated_on is None else generated_on.isoformat().encode() + content),
        parties=tuple(sorted(parties, key=lambda party: party.reference_number)),
    )


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of its line."""
    if len(content) > LARGEST_BYTES:
        raise refused(f"The file has {len(content)} bytes; a list of vessels has some thousands.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused("The file is no UTF-8 text. Save the list as CSV (UTF-8).") from error
    if "\0" in text:
        raise refused("The file is no text. Save the list as CSV (UTF-8).")
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    try:
        for row in reader:
            yield reader.line_num, [" ".join(cell.split()) for cell in row]
    except csv.Error as error:
        raise refused(f"The CSV is damaged: {error}.", place=f"line {reader.line_num}") from error


def _delimiter(text: str) -> str:
    """Return what separates the cells of the line with the headings: a comma, a semicolon or a tab."""
    line = next((line for line in text.splitlines() if "imo" in line.lower()), "")
    return max(",;\t", key=line.count)


def _headings(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, Mapping[str, int]]:
    """Return the place of the headings and the column of each field."""
    for number, (_, row) in enumerate(rows[:MOST_ROWS_BEFORE_HEADINGS]):
        columns = _columns(row)
        if {"imo", "name"} <= columns.keys():
            return number, columns
    raise refused("No line of headings with a vessel name and an IMO number was found: this is no list of vessels.")


def _columns(row: Sequence[str]) -> Mapping[str, int]:
    columns: dict[str, int] = {}
    for position, heading in enumerate(row):
        plain = heading.lower()
        field = next((name for name, words in _HEADINGS if any(word in plain for word in words)), None)
        if field is not None:
            columns.setdefault(field, position)
    return columns


def _named(row: Sequence[str], columns: Mapping[str, int]) -> Mapping[str, str]:
    return {name: row[position] for name, position in columns.items() if position < len(row) and row[position]}


def _party(line: int, cells: Mapping[str, str], problems: list[ListProblem]) -> ListedParty | None:
    place = f"line {line}"
    before = len(problems)
    number = _imo(cells.get("imo", ""), place, problems)
    if "name" not in cells:
        problems.append(ListProblem(place, "It has no vessel name."))
    listed_on = _day(cells["listed_on"]) if "listed_on" in cells else None
    if "listed_on" in cells and listed_on is None:
        problems.append(ListProblem(place, f"{cells['listed_on']!r} is no date; write 2018-03-30."))
    if len(problems) > before:
        return None
    others = re.split(r"[;/]", cells.get("aliases", ""))
    names = [ListedName(text=cells["name"], quality="primary")]
    names += [ListedName(text=name.strip(), quality="good") for name in others if name.strip()]
    flag = cells.get("flag")
    return ListedParty(
        reference_number=cells.get("reference") or f"IMO {number}",
        kind="vessel",
        list_type="DPRK vessels",
        names=tuple(names),
        listed_on=listed_on,
        documents=(ListedDocument(kind="imo_ship", number=number),),
        comments=cells.get("reason"),
        consequences=_consequences(cells.get("measures", "")),
        flag=country_code(flag) or flag,
    )


def _imo(text: str, place: str, problems: list[ListProblem]) -> str:
    number = "".join(character for character in text if character.isdigit())
    if not number:
        problems.append(ListProblem(place, "It has no IMO number."))
    elif not imo.is_valid(number):
        problems.append(ListProblem(place, f"{text!r} is no IMO number: seven digits, of which the last is a check."))
    return number


def _consequences(text: str) -> tuple[str, ...]:
    plain = text.lower()
    return tuple(word for phrase, word in _CONSEQUENCES if phrase in plain)


def _refuse_twice(parties: Sequence[ListedParty], problems: list[ListProblem]) -> None:
    seen: set[str] = set()
    for party in parties:
        if party.reference_number in seen:
            problems.append(ListProblem("", f"{party.reference_number} ({party.name}) stands in the list twice."))
        seen.add(party.reference_number)


def _day_of_edition(
    above: Sequence[tuple[int, list[str]]], file_name: str, parties: Sequence[ListedParty], given: date | None
) -> tuple[date, str]:
    if given is not None:
        return given, "stated"
    for _, row in above:
        stated = _day(_GENERATED.sub("", " ".join(row)))
        if stated is not None:
            return stated, "stated"
    named = _day(file_name.replace("_", "-"))
    if named is not None:
        return named, "file_name"
    newest = max((party.listed_on for party in parties if party.listed_on is not None), default=None)
    if newest is None:
        raise refused("Nothing says of which day the list is: put the date into the file's name (list-2024-09-26.csv).")
    return newest, "newest_entry"


def _day(text: str) -> date | None:
    """Return the first date in a text: 2018-03-30, 30 March 2018, Mar. 30, 2018."""
    if found := _ISO_DAY.search(text):
        return _calendar_day(found[1], found[2], found[3])
    if (found := _WORD_DAY.search(text)) and (month := _MONTHS.get(found[2][:3].lower())):
        return _calendar_day(found[3], str(month), found[1])
    if (found := _AMERICAN_DAY.search(text)) and (month := _MONTHS.get(found[1][:3].lower())):
        return _calendar_day(found[3], str(month), found[2])
    return None


def _calendar_day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None

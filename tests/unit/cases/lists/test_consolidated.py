from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lists.consolidated import read_consolidated_list
from cases.lists.errors import ListRefused
from tests.list_samples import PERSON, SAMPLE, alias, consolidated, entry


def only(content: bytes):
    (party,) = read_consolidated_list(content).parties
    return party


def test_the_edition_bears_its_own_day_and_digest() -> None:
    edition = read_consolidated_list(SAMPLE)

    assert (edition.name, edition.generated_on, edition.dated_by) == ("un-sc", date(2024, 3, 1), "stated")
    assert edition.digest.startswith("sha256:")
    assert [party.reference_number for party in edition.parties] == ["GBi.904", "KPe.903", "QDe.902", "QDi.901"]


def test_every_field_of_an_entry_is_read() -> None:
    party = only(
        consolidated(
            entry(
                " TAi.999 ",
                "FIRST",
                "SECOND",
                "THIRD",
                "FOURTH",
                UN_LIST_TYPE="Taliban",
                LISTED_ON="2015-04-14-04:00",
                NAME_ORIGINAL_SCRIPT="الاسم",
                COMMENTS1="Listed  pursuant to\nparagraph 15 (Travel Ban).",
                GENDER="Male",
                VERSIONNUM="2",
                SORT_KEY="k",
                SUBMITTED_BY="Atlantis",
                inner=(
                    "<TITLE><VALUE>Dr</VALUE><VALUE>Haji</VALUE></TITLE>"
                    "<DESIGNATION><VALUE>Treasurer</VALUE></DESIGNATION>"
                    "<NATIONALITY><VALUE>Turkey</VALUE><VALUE>Atlantis</VALUE></NATIONALITY>"
                    "<LAST_DAY_UPDATED><VALUE>2016-01-02</VALUE><VALUE>2017-01-02</VALUE></LAST_DAY_UPDATED>"
                    + alias(
                        "Primus",
                        "Low",
                        inner=(
                            "<NOTE>nom de guerre</NOTE><DATE_OF_BIRTH>1958 - 1964</DATE_OF_BIRTH>"
                            "<CITY_OF_BIRTH>Oslo</CITY_OF_BIRTH><COUNTRY_OF_BIRTH>Norway</COUNTRY_OF_BIRTH>"
                        ),
                    )
                    + "<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>"
                    "<INDIVIDUAL_ADDRESS><STREET>1 Example Road</STREET><CITY>Bergen</CITY>"
                    "<STATE_PROVINCE>Vestland</STATE_PROVINCE><ZIP_CODE>5003</ZIP_CODE><COUNTRY>Norway</COUNTRY>"
                    "<NOTE>previous</NOTE></INDIVIDUAL_ADDRESS><INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS>"
                    "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1961</FROM_YEAR>"
                    "<TO_YEAR>1963</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>"
                    "<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Oslo</CITY><COUNTRY>Norway</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>"
                    "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>AB 123456</NUMBER>"
                    "<ISSUING_COUNTRY>Norway</ISSUING_COUNTRY><DATE_OF_ISSUE>2001-02-03</DATE_OF_ISSUE>"
                    "<CITY_OF_ISSUE>Oslo</CITY_OF_ISSUE><NOTE>expired</NOTE></INDIVIDUAL_DOCUMENT>"
                    "<HEIGHT>tall</HEIGHT>"
                ),
            )
        )
    )

    assert (party.reference_number, party.kind, party.list_type) == ("TAi.999", "person", "Taliban")
    assert party.name == "FIRST SECOND THIRD FOURTH"
    assert [(name.text, name.quality) for name in party.names[1:]] == [("الاسم", "original"), ("Primus", "low")]
    other = party.names[2]
    assert (other.as_listed, other.note, other.born) == ("Low", "nom de guerre", "1958 - 1964")
    assert (other.city_of_birth, other.country_of_birth) == ("Oslo", "NOR")
    assert party.listed_on == date(2015, 4, 14)
    assert party.last_updated == (date(2016, 1, 2), date(2017, 1, 2))
    assert (party.titles, party.designations, party.gender) == (("Dr", "Haji"), ("Treasurer",), "Male")
    assert party.nationalities == ("TUR", "Atlantis")
    assert (party.version, party.sort_key, party.submitted_by) == ("2", "k", "Atlantis")
    assert [(b.first, b.last, b.certainty) for b in party.births] == [(date(1961, 1, 1), date(1963, 12, 31), "between")]
    (address,) = party.addresses
    assert (address.street, address.city, address.province) == ("1 Example Road", "Bergen", "Vestland")
    assert (address.zip_code, address.country, address.note) == ("5003", "NOR", "previous")
    assert [(place.city, place.country) for place in party.birth_places] == [("Oslo", "NOR")]
    (document,) = party.documents
    assert (document.kind, document.number, document.issuing_country) == ("passport", "AB 123456", "NOR")
    assert (document.issued, document.city_of_issue, document.note) == ("2001-02-03", "Oslo", "expired")
    assert party.comments == "Listed pursuant to paragraph 15 (Travel Ban)."
    assert party.consequences == ("travel_ban",)
    assert party.others == (("HEIGHT", "tall"),)


@pytest.mark.parametrize(
    ("inner", "first", "last", "certainty"),
    [
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1970-02-03</DATE>", (1970, 2, 3), (1970, 2, 3), "exact"),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1970</YEAR>", (1970, 1, 1), (1970, 12, 31), "exact"),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1961</YEAR>", (1961, 1, 1), (1961, 12, 31), "approximate"),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Nov. 1973</NOTE>", (1973, 1, 1), (1973, 12, 31), "exact"),
        (
            "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1958</FROM_YEAR><TO_YEAR>1960</TO_YEAR>"
            "<NOTE>Approximately</NOTE>",
            (1958, 1, 1),
            (1960, 12, 31),
            "approximate",
        ),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1970-02-31</DATE>", (1970, 1, 1), (1970, 12, 31), "exact"),
    ],
)
def test_dates_of_birth_keep_their_precision(inner: str, first: tuple, last: tuple, certainty: str) -> None:
    birth = f"<INDIVIDUAL_DATE_OF_BIRTH>{inner}</INDIVIDUAL_DATE_OF_BIRTH>"

    (read,) = only(consolidated(entry("A.1", "NAME", inner=birth))).births

    assert (read.first, read.last, read.certainty) == (date(*first), date(*last), certainty)


@pytest.mark.parametrize("inner", ["", "<TYPE_OF_DATE>EXACT</TYPE_OF_DATE>"])
def test_a_date_of_birth_that_says_nothing_is_none(inner: str) -> None:
    birth = f"<INDIVIDUAL_DATE_OF_BIRTH>{inner}</INDIVIDUAL_DATE_OF_BIRTH>"

    assert only(consolidated(entry("A.1", "NAME", inner=birth))).births == ()


def test_a_date_of_birth_in_words_is_kept_as_words() -> None:
    birth = "<INDIVIDUAL_DATE_OF_BIRTH><NOTE>30-35 years old</NOTE></INDIVIDUAL_DATE_OF_BIRTH>"

    (read,) = only(consolidated(entry("A.1", "NAME", inner=birth))).births

    assert (read.first, read.note) == (None, "30-35 years old")


def test_a_companys_number_is_taken_from_the_comments() -> None:
    edition = read_consolidated_list(SAMPLE)

    documents = [d for party in edition.parties for d in party.documents if d.kind == "imo_company"]

    assert [document.number for document in documents] == ["5571322"]


ENTITY_BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
]><CONSOLIDATED_LIST dateGenerated="2024-03-01T00:00:00Z"><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>&b;</FIRST_NAME>
</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">
<CONSOLIDATED_LIST dateGenerated="2024-03-01T00:00:00Z"/>"""
NOTHING = "<CONSOLIDATED_LIST dateGenerated='2024-03-01'>{}</CONSOLIDATED_LIST>"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(ENTITY_BOMB, "document type or entities", id="entity bomb"),
        pytest.param(EXTERNAL, "document type or entities", id="external document type"),
        pytest.param(SAMPLE[: len(SAMPLE) // 2], "damaged or cut off", id="truncated"),
        pytest.param(SAMPLE.replace(b"</ENTITIES>", b""), "damaged or cut off", id="mismatched"),
        pytest.param(b"<html><body>Service unavailable</body></html>", "root element is 'html'", id="wrong root"),
        pytest.param(NOTHING.format("").encode(), "names nobody", id="empty"),
        pytest.param(SAMPLE.replace(b"dateGenerated", b"dateMade"), "when it was generated", id="no date"),
        pytest.param(SAMPLE.replace(b"2024-03-01T", b"2024-13-01T"), "which is no date", id="impossible date"),
        pytest.param(consolidated(entry("", "NAME")), "no reference number", id="no reference number"),
        pytest.param(consolidated(entry("A.1")), "no name", id="no name"),
        pytest.param(consolidated(entry("A.1", "X"), entry("A.1", "Y")), "twice", id="twice"),
        pytest.param(consolidated(entry("A.1", "X", LISTED_ON="soon")), "which is no date", id="listed on no date"),
        pytest.param(("<a>" * 50 + "</a>" * 50).encode(), "nested more than", id="too deep"),
        pytest.param(b"<?xml version='1.0' encoding='klingon'?><a/>", "damaged", id="unknown encoding"),
        pytest.param(b"\x00\x01\x02", "damaged", id="not text"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(content: bytes, said: str) -> None:
    with pytest.raises(ListRefused, match=said):
        read_consolidated_list(content)


def test_a_file_of_absurd_size_is_refused_unread() -> None:
    with pytest.raises(ListRefused, match="bytes"):
        read_consolidated_list(b" " * (64 * 1024 * 1024 + 1))


def test_every_problem_is_told_with_its_entry() -> None:
    content = consolidated(PERSON, entry("", "NAME"), entry("B.2", "NAME", LISTED_ON="never"))

    with pytest.raises(ListRefused) as refusal:
        read_consolidated_list(content)

    assert [problem.place for problem in refusal.value.problems] == ["entry 2 (DATAID 1)", "entry 3 (B.2)"]


@given(st.integers(min_value=1, max_value=len(SAMPLE) - 1))
def test_no_part_of_a_list_passes_for_a_list(length: int) -> None:
    with pytest.raises(ListRefused):
        read_consolidated_list(SAMPLE[:length])


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_and_never_break_the_reader(content: bytes) -> None:
    with pytest.raises(ListRefused):
        read_consolidated_list(content)

"""Lists of designated parties for tests: the publishers' formats, made-up parties that nobody bears the names of."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

GENERATED = "2024-03-01T00:00:07.514Z"


def entry(reference: str, *names: str, kind: str = "INDIVIDUAL", inner: str = "", **fields: str) -> str:
    """Return one entry: its names in order, plain elements by their tags, and any other XML."""
    parts = "".join(
        f"<{tag}>{escape(name)}</{tag}>"
        for tag, name in zip(("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"), names, strict=False)
    )
    plain = {"DATAID": "1", "UN_LIST_TYPE": "Al-Qaida", "LISTED_ON": "2010-05-04", **fields}
    parts += "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in plain.items() if text)
    number = f"<REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER>" if reference else ""
    return f"<{kind}>{parts}{number}{inner}</{kind}>"


def alias(text: str, quality: str = "Good", *, kind: str = "INDIVIDUAL", inner: str = "") -> str:
    """Return another name of an entry."""
    return f"<{kind}_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{escape(text)}</ALIAS_NAME>{inner}</{kind}_ALIAS>"


def consolidated(*entries: str, generated: str = GENERATED) -> bytes:
    """Return a consolidated list with these entries."""
    people = "".join(each for each in entries if each.startswith("<INDIVIDUAL>"))
    others = "".join(each for each in entries if each.startswith("<ENTITY>"))
    text = (
        f"<?xml version='1.0' encoding='UTF-8'?><CONSOLIDATED_LIST dateGenerated='{generated}'>"
        f"<INDIVIDUALS>{people}</INDIVIDUALS><ENTITIES>{others}</ENTITIES></CONSOLIDATED_LIST>"
    )
    return text.encode()


PERSON = entry(
    "QDi.901",
    "TORVALD",
    "EXEMPLUM",
    "BRANNIGAN",
    inner=(
        alias("Torwald Eksemplum")
        + alias("Abu Exemplum", "Low")
        + "<NATIONALITY><VALUE>Norway</VALUE></NATIONALITY>"
        + "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1970</YEAR></INDIVIDUAL_DATE_OF_BIRTH>"
        + "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>XX 7654321</NUMBER>"
        + "<ISSUING_COUNTRY>Norway</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>"
    ),
)
BRIGADE = entry(
    "QDe.902",
    "CRIMSON LANTERN BRIGADE (CLB)",
    kind="ENTITY",
    LISTED_ON="2014-11-19",
    inner=alias("Brotherhood of the Crimson Lantern", "a.k.a.", kind="ENTITY"),
)
SHIPPING = entry(
    "KPe.903",
    "ZANTORIA PEARL SHIPPING COMPANY",
    kind="ENTITY",
    UN_LIST_TYPE="DPRK",
    LISTED_ON="2018-03-30",
    COMMENTS1="Registered owner of a tanker. IMO number: 5571322.",
)
TRAVELLER = entry("GBi.904", "OSWIN", "PLACEHOLDER", UN_LIST_TYPE="GB", LISTED_ON="2012-05-18")

SAMPLE = consolidated(PERSON, BRIGADE, SHIPPING, TRAVELLER)

VESSEL_HEADINGS = ("Reference", "Vessel name", "IMO Number", "Flag", "Designated on", "Reason", "Measures")
# Made up, with check digits that hold.
VESSELS: Sequence[Mapping[str, str]] = (
    {
        "Reference": "T-1",
        "Vessel name": "ZANTORIA PEARL",
        "IMO Number": "9074729",
        "Flag": "Democratic People's Republic of Korea",
        "Designated on": "30 March 2018",
        "Reason": "Ship-to-ship transfers",
        "Measures": "asset freeze; port entry ban",
    },
    {
        "Reference": "T-2",
        "Vessel name": "NORTH EXAMPLE 8",
        "IMO Number": "IMO 8814275",
        "Flag": "",
        "Designated on": "2017-10-03",
        "Reason": "",
        "Measures": "port entry ban",
    },
)


def vessel_csv(*rows: Mapping[str, str], above: str = "", delimiter: str = ",") -> bytes:
    """Return a list of vessels as CSV."""
    lines = [delimiter.join(VESSEL_HEADINGS)]
    lines += [delimiter.join(f'"{row.get(heading, "")}"' for heading in VESSEL_HEADINGS) for row in rows]
    return (above + "\n".join(lines) + "\n").encode()

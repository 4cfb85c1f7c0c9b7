"""The iARMS form: what is asked of each arm, nobody named, and what is missing."""

from dataclasses import replace
from io import BytesIO

from openpyxl import load_workbook

from cases.choices import RedactionLevel
from cases.statistics.workbook import workbook_of
from cases.tracing.content import Mark, PartyStated, ReferralContent, ReferralItem
from cases.tracing.iarms import Arm, ArmStatus, Missing, OtherMark, iarms_form, sheets_of
from cases.tracing.redaction import content_at
from tests.referral_samples import ITI_REQUEST

RIFLE = ReferralItem(
    number=1,
    index=0,
    category="small_arm",
    subtype="assault_rifle",
    quantity=1,
    unit="piece",
    make="A works",
    model="A model",
    calibre="7.62 x 39",
    country_of_manufacture="CSK",
    year_of_manufacture="1984",
    import_country="YUG",
    import_year="1986",
    marking_state="intact",
    marks=(Mark(kind="serial", text="=47-1213"), Mark(kind="proof", text="N")),
)


def asked(*items: ReferralItem) -> ReferralContent:
    return replace(ITI_REQUEST, kind="iarms_trace", items=items)


def test_an_arm_is_told_with_its_marks_and_nothing_is_missing_of_it() -> None:
    form = iarms_form(asked(RIFLE))

    assert form.arms == (
        Arm(
            line=1,
            status=ArmStatus.RECOVERED,
            type="small_arm",
            subtype="assault_rifle",
            quantity=1,
            unit="piece",
            serial_numbers=("=47-1213",),
            marking_state="intact",
            make="A works",
            model="A model",
            calibre="7.62 x 39",
            country_of_manufacture="CSK",
            year_of_manufacture="1984",
            import_country="YUG",
            import_year="1986",
            other_markings=(OtherMark("proof", "N", None, None),),
        ),
    )
    assert [each for each in form.missing if each.line is not None] == []
    assert (form.reference, form.requested_country) == (ITI_REQUEST.reference, ITI_REQUEST.addressee.country)


def test_what_is_missing_is_listed_and_an_obliterated_number_is_not_missing() -> None:
    bare = ReferralItem(number=1, index=0, category="light_weapon")
    ground_off = replace(bare, number=2, marking_state="obliterated")
    rounds = ReferralItem(number=3, index=2, category="ammunition")

    form = iarms_form(asked(bare, ground_off, rounds))

    needed = [each for each in form.missing if each.is_needed and each.line is not None]
    assert needed == [
        *(Missing(name, 1, is_needed=True) for name in ("serial_numbers", "make", "model", "calibre")),
        *(Missing(name, 2, is_needed=True) for name in ("make", "model", "calibre")),
    ]
    assert Missing("import_country", 1, is_needed=False) in form.missing
    assert form.lines_left_out == (3,)
    assert Missing("arms", None, is_needed=True) in iarms_form(asked(rounds)).missing


def test_lost_and_stolen_arms_are_told_as_such() -> None:
    lines = (RIFLE, replace(RIFLE, number=2, custody="stolen"), replace(RIFLE, number=3, custody="lost"))
    of_loss = replace(asked(RIFLE), observation=replace(ITI_REQUEST.observation, kind="loss"))

    assert [arm.status for arm in iarms_form(asked(*lines)).arms] == ["recovered", "stolen", "lost"]
    assert iarms_form(of_loss).arms[0].status == "lost"


def test_no_name_of_a_person_is_in_the_form_and_a_number_is_no_formula() -> None:
    holder = PartyStated(role="possessor", kind="person", name="Zebedee Nomzq")
    told = replace(
        ITI_REQUEST.observation,
        parties=(holder,),
        place=replace(ITI_REQUEST.observation.place, name="Zebedee Nomzq's barn"),
    )
    content = content_at(replace(asked(RIFLE), observation=told), RedactionLevel.TO_INTERPOL_WCO)

    form = iarms_form(content)
    book = load_workbook(BytesIO(workbook_of(sheets_of(form))))

    assert "Nomzq" not in str(form)
    assert "personal_data" in form.withheld
    assert [sheet.title for sheet in book] == ["request", "arms", "other_markings", "missing"]
    header, arm = book["arms"].iter_rows(values_only=True)
    assert dict(zip(header, arm, strict=True))["serial_numbers"] == "=47-1213"
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}

"""The regime files themselves: every reading of the full texts that changes an answer, and the shape they share."""

import itertools
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from cases.regimes import vocabulary
from cases.regimes.loader import load_calls, load_references, load_regime_files, load_rulebook
from cases.regimes.schema import MeasureEntry, RegimeFile
from cases.screening.rulebook import Duty, Exemption, Measure, Regime
from cases.screening.rules import goods, recipient

PUBLISHED_IDS = Path(__file__).with_name("published_ids.txt")
RULEBOOK = load_rulebook()
FILES: dict[str, RegimeFile] = {file.id: file for file in load_regime_files()}
MEASURES: dict[str, Measure] = {measure.id: measure for measure in RULEBOOK.measures}
ENTRIES: dict[str, MeasureEntry] = {entry.id: entry for file in FILES.values() for entry in file.measures}


def regime(regime_id: str) -> Regime:
    return RULEBOOK.regime(regime_id)


def exemptions(measure_id: str, resolution: str, paragraph: str | None, on: date | None = None) -> list[Exemption]:
    return [
        entry
        for entry in MEASURES[measure_id].exemptions
        if entry.legal_basis.resolution == resolution
        and entry.legal_basis.paragraph == paragraph
        and (on is None or entry.in_force.covers(on))
    ]


def procedures(measure_id: str, resolution: str, paragraph: str | None, on: date | None = None) -> set[str]:
    return {entry.procedure for entry in exemptions(measure_id, resolution, paragraph, on)}


def duties(regime_id: str, kind: str, resolution: str, paragraph: str, on: date | None = None) -> list[Duty]:
    return [
        duty
        for duty in regime(regime_id).duties
        if duty.kind == kind
        and duty.legal_basis.resolution == resolution
        and duty.legal_basis.paragraph == paragraph
        and (on is None or duty.in_force.covers(on))
    ]


def ended_by(measure_id: str) -> tuple[str, str | None]:
    entry = ENTRIES[measure_id].ended_by
    assert entry is not None
    return entry.resolution, entry.paragraph


def test_ids_follow_resolution_paragraph_and_start() -> None:
    taken: set[str] = set()
    for file in FILES.values():
        for entry in sorted(file.measures, key=lambda each: each.in_force.from_):
            number = re.sub(r"S/RES/(\d+) .*", r"\1", entry.imposed_by.resolution)
            paragraph = (entry.imposed_by.paragraph or "x").replace("Annex B para ", "annexB.").replace(" ", "")
            plain = f"{file.id}/{number}-{paragraph}"
            assert entry.id == (f"{plain}@{entry.in_force.from_}" if plain in taken else plain)
            taken |= {plain, entry.id}


def test_published_ids_stand() -> None:
    published = PUBLISHED_IDS.read_text(encoding="utf-8").split()

    assert set(published) <= set(MEASURES), "an id, once published, is never renamed or dropped"
    assert set(MEASURES) <= set(published), "a new measure: add its id to published_ids.txt"


def test_amendments_follow_their_root_one_resolution_to_an_entry() -> None:
    for key, entry in ENTRIES.items():
        named = [amendment.resolution for amendment in entry.amended_by]
        assert len(named) == len(set(named)), key
        assert entry.imposed_by.resolution not in named, key
        assert all(amendment.on >= entry.imposed_by.adopted for amendment in entry.amended_by), key


@pytest.mark.parametrize(
    ("measure_id", "continued"),
    [
        ("yugoslavia-1991/1021-1", [("S/RES/713 (1991)", "6")]),
        ("haiti-1993/873-1", [("S/RES/841 (1993)", "5")]),
        ("haiti-1993/917-6-7", [("S/RES/841 (1993)", "5")]),
        ("haiti-2022/2699-14", [("S/RES/2653 (2022)", "11")]),
        ("haiti-2022/2752-2", [("S/RES/2653 (2022)", "11"), ("S/RES/2699 (2023)", "14")]),
        ("car-2013/2693-1-2", [("S/RES/2127 (2013)", "54")]),
        ("car-2013/2745-2", [("S/RES/2127 (2013)", "54")]),
        ("cote-divoire-2004/2045-2", [("S/RES/1572 (2004)", "7")]),
        ("cote-divoire-2004/2153-1", [("S/RES/1572 (2004)", "7")]),
        ("drc-2003/1596-1", [("S/RES/1493 (2003)", "20")]),
        ("drc-2003/2667-1-2", [("S/RES/1807 (2008)", "1")]),
        ("rwanda-1994/1011-9", [("S/RES/918 (1994)", "13")]),
        ("sudan-darfur-2004/1591-7", [("S/RES/1556 (2004)", "7")]),
    ],
)
def test_measure_names_the_earlier_root_it_continues(measure_id: str, continued: list[tuple[str, str]]) -> None:
    measure = MEASURES[measure_id]
    first = [each for each in measure.amendments if each.on == measure.in_force.first]

    assert [(each.resolution, each.paragraph) for each in first if each.effect == "continues"] == continued


@pytest.mark.parametrize(
    ("measure_id", "numbers"),
    [
        (
            "drc-2003/1807-1",
            "1857 1896 1952 2021 2078 2136 2198 2293 2360 2424 2478 2528 2582 2641",
        ),
        (
            "somalia-1992/733-5@2013-03-06",
            "1356 1425 1744 1772 2093 2111 2142 2182 2244 2317 2385 2444 2498 2551 2607 2662",
        ),
        ("cote-divoire-2004/1572-7", "1643 1727 1782 1842 1893 1946 1980"),
        ("liberia-1992/1521-2", "1579 1647 1683 1731 1792 1854"),
        ("liberia-1992/1903-4", "1961 2025 2079 2128 2188 2237"),
    ],
)
def test_renewals_of_a_measure_are_complete(measure_id: str, numbers: str) -> None:
    named = [re.findall(r"\d+", each.resolution)[0] for each in MEASURES[measure_id].amendments]

    assert named == numbers.split()


def test_standing_exemption_never_rests_on_the_kind_of_weapon_alone() -> None:
    for measure in MEASURES.values():
        for entry in measure.exemptions:
            if entry.procedure == "standing" and not entry.recipients:
                assert entry.goods <= {"non_lethal", "other_goods"}, (measure.id, entry.what)


def test_phases_of_one_legal_basis_do_not_overlap() -> None:
    phases: dict[tuple[str, str, str | None], list[Measure]] = defaultdict(list)
    for measure in MEASURES.values():
        phases[measure.regime, measure.legal_basis.resolution, measure.legal_basis.paragraph].append(measure)

    for same in phases.values():
        same.sort(key=lambda measure: measure.in_force.first or date.min)
        for before, after in itertools.pairwise(same):
            assert before.in_force.until is not None
            assert after.in_force.first is not None
            assert before.in_force.until <= after.in_force.first


def test_engine_has_a_rule_for_every_class_and_scope() -> None:
    assert goods.GOODS_CLASSES >= vocabulary.GOODS_CLASSES
    assert recipient.RECIPIENT_SCOPES >= vocabulary.RECIPIENT_SCOPES


def test_terminated_regimes_are_over_and_others_still_bind() -> None:
    for file in FILES.values():
        is_open = any(entry.in_force.until is None for entry in file.measures)
        assert is_open == (file.status != "terminated")


def test_phases_that_end_say_what_ended_them() -> None:
    silent = {entry.id for entry in ENTRIES.values() if entry.in_force.until and entry.ended_by is None}

    # No source read names the text that closed these three.
    assert silent <= {"yugoslavia-1991/1021-1"}


# --- readings that change an answer -----------------------------------------------------------------------------------


def test_somalia_stays_territorial_until_2013() -> None:
    measure = MEASURES["somalia-1992/733-5@2007-02-20"]

    assert measure.recipient == "everyone_in_territory"
    assert {"1744", "1772"} <= {amendment.resolution[6:10] for amendment in measure.amendments}
    assert measure.in_force.until == date(2013, 3, 6)


def test_al_shabaab_is_imposed_by_2713_and_restated() -> None:
    measure = MEASURES["al-shabaab-2713/2713-4"]

    assert measure.recipient == "other_than_government_authorised"
    assert [(each.resolution, each.paragraph) for each in measure.amendments] == [
        ("S/RES/2776 (2025)", "4"),
        ("S/RES/2806 (2025)", "36"),
    ]


def test_ied_components_are_banned_since_2019_without_end() -> None:
    measure = MEASURES["al-shabaab-2713/2498-26"]

    assert measure.in_force.first == date(2019, 11, 15)
    assert measure.in_force.until is None
    assert measure.goods == {"ied_components"}


def test_sudan_2035_ends_an_exemption() -> None:
    measure = "sudan-darfur-2004/1591-7"

    assert "S/RES/2035 (2012)" in {each.resolution for each in MEASURES[measure].amendments}
    assert not [each for each in MEASURES[measure].exemptions if each.legal_basis.resolution == "S/RES/2035 (2012)"]
    [peace_agreement] = exemptions(measure, "S/RES/1945 (2010)", "8(b)")
    assert peace_agreement.procedure == "notify"
    assert peace_agreement.in_force.until == date(2012, 2, 17)
    assert procedures(measure, "S/RES/1591 (2005)", "7") == {"approve"}
    assert procedures(measure, "S/RES/1945 (2010)", "8(a)") == {"standing"}
    assert procedures(measure, "S/RES/1945 (2010)", "8(c)") == {"approve"}
    [end_use] = duties("sudan-darfur-2004", "end_use_control", "S/RES/1945 (2010)", "10")
    assert end_use.force == "shall"


def test_central_african_tripartite_force_needed_approval_until_2022() -> None:
    measure = "car-2013/2127-54"

    assert procedures(measure, "S/RES/2399 (2018)", "1(c)", date(2022, 7, 28)) == {"approve"}
    assert procedures(measure, "S/RES/2399 (2018)", "1(c)", date(2022, 7, 29)) == set()
    assert procedures(measure, "S/RES/2648 (2022)", "1(c)", date(2022, 7, 29)) == {"notify"}
    assert ended_by("car-2013/2693-1-2") == ("S/RES/2745 (2024)", "1")
    assert MEASURES["car-2013/2745-2"].recipient == "non_governmental_forces"


def test_haiti_approval_is_2b_and_non_lethal_is_standing() -> None:
    measure = "haiti-2022/2752-2"

    for resolution in ("S/RES/2752 (2024)", "S/RES/2794 (2025)"):
        assert procedures(measure, resolution, "2(a)") == {"standing"}
        assert procedures(measure, resolution, "2(b)") == {"approve"}
        assert procedures(measure, resolution, "2(c)") == {"standing"}
    assert MEASURES[measure].amendments[-1].resolution == "S/RES/2794 (2025)"


def test_liberia_second_embargo_runs_from_adoption_and_non_lethal_was_notified() -> None:
    assert MEASURES["liberia-1992/1343-5"].in_force.first == date(2001, 3, 7)
    assert ended_by("liberia-1992/1343-5") == ("S/RES/1521 (2003)", "1")
    assert exemptions("liberia-1992/1521-2", "S/RES/1521 (2003)", "2(d)")[0].recipients >= {"un_mission"}
    [notified] = exemptions("liberia-1992/1903-4", "S/RES/1903 (2009)", "5(c)")
    assert (notified.procedure, notified.in_force.until) == ("notify", date(2013, 12, 10))
    assert procedures("liberia-1992/1903-4", "S/RES/2128 (2013)", "2(b)(i)") == {"standing"}


def test_libya_procedures_change_with_their_dates() -> None:
    late = "libya-2011/1970-9@2011-09-16"

    assert procedures(late, "S/RES/1970 (2011)", "9(a)", date(2013, 3, 13)) == {"approve"}
    assert procedures(late, "S/RES/1970 (2011)", "9(a)", date(2013, 3, 14)) == set()
    assert procedures(late, "S/RES/2095 (2013)", "9", date(2013, 3, 14)) == {"standing"}
    assert procedures(late, "S/RES/2009 (2011)", "13(a)", date(2014, 8, 26)) == {"no_negative_decision"}
    assert procedures(late, "S/RES/2174 (2014)", "8", date(2014, 8, 27)) == {"approve"}
    assert procedures(late, "S/RES/2009 (2011)", "13(a)", date(2014, 8, 27)) == set()
    assert procedures(late, "S/RES/2769 (2025)", "6") == {"notify"}
    assert procedures(late, "S/RES/2769 (2025)", "7") == {"notify"}
    assert exemptions(late, "S/RES/2095 (2013)", "9")[0].goods == {"non_lethal"}


def test_libya_seizure_is_a_duty_and_disposal_limited_since_2024() -> None:
    [seize] = duties("libya-2011", "seize", "S/RES/2292 (2016)", "5")
    [asked] = duties("libya-2011", "seek_approval", "S/RES/2733 (2024)", "2-4")

    assert seize.force == "shall"
    assert seize.in_force.until == date(2024, 5, 31)
    assert asked.force == "shall"


def test_taliban_territory_expired_in_2002_by_its_own_term() -> None:
    measure = "afghanistan-taliban-territory-2000/1333-5"

    assert MEASURES[measure].in_force.until == date(2002, 1, 19)
    assert ended_by(measure) == ("S/RES/1333 (2000)", "23")


def test_iran_missile_control_is_annex_b_4_and_re_application_is_contested() -> None:
    missiles = MEASURES["iran-2006/2231-annexB.4"]
    again = MEASURES["iran-2006/1747-5@2025-09-28"]

    assert missiles.direction == "to_and_from_target"
    assert missiles.goods == {"ballistic_missiles"}
    assert again.in_force.first == date(2025, 9, 28)
    assert again.status == "contested"
    assert again.readings[0].startswith("UN Secretariat")
    assert [(each.resolution, each.paragraph, each.effect) for each in again.amendments] == [
        ("S/RES/2231 (2015)", "11-12", "reapplies")
    ]
    assert "register_parts" in MEASURES["iran-2006/2231-annexB.5"].goods


@pytest.mark.parametrize("day", [date(2012, 1, 1), date(2025, 11, 1)])
def test_iran_first_report_is_due_within_five_working_days(day: date) -> None:
    [first] = duties("iran-2006", "report", "S/RES/1929 (2010)", "17", day)
    [later] = duties("iran-2006", "further_report", "S/RES/1929 (2010)", "17", day)

    assert (first.days, first.working_days, first.clock_from) == (5, True, "inspection")
    assert (later.days, later.clock_from) == (None, None)


@pytest.mark.parametrize(
    ("regime_id", "kind", "resolution", "paragraph", "force"),
    [
        ("iraq-1990", "halt_inspect", "S/RES/665 (1990)", "1", "called_upon"),
        ("yugoslavia-1991", "halt_inspect", "S/RES/787 (1992)", "12", "called_upon"),
        ("haiti-1993", "halt_inspect", "S/RES/875 (1993)", "1", "called_upon"),
        ("haiti-1993", "halt_inspect", "S/RES/917 (1994)", "10", "called_upon"),
        ("southern-rhodesia-1966", "prevent", "S/RES/221 (1966)", "5", "called_upon"),
        ("sierra-leone-1997", "halt_inspect", "S/RES/1132 (1997)", "8", "authorised"),
        ("somalia-1992", "inspect_high_seas", "S/RES/2182 (2014)", "15", "authorised"),
        ("libya-2011", "inspect_high_seas", "S/RES/2292 (2016)", "3", "authorised"),
        ("libya-2011", "use_all_measures", "S/RES/2292 (2016)", "4", "authorised"),
    ],
)
def test_force_is_that_of_the_text(regime_id: str, kind: str, resolution: str, paragraph: str, force: str) -> None:
    [duty] = duties(regime_id, kind, resolution, paragraph)

    assert duty.force == force


@pytest.mark.parametrize(
    ("regime_id", "resolution", "paragraph"),
    [("south-sudan-2018", "S/RES/2428 (2018)", "10"), ("yemen-houthis-2015", "S/RES/2216 (2015)", "17")],
)
def test_second_report_is_due_within_30_days_and_the_first_promptly(
    regime_id: str, resolution: str, paragraph: str
) -> None:
    [first] = duties(regime_id, "report", resolution, paragraph)
    [second] = duties(regime_id, "further_report", resolution, paragraph)

    assert (first.promptly, first.days, first.clock_from) == (True, None, "inspection")
    assert (second.promptly, second.days) == (False, 30)


@pytest.mark.parametrize(
    ("regime_id", "resolution", "paragraph"),
    [
        ("libya-2011", "S/RES/2733 (2024)", "3"),
        ("car-2013", "S/RES/2745 (2024)", "3"),
        ("south-sudan-2018", "S/RES/2781 (2025)", "9"),
        ("south-sudan-2018", "S/RES/2821 (2026)", "9"),
    ],
)
def test_disposal_is_reported_within_30_days(regime_id: str, resolution: str, paragraph: str) -> None:
    [notice] = duties(regime_id, "report_disposal", resolution, paragraph)

    assert (notice.force, notice.days, notice.clock_from) == ("shall", 30, "disposal")


def test_no_other_duty_has_a_number_of_days() -> None:
    counted = {
        (duty.legal_basis.resolution, duty.legal_basis.paragraph, duty.days)
        for each in RULEBOOK.regimes
        for duty in each.duties
        if duty.days is not None
    }

    assert counted == {
        ("S/RES/1929 (2010)", "17", 5),
        ("S/RES/2216 (2015)", "17", 30),
        ("S/RES/2428 (2018)", "10", 30),
        ("S/RES/2733 (2024)", "3", 30),
        ("S/RES/2745 (2024)", "3", 30),
        ("S/RES/2781 (2025)", "9", 30),
        ("S/RES/2806 (2025)", "18", 15),
        ("S/RES/2821 (2026)", "9", 30),
    }


# --- other readings of the full texts ---------------------------------------------------------------------------------


def test_liberia_first_peacekeeping_text_covers_technical_help_only() -> None:
    assert MEASURES["liberia-1992/1521-2"].services == {"technical_assistance"}
    assert procedures("liberia-1992/1521-2", "S/RES/1521 (2003)", "2(f)") == {"approve"}
    assert procedures("liberia-1992/1521-2", "S/RES/1521 (2003)", "2(g)") == {"standing"}
    assert MEASURES["liberia-1992/1903-4"].binds_private


def test_somalia_exemptions_of_2093_and_2498_are_carried() -> None:
    measure = "somalia-1992/733-5@2013-03-06"

    assert procedures(measure, "S/RES/2093 (2013)", "36") == {"standing"}
    assert procedures(measure, "S/RES/2093 (2013)", "37") == {"standing"}
    assert procedures(measure, "S/RES/2093 (2013)", "38") == {"notify"}
    assert procedures(measure, "S/RES/2498 (2019)", "17") == {"notify"}
    assert procedures(measure, "S/RES/2498 (2019)", "19(a)-(d)") == {"standing"}
    assert procedures(measure, "S/RES/1744 (2007)", "6(a)") == set()


def test_al_shabaab_notices_on_ied_components_run_15_working_days() -> None:
    clocks = {
        (duty.on, duty.days, duty.working_days)
        for duty in regime("al-shabaab-2713").duties
        if duty.kind == "notify_transfer"
    }

    assert clocks == {("supplying_state", None, False), ("supplying_state", 15, True), ("target_government", 15, True)}


def test_al_shabaab_procedures_since_2806() -> None:
    now = {
        each.legal_basis.paragraph: each.procedure
        for each in MEASURES["al-shabaab-2713/2713-4"].exemptions
        if each.in_force.covers(date(2026, 1, 1))
    }

    assert now == {
        "40": "standing",
        "41": "no_negative_decision",
        "42": "notify",
        "44": "notify_government",
        "48": "standing",
    }


def test_libya_report_and_restated_duties() -> None:
    assert duties("libya-2011", "report", "S/RES/1973 (2011)", "14-15")
    assert [
        duties("libya-2011", kind, "S/RES/2213 (2015)", paragraph)[0].force
        for kind, paragraph in (("inspect", "19"), ("seize", "20"), ("report", "21"))
    ] == ["called_upon", "shall", "shall"]
    assert duties("libya-2011", "seize", "S/RES/2174 (2014)", "10")[0].force == "shall"


def test_high_seas_authority_off_libya_has_lapsed() -> None:
    [(area, period)] = regime("libya-2011").inspection_areas

    assert area == "high-seas-off-libya"
    assert (period.first, period.until) == (date(2016, 6, 14), date(2026, 5, 25))


def test_off_somalia_passes_from_one_regime_to_the_next() -> None:
    [(_, before)] = regime("somalia-1992").inspection_areas
    [(_, after)] = regime("al-shabaab-2713").inspection_areas

    assert before.first == date(2014, 10, 24)
    assert before.until == after.first


@pytest.mark.parametrize(
    ("regime_id", "last_day"),
    [
        ("south-sudan-2018", date(2027, 5, 31)),
        ("drc-2003", date(2027, 7, 1)),
        ("al-shabaab-2713", date(2026, 11, 30)),
        ("car-2013", date(2026, 7, 31)),
        ("sudan-darfur-2004", date(2026, 9, 12)),
        ("haiti-2022", date(2026, 10, 17)),
        ("yemen-houthis-2015", date(2026, 11, 14)),
        ("libya-2011", None),
        ("dprk-2006", None),
    ],
)
def test_reading_is_fresh_until(regime_id: str, last_day: date | None) -> None:
    assert regime(regime_id).refresh_after == last_day


def test_congo_renewals_and_exemptions() -> None:
    first, last = MEASURES["drc-2003/1493-20"], MEASURES["drc-2003/2667-1-2"]

    assert first.amendments[0].resolution == "S/RES/1552 (2004)"
    assert first.target_regions == {"COD:ituri", "COD:north-kivu", "COD:south-kivu"}
    assert procedures("drc-2003/1807-1", "S/RES/1807 (2008)", "3(b)") == {"standing"}
    assert procedures("drc-2003/1807-1", "S/RES/1807 (2008)", "3(c)") == {"notify"}
    assert last.amendments[-1].resolution == "S/RES/2825 (2026)"
    assert last.binds_private
    assert not last.target_regions


def test_south_sudan_peace_agreement_step_of_2633() -> None:
    [step] = exemptions("south-sudan-2018/2428-4", "S/RES/2633 (2022)", "2")

    assert (step.procedure, step.in_force.first, step.in_force.until) == (
        "notify",
        date(2022, 5, 26),
        date(2023, 5, 30),
    )
    assert procedures("south-sudan-2018/2428-4", "S/RES/2683 (2023)", "2") == {"standing"}


def test_central_african_arms_for_security_forces_over_time() -> None:
    def on(day: date) -> set[tuple[str, str | None, str]]:
        return {
            (each.legal_basis.resolution[6:10], each.legal_basis.paragraph, each.procedure)
            for each in MEASURES["car-2013/2127-54"].exemptions
            if each.in_force.covers(day) and "security sector reform" in each.what and "Non-lethal" not in each.what
        }

    assert on(date(2018, 6, 1)) == {("2399", "1(g)", "approve")}
    assert on(date(2019, 12, 1)) == {("2488", "2", "notify"), ("2399", "1(g)", "approve")}
    assert on(date(2021, 1, 1)) == {("2488", "2", "notify"), ("2507", "1-2", "notify"), ("2399", "1(g)", "approve")}
    assert on(date(2022, 8, 1)) == {("2648", "1(g)", "notify")}


@pytest.mark.parametrize("day", [date(2014, 6, 1), date(2020, 6, 1)])
def test_un_mission_in_the_central_african_republic_is_exempt(day: date) -> None:
    standing = [
        each
        for each in MEASURES["car-2013/2127-54"].exemptions
        if each.procedure == "standing" and each.in_force.covers(day) and not each.goods
    ]

    assert [each.recipients for each in standing] == [{"un_mission", "peacekeeping_contingent", "international_force"}]


def test_haiti_inspection_is_called_for_until_2752() -> None:
    assert duties("haiti-2022", "inspect", "S/RES/2653 (2022)", "13")[0].force == "called_upon"
    [last] = duties("haiti-2022", "inspect", "S/RES/2700 (2023)", "11")
    assert last.in_force.until == date(2024, 10, 18)


@pytest.mark.parametrize(
    ("measure_id", "expected"),
    [
        ("libya-1992/748-5@1999-04-05", ("S/RES/1506 (2003)", "1")),
        ("sierra-leone-1997/1132-6", ("S/RES/1171 (1998)", "1")),
        ("eritrea-ethiopia-2000/1298-6", ("S/RES/1298 (2000)", "16")),
        ("somalia-1992/733-5@2013-03-06", ("S/RES/2714 (2023)", "1")),
    ],
)
def test_phase_is_ended_by(measure_id: str, expected: tuple[str, str]) -> None:
    assert ended_by(measure_id) == expected


def test_suspended_phases_stand_between_binding_ones() -> None:
    suspended = {measure.id: measure.in_force for measure in MEASURES.values() if measure.status == "suspended"}

    assert {(key, period.first, period.until) for key, period in suspended.items()} == {
        ("haiti-1993/841-5@1993-08-27", date(1993, 8, 27), date(1993, 10, 18)),
        ("libya-1992/748-5@1999-04-05", date(1999, 4, 5), date(2003, 9, 12)),
    }


def test_only_the_request_on_south_african_arms_is_non_binding() -> None:
    assert [measure.id for measure in MEASURES.values() if measure.status == "non_binding"] == [
        "south-africa-1977/558-2"
    ]


def test_yugoslav_text_is_restated_for_every_republic() -> None:
    measure = MEASURES["yugoslavia-1991/713-6"]

    assert [(each.resolution, each.paragraph) for each in measure.amendments] == [
        ("S/RES/727 (1992)", "6"),
        ("S/RES/743 (1992)", "11"),
        ("S/RES/762 (1992)", "8"),
    ]
    assert measure.target_countries == {"BIH", "HRV", "MKD", "MNE", "SRB", "SVN", "XKX"}


def test_rwanda_neighbours_missions_and_government() -> None:
    assert ("S/RES/997 (1995)", "4") in {
        (each.resolution, each.paragraph) for each in MEASURES["rwanda-1994/918-13"].amendments
    }
    assert "UNOMUR" in exemptions("rwanda-1994/918-13", "S/RES/918 (1994)", "16")[0].what
    [points] = exemptions("rwanda-1994/1011-9", "S/RES/1011 (1995)", "7")
    assert points.in_force.until == date(1996, 9, 1)
    assert exemptions("rwanda-1994/918-13", "S/RES/1005 (1995)", None)


def test_rwandan_forces_that_lost_power_are_named() -> None:
    assert {group.name for group in regime("rwanda-1994").groups} == {"ex-FAR", "Interahamwe"}


@pytest.mark.parametrize(
    ("regime_id", "name", "day"),
    [
        ("isil-al-qaida-1267", "Daesh", date(2014, 6, 1)),
        ("isil-al-qaida-1267", "Nusra Front", date(2015, 1, 1)),
        ("isil-al-qaida-1267", "HTS", date(2020, 1, 1)),
        ("isil-al-qaida-1267", "GSPC", date(2003, 1, 1)),
        ("isil-al-qaida-1267", "JNIM", date(2018, 10, 4)),
        ("isil-al-qaida-1267", "ISGS", date(2020, 2, 23)),
        ("taliban-1988", "Haqqani Network", date(2012, 11, 5)),
        ("afghanistan-taliban-territory-2000", "Taliban", date(2001, 2, 1)),
        ("yemen-houthis-2015", "Ansarullah", date(2016, 1, 1)),
        ("al-shabaab-2713", "Al-Shabab", date(2024, 1, 1)),
        ("lebanon-2006", "Hizbollah", date(2010, 1, 1)),
        ("drc-2003", "Alliance Fleuve Congo", date(2024, 6, 1)),
        ("drc-2003", "CNDP", date(2008, 10, 1)),
        ("sierra-leone-1997", "AFRC", date(1998, 1, 1)),
    ],
)
def test_group_is_known_by_its_usual_names(regime_id: str, name: str, day: date) -> None:
    known = [group for group in regime(regime_id).groups if name in (group.name, *group.aliases)]

    assert len(known) == 1
    assert known[0].in_force.covers(day)


def test_sierra_leone_government_is_outside_and_exports_are_notified() -> None:
    measure = "sierra-leone-1997/1171-2"

    assert procedures(measure, "S/RES/1171 (1998)", "2") == set()
    assert procedures(measure, "S/RES/1171 (1998)", "4") == {"notify"}
    assert duties("sierra-leone-1997", "report", "S/RES/1132 (1997)", "9")[0].days is None


def test_taliban_territory_exempts_protective_clothing() -> None:
    assert procedures("afghanistan-taliban-territory-2000/1333-5", "S/RES/1333 (2000)", "6") == {"approve", "standing"}


def test_eritrea_goods_services_and_disposal() -> None:
    assert MEASURES["eritrea-2009/1907-6"].services == {"training", "technical_assistance"}
    assert MEASURES["eritrea-2009/1907-12"].goods >= {"paramilitary_equipment", "spare_parts", "ammunition"}
    assert MEASURES["eritrea-2009/1907-12"].services >= {"investment", "brokering"}
    assert "no storage" in duties("eritrea-2009", "dispose", "S/RES/1907 (2009)", "8")[0].what


def test_north_korean_phases_carry_what_widened_them() -> None:
    widened = {
        key: [(each.resolution, each.paragraph) for each in MEASURES[key].amendments]
        for key in MEASURES
        if key.startswith("dprk-2006/") and "@" in key
    }

    assert widened == {
        "dprk-2006/1718-8(a)(i)@2009-06-12": [("S/RES/1874 (2009)", "10")],
        "dprk-2006/1718-8(a)(i)@2016-03-02": [("S/RES/1874 (2009)", "10"), ("S/RES/2270 (2016)", "6")],
        "dprk-2006/1718-8(b)@2009-06-12": [("S/RES/1874 (2009)", "9"), ("S/RES/2270 (2016)", "8")],
    }


def test_yemen_phase_carries_the_listing_of_the_houthis() -> None:
    assert [each.resolution for each in MEASURES["yemen-houthis-2015/2216-14@2022-02-28"].amendments] == [
        "S/RES/2624 (2022)"
    ]
    assert "Ansar Allah" in regime("yemen-houthis-2015").groups[0].aliases


def test_export_bans_that_reach_nationals_and_flag() -> None:
    assert {measure.id.partition("@")[0] for measure in MEASURES.values() if measure.reaches_nationals_and_flag} == {
        "iran-2006/1747-5",
        "dprk-2006/1718-8(b)",
        "libya-2011/1970-10",
        "eritrea-2009/1907-6",
    }


def test_darfur_is_five_states_and_movement_into_it_counts() -> None:
    measure = MEASURES["sudan-darfur-2004/1591-7"]

    assert len(measure.target_regions) == 5
    assert measure.movement_inside
    assert [each.id for each in MEASURES.values() if each.movement_inside] == [measure.id]


def test_trade_embargoes_keep_an_arms_limb() -> None:
    trade = {measure.id: measure.goods for measure in MEASURES.values() if measure.trade_embargo}

    assert set(trade) == {"iraq-1990/661-3(c)", "southern-rhodesia-1966/253-3(d)", "haiti-1993/917-6-7"}
    assert all(classes == {"all_goods", "arms_and_related_materiel"} for classes in trade.values())


@pytest.mark.parametrize(
    ("resolution", "paragraph"),
    [
        ("S/RES/180 (1963)", "6"),
        ("S/RES/181 (1963)", "3"),
        ("S/RES/218 (1965)", "6"),
        ("S/RES/282 (1970)", "4"),
        ("S/RES/1227 (1999)", "7"),
    ],
)
def test_calls_that_bind_nobody_name_their_paragraph(resolution: str, paragraph: str) -> None:
    calls = {call.resolution: call.paragraph for call in load_calls().voluntary_embargo_calls}

    assert calls[resolution] == paragraph


def test_calls_end_where_a_ban_took_their_place_and_reach_the_rulebook() -> None:
    spans = {call.legal_basis.resolution: call.in_force for call in load_rulebook().calls}

    assert spans["S/RES/181 (1963)"].until == date(1977, 11, 4)
    assert spans["S/RES/1227 (1999)"].until == date(2000, 5, 17)
    assert spans["S/RES/853 (1993)"].until is None
    assert spans["S/RES/1929 (2010)"].first == date(2010, 6, 9)


def test_duties_of_the_high_seas_say_so() -> None:
    duties = {regime.id: regime.duties for regime in load_rulebook().regimes}
    at = {
        (duty.legal_basis.resolution, duty.legal_basis.paragraph, duty.kind): duty.where
        for each in duties.values()
        for duty in each
    }

    assert at["S/RES/2292 (2016)", "5", "seize"] == "high_seas"
    assert at["S/RES/1970 (2011)", "12", "seize"] == "anywhere"
    assert at["S/RES/1970 (2011)", "11", "inspect"] == "territory"
    assert at["S/RES/2182 (2014)", "15", "inspect_territorial_waters"] == "territorial_sea"
    assert at["S/RES/2182 (2014)", "17", "seize"] == "at_sea"
    assert at["S/RES/1874 (2009)", "13", "divert_to_port"] == "at_sea"


def test_thematic_duties_name_their_paragraphs() -> None:
    references = load_references()
    paragraphs = {(duty.resolution, duty.paragraph) for duty in references.general_duties}

    assert {("S/RES/2616 (2021)", "8"), ("S/RES/2117 (2013)", "7-8")} <= paragraphs
    assert {entry.heading for entry in references.hs_codes} >= {"9301", "9302", "9306", "8710"}
    assert len(references.munitions_list) == 22

"""What lists say of a day, and what being listed does to a result."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.canonical import canonical_json
from cases.lists.consolidated import read_consolidated_list
from cases.lists.designating import designations_from
from cases.lists.entries import ListEdition
from cases.lists.vessels import read_vessel_list
from cases.screening.designations import Designation, Designations, ListUsed, Seen, Spelling, numbers_in
from cases.screening.engine import screen
from cases.screening.facts import (
    Claim,
    ConveyanceFacts,
    Days,
    EndUseCertificateFacts,
    IncidentFacts,
    ItemFacts,
    PartyFacts,
    Period,
    RecipientFacts,
    RouteFacts,
)
from cases.screening.findings import DesignationMatch, ScreeningResult
from tests.list_samples import BRIGADE, PERSON, SAMPLE, SHIPPING, VESSELS, alias, consolidated, entry, vessel_csv
from tests.unit.cases.screening.rulebooks import group, measure, rulebook

DAY = date(2024, 3, 10)
LIST_MEASURE = measure(
    "isil-al-qaida-1267/1-1",
    recipient="designated_parties",
    target_countries=frozenset(),
    in_force=Period(date(2002, 1, 16), None),
)
RULES = rulebook(LIST_MEASURE)
BORN_1960 = "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1960</YEAR></INDIVIDUAL_DATE_OF_BIRTH>"


def edition(*entries: str, generated: str = "2024-03-01T00:00:00Z") -> ListEdition:
    return read_consolidated_list(consolidated(*entries, generated=generated))


def lists(*editions: ListEdition) -> Designations:
    return designations_from(editions or (read_consolidated_list(SAMPLE),))


def incident(day: date = DAY, **changes: object) -> IncidentFacts:
    plain = {
        "reference": "X-1",
        "kind": "seizure",
        "occurred": Days.on(day),
        "day_is_exact": True,
        "items": (ItemFacts(index=0, category="small_arm", quantity=10, unit="piece"),),
        "route": RouteFacts(origin="NOR", destination="SWE"),
    }
    return IncidentFacts(**{**plain, **changes})


def recipient(name: str | None, kind: str = "unknown", **changes: object) -> RecipientFacts:
    return RecipientFacts(kind=kind, name=name, **changes)


def found(facts: IncidentFacts, designations: Designations | None = None) -> tuple[DesignationMatch, ...]:
    return screen(facts, RULES, designations or lists()).designations


def outcome(result: ScreeningResult) -> tuple[str, str]:
    """Return outcome and rule of the one measure, or that nothing ties it."""
    for finding in result.findings:
        return finding.outcome, next(c.reason.rule for c in finding.rationale if c.name == "recipient")
    for considered in result.considered:
        return "not_indicated", considered.reason.rule
    return "untied", ""


def judged(facts: IncidentFacts, designations: Designations | None = None) -> tuple[str, str]:
    return outcome(screen(facts, RULES, designations or lists()))


# --- what lists say of a day --------------------------------------------------------------------------------------


def listing(*seen: tuple[str, str, str | None], missing: tuple[str, ...] = ()) -> Designation:
    return Designation(
        reference_number="A.1",
        list_name="un-sc",
        list_type="Al-Qaida",
        kind="person",
        name="NAME",
        spellings=(Spelling("NAME", "primary"),),
        seen=tuple(
            Seen(date.fromisoformat(first), date.fromisoformat(last), date.fromisoformat(since) if since else None)
            for first, last, since in seen
        ),
        missing_on=tuple(date.fromisoformat(day) for day in missing),
    )


ONCE, LATER = ("2020-01-01", "2020-01-01", "2010-01-01"), ("2024-01-01", "2024-01-01", "2023-01-01")
GONE = listing(ONCE, missing=("2021-01-01",))
AGAIN = listing(ONCE, LATER, missing=("2021-01-01",))


@pytest.mark.parametrize(
    ("label", "entry", "day", "expected"),
    [
        ("before the listing", listing(("2024-01-01", "2024-01-01", "2010-05-04")), "2010-05-03", False),
        ("day of the listing", listing(("2024-01-01", "2024-01-01", "2010-05-04")), "2010-05-04", True),
        ("between listing and edition", listing(("2024-01-01", "2024-01-01", "2010-05-04")), "2013-01-01", True),
        ("after the newest edition", listing(("2024-01-01", "2024-01-01", "2010-05-04")), "2026-01-01", True),
        ("gone by then", GONE, "2022-01-01", False),
        ("gone some time between", GONE, "2020-06-01", None),
        ("listed again later", AGAIN, "2022-01-01", False),
        ("listed again by then", AGAIN, "2023-06-01", True),
        ("no day of listing, before", listing(("2024-01-01", "2024-06-01", None)), "2020-01-01", None),
        ("no day of listing, within", listing(("2024-01-01", "2024-06-01", None)), "2024-03-01", True),
    ],
)
def test_a_listing_holds_on_the_days_that_the_editions_bear_out(
    label: str, entry: Designation, day: str, expected: bool | None
) -> None:
    assert entry.is_listed_on(date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2010-01-01", "2010-12-31", None),
        ("2010-05-04", "2010-12-31", True),
        ("2009-01-01", "2009-12-31", False),
        (None, "2010-01-01", False),
        (None, "2012-01-01", None),
        (None, None, None),
    ],
)
def test_a_span_of_days_is_answered_only_where_every_day_is_alike(
    first: str | None, last: str | None, expected: bool | None
) -> None:
    days = Days(first and date.fromisoformat(first), last and date.fromisoformat(last))

    assert listing(("2024-01-01", "2024-01-01", "2010-05-04")).is_listed_throughout(days) is expected


@given(st.dates(), st.dates())
def test_no_day_before_the_listing_is_ever_said_to_be_listed(listed_on: date, day: date) -> None:
    entry = listing(("9999-12-31", "9999-12-31", listed_on.isoformat()))

    assert entry.is_listed_on(day) is (day >= listed_on)


def test_editions_are_joined_and_a_party_gone_since_stays_for_its_days() -> None:
    old = edition(PERSON, BRIGADE, generated="2016-01-01T00:00:00Z")
    new = edition(BRIGADE, SHIPPING, generated="2024-01-01T00:00:00Z")

    joined = lists(new, old)

    person = joined.entry("un-sc", "QDi.901")
    assert [entry.reference_number for entry in joined.entries] == ["KPe.903", "QDe.902", "QDi.901"]
    assert person.missing_on == (date(2024, 1, 1),)
    assert (person.is_listed_on(date(2015, 1, 1)), person.is_listed_on(date(2020, 1, 1))) == (True, None)
    assert joined.lists == (ListUsed("un-sc", date(2024, 1, 1), joined.lists[0].digest),)
    assert joined.lists[0].digest not in {old.digest, new.digest}


def test_the_order_of_editions_never_shows() -> None:
    old = edition(PERSON, generated="2016-01-01T00:00:00Z")
    new = edition(PERSON, BRIGADE, generated="2024-01-01T00:00:00Z")

    assert (lists(old, new).lists, lists(old, new).entries) == (lists(new, old).lists, lists(new, old).entries)


def test_an_edition_covers_its_own_day_and_later_ones_only() -> None:
    loaded = lists(edition(PERSON, generated="2024-03-01T00:00:00Z"))

    assert [loaded.covers("un-sc", date(2024, 2, 29)), loaded.covers("un-sc", date(2024, 3, 1))] == [False, True]
    assert not loaded.covers("un-sc", None)


# --- what the record points to ------------------------------------------------------------------------------------


def test_a_match_has_the_shape_that_the_outside_relies_on() -> None:
    facts = incident(recipient=recipient("Torvald Exemplum Brannigan"))

    (match,) = screen(facts, RULES, lists()).document()["designations"]

    assert (match["reference_number"], match["name"]) == ("QDi.901", "TORVALD EXEMPLUM BRANNIGAN")
    assert (match["listed_on"], match["listed_on_day"], match["list_covers_day"]) == ("2010-05-04", True, True)
    assert (match["matched"], match["role"], match["list"]) == ("recipient.name", "recipient", "un-sc")
    assert match["score"] == 1.0
    assert match["rule"].startswith("names.")
    assert match["text"]
    assert match["regimes"] == ["isil-al-qaida-1267"]
    assert [reason["rule"] for reason in match["reasons"][1:]] == ["designations.listed_on_day"]


NAME = "Torvald Exemplum Brannigan"
CLAIM = Claim(what="recipient", country=None, recipient_kind=None, name=NAME, by="crew")
PAPER = EndUseCertificateFacts(authenticity="forged", country=None, end_user=NAME)


def party(role: str = "broker", name: str | None = NAME, **changes: object) -> PartyFacts:
    return PartyFacts(**{"index": 0, "role": role, "kind": "person", "name": name, **changes})


@pytest.mark.parametrize(
    ("label", "changes", "matched"),
    [
        ("acts for", {"recipient": recipient("Somebody Else", acts_for=NAME)}, "recipient.acts_for"),
        ("claim", {"route": RouteFacts(claims=(CLAIM,))}, "route.claims[0].name"),
        ("party", {"parties": (party(index=3),)}, "parties[3].name"),
        ("alias", {"parties": (party(name="Quibbleworth Zed", aliases=("Nobody", NAME)),)}, "parties[0].aliases[1]"),
        ("script", {"parties": (party(name="Quibbleworth Zed", name_original=NAME),)}, "parties[0].name_original"),
        ("operator", {"conveyance": ConveyanceFacts(operator="Zantoria Pearl Shipping Co.")}, "conveyance.operator"),
        ("owner", {"conveyance": ConveyanceFacts(owner="Zantoria Pearl Shipping Company")}, "conveyance.owner"),
        ("paper", {"end_use_certificates": (PAPER,)}, "documents.end_user_certificates[0].end_user"),
    ],
)
def test_every_name_in_the_record_is_compared(label: str, changes: dict, matched: str) -> None:
    assert [match.matched for match in found(incident(**changes))] == [matched]


def test_a_party_of_another_kind_is_another_party() -> None:
    assert found(incident(parties=(party(kind="organization"),))) == ()


def test_a_low_quality_alias_alone_names_no_one_for_certain() -> None:
    somebody = PartyFacts(index=0, role="broker", kind="person", name="Abu Exemplum")

    (match,) = found(incident(parties=(somebody,)))

    assert (match.quality, match.is_certain) == ("low", False)
    assert match.score < 0.9
    assert "designations.name_alone_weak" in {reason.rule for reason in match.reasons}


def test_a_low_quality_alias_with_the_year_of_birth_does() -> None:
    somebody = PartyFacts(
        index=0, role="broker", kind="person", name="Abu Exemplum", born=Days(date(1970, 1, 1), date(1970, 12, 31))
    )

    (match,) = found(incident(parties=(somebody,)))

    assert match.is_certain


@pytest.mark.parametrize(
    ("born", "is_certain", "rule"),
    [
        (1970, True, "designations.birth_agrees"),
        (1971, True, None),
        (1990, False, "designations.birth_contradicts"),
    ],
)
def test_the_year_of_birth_breaks_ties(born: int, is_certain: bool, rule: str | None) -> None:
    somebody = PartyFacts(
        index=0, role="broker", kind="person", name=NAME, born=Days(date(born, 1, 1), date(born, 12, 31))
    )

    (match,) = found(incident(parties=(somebody,)))

    rules = {reason.rule for reason in match.reasons if "birth" in reason.rule}
    assert (match.is_certain, rules) == (is_certain, {rule} if rule else set())


@pytest.mark.parametrize(("born", "is_certain"), [(None, True), (1970, True), (1990, False)])
def test_what_is_told_of_a_consignee_is_told_of_the_recipient_of_that_name(born: int | None, is_certain: bool) -> None:
    days = Days(None, None) if born is None else Days(date(born, 1, 1), date(born, 12, 31))
    consignee = PartyFacts(index=0, role="consignee", kind="person", name=NAME.upper(), born=days)

    matches = found(incident(recipient=recipient(NAME, "private"), parties=(consignee,)))

    assert {match.matched: match.is_certain for match in matches} == {
        "recipient.name": is_certain,
        "parties[0].name": is_certain,
    }


def test_a_common_name_and_another_year_of_birth_point_to_nobody() -> None:
    loaded = lists(edition(entry("QDi.906", "MOHAMMAD", "HASSAN", inner=BORN_1960)))

    def pointed_to(born: int) -> int:
        days = Days(date(born, 1, 1), date(born, 12, 31))
        somebody = PartyFacts(index=0, role="broker", kind="person", name="Mohammad Hassan", born=days)
        return len(found(incident(parties=(somebody,)), loaded))

    assert (pointed_to(1960), pointed_to(1994)) == (1, 0)


def test_near_initials_are_somebody_elses() -> None:
    loaded = lists(edition(entry("CDe.907", "FOCA", kind="ENTITY", UN_LIST_TYPE="DRC")))

    assert found(incident(recipient=recipient("FACA", "non_governmental_force")), loaded) == ()
    assert len(found(incident(recipient=recipient("F.O.C.A.", "non_governmental_force")), loaded)) == 1


def test_an_authority_of_another_country_is_another_authority() -> None:
    ministry = entry(
        "KPe.905",
        "MINISTRY OF EXAMPLE AFFAIRS",
        kind="ENTITY",
        inner="<ENTITY_ADDRESS><COUNTRY>Atlantis</COUNTRY></ENTITY_ADDRESS>"
        "<ENTITY_ADDRESS><COUNTRY>Norway</COUNTRY></ENTITY_ADDRESS>",
    )
    loaded = lists(edition(ministry))

    def certain(country: str) -> bool:
        named = recipient("Ministry of Example Affairs", "government", country=country)
        (match,) = found(incident(recipient=named), loaded)
        return match.is_certain

    assert (certain("NOR"), certain("SWE")) == (True, False)


def test_a_number_and_the_name_leave_no_doubt() -> None:
    somebody = PartyFacts(index=0, role="crew", kind="person", name="Abu Exemplum", identifiers=("xx-7654321",))

    (match,) = found(incident(parties=(somebody,)))

    assert (match.score, match.is_certain) == (1.0, True)
    assert "designations.number_equal" in {reason.rule for reason in match.reasons}


def test_a_number_under_another_name_is_asked_about() -> None:
    somebody = PartyFacts(index=0, role="crew", kind="person", name="Quibbleworth Zed", identifiers=("XX7654321",))

    (match,) = found(incident(parties=(somebody,)))

    assert (match.matched, match.stated, match.quality) == ("parties[0].documents", "XX7654321", "number")
    assert not match.is_certain


def test_a_country_that_agrees_is_told() -> None:
    somebody = PartyFacts(index=0, role="crew", kind="person", name=NAME, nationality=("NOR",))

    (match,) = found(incident(parties=(somebody,)))

    assert "designations.country_agrees" in {reason.rule for reason in match.reasons}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("OA 454044", ("OA454044",)),
        ("Afghan passport number SE 012820", ("SE012820",)),
        ("SE-011697", ("SE011697",)),
        ("4414", ()),
        ("identification card", ()),
    ],
)
def test_numbers_are_found_among_words(text: str, numbers: tuple[str, ...]) -> None:
    assert numbers_in(text) == numbers


# --- R9 and R20 ---------------------------------------------------------------------------------------------------


def test_a_listed_recipient_meets_the_condition_wherever_it_is() -> None:
    facts = incident(recipient=recipient(NAME, "private", country="SWE"))

    assert judged(facts) == ("indicated", "recipient.is_listed")


def test_who_acts_for_a_listed_party_is_bound_like_it() -> None:
    facts = incident(recipient=recipient("Quibbleworth Zed", "private", acts_for="Crimson Lantern Brigade"))

    assert judged(facts) == ("indicated", "recipient.acts_for_listed")


def test_a_consignee_counts_where_no_recipient_is_named() -> None:
    facts = incident(parties=(PartyFacts(index=0, role="consignee", kind="person", name=NAME),))

    assert judged(facts) == ("indicated", "recipient.is_listed")


def test_a_listing_made_later_does_not_count_and_says_since_when() -> None:
    facts = incident(date(2009, 1, 1), recipient=recipient(NAME, "private"))

    result = screen(facts, RULES, lists())

    assert outcome(result) == ("not_indicated", "recipient.listed_later")
    assert "listed since 2010-05-04" in result.considered[0].reason.text
    assert [(m.listed_on_day, m.list_covers_day) for m in result.designations] == [(False, False)]


def test_a_party_taken_off_before_the_day_does_not_count() -> None:
    old = edition(PERSON, BRIGADE, generated="2016-01-01T00:00:00Z")
    new = edition(BRIGADE, generated="2024-01-01T00:00:00Z")
    facts = incident(recipient=recipient(NAME, "private"))

    assert judged(facts, lists(old, new)) == ("not_indicated", "recipient.delisted")


def test_a_day_between_listed_and_gone_is_asked_about() -> None:
    old = edition(PERSON, BRIGADE, generated="2016-01-01T00:00:00Z")
    new = edition(BRIGADE, generated="2024-01-01T00:00:00Z")
    facts = incident(date(2020, 1, 1), recipient=recipient(NAME, "private"))

    assert judged(facts, lists(old, new)) == ("possible", "recipient.listing_open")


def test_a_year_astride_the_listing_is_asked_about() -> None:
    facts = incident(
        occurred=Days(date(2010, 1, 1), date(2010, 12, 31)), recipient=recipient(NAME, "private"), day_is_exact=False
    )

    assert judged(facts) == ("possible", "recipient.listing_open")


def test_a_resemblance_is_possible_with_its_score_in_the_rationale() -> None:
    result = screen(incident(recipient=recipient("Abu Exemplum", "private")), RULES, lists())

    assert outcome(result) == ("possible", "recipient.perhaps_listed")
    (finding,) = result.findings
    reason = next(c.reason for c in finding.rationale if c.name == "recipient")
    assert 0.7 <= reason.params["score"] < 0.9


def test_what_somebody_says_is_possible_at_most() -> None:
    assert judged(incident(route=RouteFacts(claims=(CLAIM,)))) == ("possible", "recipient.perhaps_listed")


def test_an_alleged_recipient_is_possible_at_most() -> None:
    facts = incident(recipient=recipient(NAME, "private", basis="allegation"))

    assert judged(facts) == ("possible", "recipient.alleged")


def test_a_government_that_sounds_like_a_listed_party_is_none() -> None:
    facts = incident(recipient=recipient("Abu Exemplum", "government", country="SWE"))

    assert judged(facts)[0] == "untied" or judged(facts)[0] == "not_indicated"


@pytest.mark.parametrize("name", ["Commander Torvald", "TORVA", "Exemplum"])
def test_one_word_of_unknown_kind_is_no_person_on_a_list(name: str) -> None:
    single = entry("QDi.907", "TORVALD", inner=alias("Exemplum"))

    assert found(incident(recipient=recipient(name, "non_governmental_force")), lists(edition(single))) == ()


def test_a_common_name_alone_is_a_resemblance() -> None:
    common = entry("QDi.908", "AHMED", "HASSAN")
    somebody = party("crew", "Ahmed Hassan")

    (match,) = found(incident(parties=(somebody,)), lists(edition(common)))

    assert (match.is_certain, match.score < 0.9) == (False, True)


def test_a_name_that_two_listed_persons_bear_says_not_which() -> None:
    twins = lists(
        edition(
            entry("QDi.910", "FIRST", "QUIBBLEWORTH", inner=alias("Torvald Brannigan")),
            entry("QDi.911", "OTHER", "ZEBEDEE", inner=alias("Torvald Brannigan")),
        )
    )

    matches = found(incident(parties=(party("crew", "Torvald Brannigan"),)), twins)

    assert [match.is_certain for match in matches] == [False, False]
    assert all("designations.name_shared" in {reason.rule for reason in match.reasons} for match in matches)


def test_one_person_on_two_lists_is_one_person() -> None:
    both = lists(edition(PERSON, PERSON.replace("QDi.901", "SOi.901")))

    matches = found(incident(parties=(party("crew"),)), both)

    assert [(match.reference_number, match.is_certain) for match in matches] == [("QDi.901", True), ("SOi.901", True)]


@pytest.mark.parametrize(("name", "is_match"), [("CLB", True), ("CLP", False), ("KLB", False)])
def test_initials_that_are_only_near_are_somebody_elses(name: str, is_match: bool) -> None:
    assert bool(found(incident(recipient=recipient(name, "non_governmental_force")))) is is_match


def test_whoever_is_known_for_certain_is_nobody_else_whom_the_name_resembles() -> None:
    other = entry("QDi.906", "SOMEBODY", "ELSE", UN_LIST_TYPE="Taliban", inner=alias("Crimson Lantern", "Low"))
    rules = rulebook(LIST_MEASURE, replace(LIST_MEASURE, id="taliban-1988/1-1", regime="taliban-1988"))
    facts = incident(date(2015, 1, 1), recipient=recipient("Brotherhood of the Crimson Lantern"))

    result = screen(facts, rules, lists(edition(BRIGADE, other)))

    assert [finding.measure for finding in result.findings] == ["isil-al-qaida-1267/1-1"]


def test_the_group_that_a_regime_names_itself_goes_before_a_later_listing() -> None:
    rules = rulebook(LIST_MEASURE, groups=(group("Crimson Lantern Brigade"),))
    facts = incident(date(2012, 1, 1), recipient=recipient("Crimson Lantern Brigade", "non_governmental_force"))

    assert outcome(screen(facts, rules, lists())) == ("indicated", "recipient.group_named")


@pytest.mark.parametrize("scope", ["non_governmental_forces", "other_than_government_authorised"])
def test_a_party_listed_for_another_matter_is_bound_where_only_governments_are_free(scope: str) -> None:
    rules = rulebook(
        measure("a/1-1", recipient=scope, target_countries=frozenset({"SWE"}), in_force=LIST_MEASURE.in_force)
    )
    facts = incident(recipient=recipient(NAME, "unknown", country="SWE"))

    assert outcome(screen(facts, rules, lists())) == ("indicated", "recipient.is_listed")


def test_a_list_that_counts_for_no_arms_measure_is_a_notice_only() -> None:
    result = screen(incident(recipient=recipient("Zantoria Pearl Shipping Company", "private")), RULES, lists())

    assert (result.findings, [match.regimes for match in result.designations]) == ((), [()])
    assert "designated_party_asset_freeze" in {flag.code for flag in result.flags}


@pytest.mark.parametrize("role", ["consignor", "financier", "owner"])
def test_a_listed_party_that_is_no_recipient_is_a_notice_of_its_own(role: str) -> None:
    facts = incident(parties=(PartyFacts(index=0, role=role, kind="person", name=NAME),))

    result = screen(facts, RULES, lists())

    assert result.findings == ()
    (flag,) = [flag for flag in result.flags if flag.code == "designated_party_asset_freeze"]
    assert (flag.reason.params["role"], flag.reason.params["reference_number"]) == (role, "QDi.901")


def test_a_listing_that_only_bans_travel_freezes_nothing() -> None:
    facts = incident(parties=(PartyFacts(index=0, role="financier", kind="person", name="Oswin Placeholder"),))

    (flag,) = [flag for flag in screen(facts, RULES, lists()).flags if flag.code.startswith("designated")]

    assert (flag.code, flag.reason.params["consequences"]) == ("designated_party_named", "travel ban")


def test_no_notice_before_the_listing_or_on_a_resemblance() -> None:
    early = incident(date(2009, 1, 1), parties=(PartyFacts(index=0, role="owner", kind="person", name=NAME),))
    weak = incident(parties=(PartyFacts(index=0, role="owner", kind="person", name="Abu Exemplum"),))

    for facts in (early, weak):
        assert not [f for f in screen(facts, RULES, lists()).flags if f.code.startswith("designated")]


def test_a_day_that_no_edition_covers_never_concludes_that_nobody_was_listed() -> None:
    facts = incident(date(2013, 1, 1), recipient=recipient("Unheard Of", "designated_party"))

    assert judged(facts) == ("possible", "recipient.listing_unknown")


@pytest.mark.parametrize(("day", "is_stale"), [(date(2024, 3, 31), False), (date(2024, 4, 1), True)])
def test_a_list_older_than_a_month_is_told_where_names_were_compared(day: date, is_stale: bool) -> None:
    named = incident(day, recipient=recipient("Unheard Of"))

    assert ("stale_list" in {flag.code for flag in screen(named, RULES, lists()).flags}) is is_stale
    assert "stale_list" not in {flag.code for flag in screen(incident(day), RULES, lists()).flags}


def test_without_lists_the_result_says_nothing_of_them() -> None:
    result = screen(incident(recipient=recipient(NAME)), RULES, Designations.none())

    assert (result.designations, result.findings) == ((), ())


# --- vessels ------------------------------------------------------------------------------------------------------


def fleet() -> Designations:
    return lists(read_vessel_list(vessel_csv(*VESSELS)))


def test_a_designated_vessel_is_known_by_its_number_under_any_name() -> None:
    ship = ConveyanceFacts(mode="sea", name="Innocent Star", imo="9074729")

    result = screen(incident(conveyance=ship), RULES, fleet())

    (match,) = result.designations
    assert (match.reference_number, match.matched, match.is_certain) == ("T-1", "conveyance.imo", True)
    (flag,) = [flag for flag in result.flags if flag.code == "designated_vessel"]
    assert flag.reason.params["consequences"] == "asset freeze, port entry ban"


@pytest.mark.parametrize(
    ("imo", "is_match"),
    [(None, True), ("8814275", True), ("9123453", False)],
)
def test_a_vessels_name_alone_is_a_resemblance_and_another_number_speaks_against_it(
    imo: str | None, is_match: bool
) -> None:
    ship = ConveyanceFacts(mode="sea", name="MV North Example 8", imo=imo)

    matches = [match for match in found(incident(conveyance=ship), fleet()) if match.reference_number == "T-2"]

    assert [match.is_certain for match in matches if match.score >= 0.9] == ([True] if imo == "8814275" else [])
    assert bool(matches) or not is_match


def test_a_vessel_is_no_company_and_no_person() -> None:
    facts = incident(
        recipient=recipient("Zantoria Pearl"), conveyance=ConveyanceFacts(mode="air", name="Zantoria Pearl")
    )

    assert found(facts, fleet()) == ()


# --- order --------------------------------------------------------------------------------------------------------


def test_matches_come_in_one_order() -> None:
    twins = lists(edition(*[entry(f"A.{n}", "TORVALD", "EXEMPLUM", inner=alias("Torvald X")) for n in (3, 1, 2)]))
    parties = tuple(PartyFacts(index=n, role="crew", kind="person", name="Torvald Exemplum") for n in range(2))

    first = screen(incident(parties=parties), RULES, twins)
    again = screen(incident(parties=parties[::-1]), RULES, twins)

    assert [(m.reference_number, m.matched) for m in first.designations] == [
        (f"A.{n}", f"parties[{party}].name") for n in (1, 2, 3) for party in (0, 1)
    ]
    assert canonical_json(first.document()) == canonical_json(again.document())

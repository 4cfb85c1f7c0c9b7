"""Declared, found, authorised: each rule where it holds, where it does not, and where a fact is missing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.intake.incident import DraftSubmission
from cases.regimes.loader import load_rulebook
from cases.tracing.declared_found import PapersCheck, check_papers
from cases.tracing.mismatches import ASKED, INQUIRIES, MISMATCHES
from cases.tracing.shown_papers import PaperUse

RULEBOOK = load_rulebook()
RIFLES = {"category": "small_arm", "quantity": 40, "unit": "piece", "hs_code": "930190"}
ROUNDS = {"category": "ammunition", "quantity": 9000, "unit": "round", "hs_code": "930630"}
CERTIFICATE = {
    "kind": "end_user_certificate",
    "number": "EUC 12/07",
    "issued_on": "2013-01-02",
    "valid_until": "2014-01-01",
    "issuer": "Office of Supply",
    "country": "TCD",
    "end_user": "Northern Depot",
    "goods": "rifles and ammunition",
    "quantity": 40,
    "unit": "piece",
    "authenticity": "authenticated",
    "stamp": "agrees",
}
APPROVAL = {
    "kind": "committee_approval",
    "regime": "libya-2011",
    "reference": "S/AC.52/0",
    "on": "2012-11-02",
    "basis": "documents",
}
# A consignment of which everything is known and nothing contradicts.
WHOLE: dict[str, Any] = {
    "kind": "seizure",
    "occurred_on": "2013-03-10",
    "route": {
        "origin": "BLR",
        "destination": "TCD",
        "departed_on": "2013-03-01",
        "claims": [
            {"what": "destination", "country": "TCD", "by": "documents"},
            {"what": "origin", "country": "BLR", "by": "documents"},
        ],
    },
    "consignment": {
        "declared_description": "rifles, ammunition",
        "declared_hs": "93",
        "declared_weight_kg": 1000,
        "found_weight_kg": 1040,
    },
    "documents": [CERTIFICATE],
    "recipient": {"kind": "private", "name": "Northern Depot", "country": "TCD"},
    "parties": [
        {"role": "consignee", "name": "Northern Depot", "country": "TCD"},
        {"role": "end_user", "name": "Northern Depot", "country": "TCD"},
    ],
    "items": [RIFLES, ROUNDS],
}
TO_LIBYA = {"origin": "BLR", "destination": "LBY", "departed_on": "2013-03-01", "claims": []}
APPROVED = {
    "authorisations": [APPROVAL],
    "documents": [],
    "route": TO_LIBYA,
    "recipient": {"kind": "government", "name": "Northern Depot", "country": "LBY"},
}
SAME_PAPER = PaperUse(
    reference="INC-2013-000007",
    kind="end_user_certificate",
    number="EUC 12/07",
    issuer="TCD",
    categories=("mine",),
    quantities=(("piece", 10.0),),
)
SAME_APPROVAL = PaperUse(
    reference="INC-2013-000008", kind="committee_approval", number="S/AC.52/0", issuer="libya-2011"
)


def checked(*uses: PaperUse, **changes: Any) -> PapersCheck:
    """Check the whole record with parts of it changed; a dict is merged, a list stands in its place."""
    return check_papers(DraftSubmission.model_validate(merged(WHOLE, changes)), RULEBOOK, uses)


def merged(record: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return record | {
        name: record[name] | value if isinstance(value, dict) and isinstance(record.get(name), dict) else value
        for name, value in changes.items()
    }


def rules(check: PapersCheck) -> list[str]:
    return [mismatch.rule for mismatch in check.mismatches]


def codes(check: PapersCheck) -> list[str]:
    return [inquiry.code for inquiry in check.inquiries]


def paper(**changes: Any) -> dict[str, Any]:
    return {"documents": [CERTIFICATE | changes]}


def approval(**changes: Any) -> dict[str, Any]:
    return APPROVED | {"authorisations": [APPROVAL | changes]}


def test_papers_that_agree_raise_nothing():
    assert checked() == PapersCheck((), ())
    assert rules(checked(**APPROVED)) == []
    assert check_papers(DraftSubmission(), RULEBOOK) == PapersCheck((), ())


BOMBS = [RIFLES, {"category": "missile"}]
HOLDS = [
    ("declared.weight", {"consignment": {"found_weight_kg": 1101}}),
    ("declared.weight", {"consignment": {"declared_weight_kg": 0}}),
    ("declared.hs_chapter", {"consignment": {"declared_hs": "8710"}}),
    ("declared.hs_heading", {"consignment": {"declared_hs": "9302"}}),
    ("declared.hs_no_arms", {"consignment": {"declared_hs": "940360"}}),
    ("declared.words_no_arms", {"consignment": {"declared_description": "wooden furniture"}}),
    ("declared.words_no_arms", {"consignment": {"declared_description": "أثاث"}}),
    ("declared.destination", {"route": {"claims": [{"what": "destination", "country": "SOM", "by": "documents"}]}}),
    ("declared.origin", {"route": {"claims": [{"what": "origin", "country": "SOM", "by": "documents"}]}}),
    ("paper.forged", paper(authenticity="forged")),
    ("paper.disputed", paper(authenticity="disputed")),
    ("paper.stamp", paper(stamp="differs")),
    ("paper.issued_after", paper(issued_on="2013-03-11")),
    ("paper.expired", paper(valid_until="2013-02")),
    ("paper.end_user_not_recipient", {"recipient": {"name": "Hilltop Militia"}}),
    ("paper.end_user_not_consignee", {"parties": [{"role": "consignee", "name": "Harbour Freight Agents"}]}),
    ("paper.end_user_not_stated", {"parties": [{"role": "end_user", "name": "Harbour Freight Agents"}]}),
    ("paper.country_not_destination", paper(country="CMR")),
    ("paper.country_not_recipient", {"recipient": {"country": "CMR"}}),
    ("paper.country_not_declared", paper(country="CMR")),
    ("paper.country_not_origin", paper(kind="export_licence", country="CMR")),
    ("paper.other_goods", paper(goods="tents and blankets")),
    ("paper.quantity", paper(quantity=39)),
    ("approval.regime_not_binding", approval(regime="south-africa-1977")),
    ("approval.regime_elsewhere", approval(regime="somalia-1992")),
    ("approval.after_transfer", approval(on="2013-03-05")),
]
HOLDS_NOT = [
    ("declared.weight", {"consignment": {"found_weight_kg": 1100}}),
    ("declared.hs_chapter", {"consignment": {"declared_hs": "9301"}}),
    ("declared.hs_heading", {"consignment": {"declared_hs": "930190"}, "items": [RIFLES]}),
    ("declared.hs_no_arms", {"consignment": {"declared_hs": "8703"}}),
    ("declared.words_no_arms", {"consignment": {"declared_description": "hunting rifles"}}),
    ("declared.words_no_arms", {"consignment": {"declared_description": "家具"}}),
    ("declared.destination", {"route": {"claims": [{"what": "destination", "country": "SOM", "by": "crew"}]}}),
    ("declared.origin", {"route": {"claims": [{"what": "origin", "country": "SUN", "by": "documents"}]}}),
    ("paper.issued_after", paper(issued_on="2013-03")),
    ("paper.expired", paper(valid_until="2013-03-01")),
    ("paper.end_user_not_recipient", {"recipient": {"name": "Northern Depots"}}),
    ("paper.end_user_not_recipient", {"recipient": {"name": "Armed forces", "kind": "government"}}),
    ("paper.end_user_not_consignee", {"parties": [{"role": "carrier", "name": "Harbour Freight Agents"}]}),
    ("paper.country_not_destination", paper(country="SUN")),
    ("paper.country_not_origin", paper(kind="export_licence", country="BLR")),
    ("paper.other_goods", paper(goods="9000 cartridges")),
    ("paper.quantity", paper(quantity=40)),
    ("paper.quantity", paper(quantity=1, unit="crate")),
    ("approval.regime_not_binding", approval()),
    ("approval.regime_elsewhere", approval()),
    ("approval.after_transfer", approval(on="2013-03-02")),
]


@pytest.mark.parametrize(("rule", "changes"), HOLDS)
def test_a_rule_says_what_does_not_go_together(rule, changes):
    check = checked(**changes)

    assert rule in rules(check)
    found = next(mismatch for mismatch in check.mismatches if mismatch.rule == rule)
    assert len(found.sides) >= 1
    assert "{" not in found.sentence
    assert rule not in ASKED or ASKED[rule].format_map(found.params)


@pytest.mark.parametrize(("rule", "changes"), HOLDS_NOT)
def test_a_rule_is_silent_where_both_sides_can_be_true(rule, changes):
    assert rule not in rules(checked(**changes))


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("declared_weight", {"consignment": {"declared_weight_kg": None}}),
        ("found_weight", {"consignment": {"found_weight_kg": None}}),
        ("declared_heading", {"consignment": {"declared_hs": None}}),
        ("heading_holds_both", {"consignment": {"declared_hs": "8703"}}),
        ("declared_words", {"consignment": {"declared_description": None}}),
        ("declared_words_unread", {"consignment": {"declared_description": "家具"}}),
        ("other_arms_declared", {"items": BOMBS}),
        ("category", {"items": [{"description": "crates"}]}),
        ("authenticity", paper(authenticity=None)),
        ("authenticity", paper(authenticity="unverified")),
        ("paper_missing", paper(authenticity="missing")),
        ("stamp", paper(stamp=None)),
        ("stamp_absent", paper(stamp="absent")),
        ("issued_on", paper(issued_on=None)),
        ("issued_when", paper(issued_on="2013-03")),
        ("left_before_expiry", paper(valid_until="2013-02") | {"route": {"departed_on": None}}),
        ("issuer", paper(country="XXX")),
        ("former_state", paper(country="SUN")),
        ("end_user", paper(end_user=None)),
        ("near_name", {"recipient": {"name": "Northern Depoz"}}),
        ("government_end_user", {"recipient": {"name": "Armed forces", "kind": "government"}}),
        ("government_end_user", {"recipient": {"name": "Hilltop Militia", "kind": None}}),
        ("paper_unit", paper(unit=None)),
        ("approval_regime", approval(regime=None)),
        ("regime_unknown", approval(regime="atlantis-2001")),
        ("approval_day", approval(on=None)),
        ("approval_when", approval(on="2013-03-02")),
        ("left_when", approval(regime="liberia-1992") | {"occurred_on": "2019-01-01", "route": {"origin": "BLR"}}),
        ("route_of_approval", approval(regime="somalia-1992") | {"recipient": {"name": "Northern Depot"}}),
    ],
)
def test_what_is_not_known_is_asked(code, changes):
    if code == "left_when":
        changes = changes | {"route": TO_LIBYA | {"departed_on": None}}
    if code == "route_of_approval":
        changes = changes | {"recipient": {"country": None}}
    check = checked(**changes)

    assert code in codes(check), codes(check)
    assert "{" not in next(each.sentence for each in check.inquiries if each.code == code)


def test_a_paper_used_elsewhere_is_told_by_number_kind_and_issuer():
    again = checked(SAME_PAPER)

    assert rules(again) == ["paper.used_again", "paper.used_for_other_goods", "paper.quantity_in_all"]
    assert again.mismatches[-1].params["found"] == 50
    assert [mismatch.paper for mismatch in again.mismatches] == [0, 0, 0]
    another = {"reference": "INC-2013-000009", "number": "EUC 12/07"}
    assert checked(PaperUse(kind="import_licence", issuer="TCD", **another)) == PapersCheck((), ())
    assert checked(PaperUse(kind="end_user_certificate", issuer="CMR", **another)) == PapersCheck((), ())
    unsure = checked(PaperUse(kind="end_user_certificate", issuer=None, **another))
    assert (rules(unsure), codes(unsure)) == ([], ["same_number"])
    partly = PaperUse(kind="end_user_certificate", issuer="TCD", categories=("mine", None), **another)
    assert rules(checked(partly)) == ["paper.used_again"]


def test_an_approval_claimed_elsewhere_or_for_other_goods_is_told():
    assert "approval.used_again" in rules(checked(SAME_APPROVAL, **APPROVED))
    # What the exemptions that a notice answers are for, of all regimes: arms are never protective equipment.
    told = {
        regime.id: [each for each in rules(checked(**approval(regime=regime.id))) if each == "approval.other_goods"]
        for regime in RULEBOOK.regimes
    }
    assert any(told.values())
    assert not told["libya-2011"]


def test_every_sentence_can_be_said_and_every_asking_rule_exists():
    assert set(ASKED) <= set(MISMATCHES)
    held = {rule for rule, _ in HOLDS}
    elsewhere = {rule for rule in MISMATCHES if rule.endswith(("used_again", "used_for_other_goods", "_in_all"))}
    assert held | elsewhere | {"approval.other_goods"} == set(MISMATCHES)
    assert all(sentence.endswith(("?", ".")) for sentence in INQUIRIES.values())


# Names of one body are one fact: forgetting an alias of somebody is not forgetting the name.
FACTS = [
    *(("consignment", name) for name in WHOLE["consignment"]),
    *(("route", name) for name in ("origin", "destination", "departed_on")),
    *(("recipient", name) for name in ("kind", "name", "country")),
    *(("documents", 0, name) for name in CERTIFICATE),
    *(("authorisations", 0, name) for name in APPROVAL),
    *(("items", at, name) for at in (0, 1) for name in RIFLES),
    *(("parties", at, name) for at in (0, 1) for name in ("role", "name", "country")),
    ("occurred_on",),
]
COUNTRIES = st.sampled_from([None, "TCD", "LBY", "CMR", "SUN", "XXX"])
DAYS = st.sampled_from([None, "2009", "2013-03", "2013-03-01", "2013-03-11", "2015-06-01"])
NAMES = st.sampled_from([None, "Northern Depot", "Northern Depoz", "Hilltop Militia"])
CODES = st.sampled_from([None, "93", "930190", "9306", "8703", "940360"])
WORDS = st.sampled_from([None, "rifles", "furniture", "家具", "cartridges"])
CATEGORIES = st.sampled_from([None, "small_arm", "ammunition", "missile", "other_goods", "protective_equipment"])
AMOUNTS = st.sampled_from([None, 0, 10, 40, 41])
UNITS = st.sampled_from([None, "piece", "round"])
ITEMS = st.fixed_dictionaries({"category": CATEGORIES, "hs_code": CODES, "quantity": AMOUNTS, "unit": UNITS})
RECORDS = st.fixed_dictionaries(
    {
        "occurred_on": DAYS,
        "route": st.fixed_dictionaries({"origin": COUNTRIES, "destination": COUNTRIES, "departed_on": DAYS}),
        "consignment": st.fixed_dictionaries(
            {
                "declared_description": WORDS,
                "declared_hs": CODES,
                "declared_weight_kg": AMOUNTS,
                "found_weight_kg": AMOUNTS,
            }
        ),
        "recipient": st.fixed_dictionaries(
            {"kind": st.sampled_from([None, "government", "private"]), "name": NAMES, "country": COUNTRIES}
        ),
        "parties": st.lists(
            st.fixed_dictionaries({"role": st.sampled_from([None, "consignee", "end_user"]), "name": NAMES}),
            min_size=2,
            max_size=2,
        ),
        "items": st.lists(ITEMS, min_size=2, max_size=2),
        "documents": st.lists(
            st.fixed_dictionaries(
                {
                    "kind": st.sampled_from([None, "end_user_certificate", "export_licence", "bill_of_lading"]),
                    "number": st.sampled_from([None, "EUC 12/07"]),
                    "issued_on": DAYS,
                    "valid_until": DAYS,
                    "country": COUNTRIES,
                    "end_user": NAMES,
                    "goods": WORDS,
                    "quantity": AMOUNTS,
                    "unit": UNITS,
                    "authenticity": st.sampled_from([None, "forged", "unverified"]),
                    "stamp": st.sampled_from([None, "differs", "absent"]),
                }
            ),
            min_size=1,
            max_size=1,
        ),
        "authorisations": st.lists(
            st.fixed_dictionaries(
                {
                    "kind": st.sampled_from([None, "committee_approval", "committee_notification"]),
                    "regime": st.sampled_from([None, "libya-2011", "liberia-1992", "lebanon-2006", "elsewhere"]),
                    "reference": st.sampled_from([None, "S/AC.52/0"]),
                    "on": DAYS,
                }
            ),
            min_size=1,
            max_size=1,
        ),
    }
)


@given(RECORDS, st.sampled_from(FACTS), st.lists(st.sampled_from([SAME_PAPER, SAME_APPROVAL]), unique=True))
def test_forgetting_a_fact_never_brings_a_mismatch(record, fact, uses):
    known = {(each.rule, each.paper) for each in check_papers(read(record), RULEBOOK, uses).mismatches}

    after = {(each.rule, each.paper) for each in check_papers(read(without(record, fact)), RULEBOOK, uses).mismatches}

    assert after <= known


def read(record: dict[str, Any]) -> DraftSubmission:
    return DraftSubmission.model_validate(record)


def without(record: dict[str, Any], fact: tuple[Any, ...]) -> dict[str, Any]:
    """Return the record with one fact unknown."""
    first, *rest = fact
    if not rest:
        return record | {first: None}
    if isinstance(rest[0], int):
        entries = list(record[first])
        entries[rest[0]] = entries[rest[0]] | {rest[1]: None}
        return record | {first: entries}
    return record | {first: record[first] | {rest[0]: None}}

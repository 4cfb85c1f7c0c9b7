from cases.lists.changes import changed_parties
from cases.lists.consolidated import read_consolidated_list
from tests.list_samples import BRIGADE, PERSON, SHIPPING, alias, consolidated, entry


def test_editions_are_told_apart_by_entry_and_field() -> None:
    changed = entry("QDe.902", "CRIMSON LANTERN BRIGADE", kind="ENTITY", LISTED_ON="2014-11-19")
    old = read_consolidated_list(consolidated(PERSON, BRIGADE))
    new = read_consolidated_list(consolidated(changed, SHIPPING))

    changes = changed_parties(old, new)

    assert [party.reference_number for party in changes.added] == ["KPe.903"]
    assert [party.reference_number for party in changes.removed] == ["QDi.901"]
    assert [(change.after.reference_number, change.fields) for change in changes.changed] == [("QDe.902", ("names",))]
    assert changes.document()["changed"][0]["was"]["names"].startswith("CRIMSON LANTERN BRIGADE (CLB)")


def test_the_publishers_bookkeeping_is_no_change() -> None:
    def edition(version: str):
        return read_consolidated_list(consolidated(entry("A.1", "NAME", VERSIONNUM=version)))

    assert changed_parties(edition("1"), edition("2")).counts() == {"added": 0, "removed": 0, "changed": 0}


def test_names_before_and_after_are_told_for_screening_again() -> None:
    old = read_consolidated_list(consolidated(entry("A.1", "OLD NAME"), entry("B.1", "SAME")))
    new = read_consolidated_list(consolidated(entry("A.1", "NEW NAME", inner=alias("Other")), entry("B.1", "SAME")))

    assert changed_parties(old, new).names == ("NEW NAME", "OLD NAME", "Other")


def test_everybody_is_added_where_there_was_no_list() -> None:
    new = read_consolidated_list(consolidated(PERSON, BRIGADE))

    assert changed_parties(None, new).counts() == {"added": 2, "removed": 0, "changed": 0}

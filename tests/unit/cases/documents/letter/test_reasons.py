from cases.documents.letter.reasons import reason_text
from cases.documents.wording import Wording

ENGLISH, FRENCH = Wording("en"), Wording("fr")


def test_countries_kinds_and_days_are_said_in_words() -> None:
    window = {"window": "2013-01-22 to 2013-02-01"}
    disputed = {"stated": "YEM", "country": "SOM", "by": "crew"}

    assert reason_text(ENGLISH, "in_force.throughout", window, "").endswith("(22 January 2013 – 1 February 2013).")
    assert reason_text(FRENCH, "in_force.throughout", window, "").endswith("(22 janvier 2013 – 1er février 2013).")
    assert reason_text(ENGLISH, "direction.destination_disputed", disputed, "").startswith(
        "The stated destination is Yemen; the crew names Somalia"
    )
    assert "(l’équipage) désigne la cible (Somalie)" in reason_text(
        FRENCH, "direction.destination_disputed", disputed, ""
    )
    assert reason_text(FRENCH, "recipient.bound", {"kind": "private"}, "").endswith(
        "(une personne ou une société privée)."
    )


def test_an_open_end_stays_open() -> None:
    text = reason_text(ENGLISH, "in_force.throughout", {"window": "… to 2013-01-23"}, "")

    assert text.endswith("(… – 23 January 2013).")


def test_a_rule_or_value_that_is_not_known_gives_the_stored_sentence() -> None:
    assert reason_text(FRENCH, "rule.of_another_time", {}, "The stored sentence.") == "The stored sentence."
    assert reason_text(FRENCH, "in_force.throughout", {}, "The stored sentence.") == "The stored sentence."


def test_a_day_that_does_not_exist_is_left_as_written() -> None:
    assert "2013-02-30" in reason_text(ENGLISH, "in_force.before_start", {"start": "2013-02-30"}, "")

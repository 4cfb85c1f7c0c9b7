from dataclasses import replace

from cases.tracing.content import Reason
from cases.tracing.redaction import LEFT_OUT, without_names
from tests.referral_samples import ITI_REQUEST, PANEL_REQUEST


def test_a_name_is_left_out_of_typed_text_facts_and_reasons() -> None:
    reason = Reason(
        condition="recipient",
        satisfied="unknown",
        fact="recipient.name = Ann Other",
        rule="recipient.listing_unknown",
        params=(("name", "Ann Other"),),
        text="whether Ann Other was listed",
    )
    told = replace(PANEL_REQUEST.observation, circumstances="ANN\nother spoke to Ann Otherwise.")
    measure = replace(PANEL_REQUEST.measures[0], rationale=(reason,))

    content = without_names(replace(PANEL_REQUEST, observation=told, measures=(measure,)), ["Ann Other"])

    assert content.observation.circumstances == f"{LEFT_OUT} spoke to Ann Otherwise."
    assert content.measures[0].rationale[0].fact == f"recipient.name = {LEFT_OUT}"
    assert content.measures[0].rationale[0].params == (("name", LEFT_OUT),)
    assert content.measures[0].rationale[0].text == f"whether {LEFT_OUT} was listed"


def test_marks_stay_as_transcribed() -> None:
    mark = ITI_REQUEST.items[0].marks[0].text or ""

    redacted = without_names(ITI_REQUEST, [mark, "Type 56-1"]).items[0]

    assert redacted.marks == ITI_REQUEST.items[0].marks
    assert redacted.description == f"{LEFT_OUT} assault rifle"


def test_the_end_user_of_a_certificate_is_named_only_where_the_certificate_is_asked_about() -> None:
    enquiry = replace(ITI_REQUEST, kind="licence_enquiry")

    assert without_names(ITI_REQUEST, ["Guard company"]).papers[0].end_user == f"{LEFT_OUT} (sample)"
    assert without_names(enquiry, ["Guard company"]).papers == ITI_REQUEST.papers


def test_initials_and_no_names_change_nothing() -> None:
    assert without_names(PANEL_REQUEST, []) == PANEL_REQUEST
    assert without_names(PANEL_REQUEST, ["a", " "]) == PANEL_REQUEST

"""Letters over several incidents: each told of by itself, in every language and form."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from cases.choices import RedactionLevel
from cases.documents import content_from_json, content_json, render_referral
from cases.tracing.completeness import LETTER_LANGUAGES, missing_elements
from cases.tracing.content import AgencyPresent, PartyStated, ReferralContent
from cases.tracing.questions import questions_for
from cases.tracing.redaction import content_at
from cases.tracing.warnings import AMNESTY, referral_warnings
from tests.pdf_pages import seen_in, text_of
from tests.referral_samples import ITI_REQUEST, PANEL_REQUEST, over_two_incidents

PANEL_OVER_TWO = over_two_incidents(PANEL_REQUEST)
ITI_OVER_TWO = over_two_incidents(ITI_REQUEST)
NAME = "Nobody Atallanywhere"


def text_in(content: ReferralContent, *, draft: bool = False) -> str:
    return text_of(render_referral(content, format="pdf", draft=draft))


def second(content: ReferralContent, **changes: object) -> ReferralContent:
    """Return the letter with what is told of its second incident changed."""
    return replace(content, further=(replace(content.further[0], **changes),))


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_every_mark_and_the_reference_of_each_incident_stand_in_the_letter(language: str) -> None:
    for content in (PANEL_OVER_TWO, ITI_OVER_TWO):
        pdf = render_referral(replace(content, language=language), format="pdf", draft=False)
        text, seen = text_of(pdf), seen_in(pdf)

        assert [mark.text for item in content.items for mark in item.marks if mark.text and mark.text not in text] == []
        # As a heading, above the items, and with the event.
        for part in content.by_incident():
            assert text.count(part.observation.incident or "?") >= 3
        assert "M77014" in seen
        assert "Harbourpolice" in seen
        assert "sha256:" + "d" * 64 in seen.replace("\n", "")


def test_each_incident_is_told_of_under_its_own_heading() -> None:
    text = text_in(PANEL_OVER_TWO)

    first_named, second_named = "Incident 1 (INC-2013-402917)", "Incident 2 (INC-2014-118203)"
    assert "several incidents: INC-2013-402917; INC-2014-118203" in text
    observed, _, after = text.partition("What was observed")[2].partition("Items")
    assert observed.index(first_named) < observed.index("150 km") < observed.index(second_named)
    assert observed.index(second_named) < observed.index("within 500 m") < observed.index("The crate stood unclaimed")
    assert observed.count("The boundaries and names shown") == 2
    listed = after.partition("Measures concerned")[0]
    assert listed.index(first_named) < listed.index("05-2-07314") < listed.index(second_named)


def test_what_is_asked_of_a_route_names_its_incident() -> None:
    codes = [(question.code, question.part) for question in questions_for(PANEL_OVER_TWO)]

    assert ("route_origin", 0) in codes
    assert ("route_origin", 1) in codes
    assert ("measures_taken", None) in codes
    assert "Incident 2 (INC-2014-118203): The place and date of loading" in text_in(PANEL_OVER_TWO)


def test_the_grounds_of_each_incident_are_told_apart_and_equal_ones_stand_once() -> None:
    apart = text_in(ITI_OVER_TWO)
    same = text_in(second(ITI_OVER_TWO, legal_justification=ITI_REQUEST.legal_justification))

    assert "Incident 2 (INC-2014-118203): Legal justification (ITI 17(a)): Ports Act, article 9" in apart
    assert same.count("Legal justification (ITI 17(a))") == 1


def test_what_an_incident_lacks_is_said_with_its_name() -> None:
    lacking = second(ITI_OVER_TWO, legal_justification=None)
    whole = replace(ITI_OVER_TWO, legal_justification="Customs Act")
    named = [(each.element, each.part, each.incident) for each in missing_elements(lacking)]

    assert ("legal_justification", 1, "INC-2014-118203") in named
    assert not [each for each in missing_elements(whole) if each.element == "legal_justification"]
    assert "Incident 2 (INC-2014-118203): Give the legal justification" in text_in(lacking, draft=True)


def test_arms_of_one_amnesty_stop_the_letter_and_are_named() -> None:
    told = PANEL_OVER_TWO.further[0]
    given_up = second(PANEL_OVER_TWO, observation=replace(told.observation, kind="surrender", context=(AMNESTY,)))

    (warning,) = [each for each in referral_warnings(given_up) if each.code == "amnesty"]

    assert warning.stops
    assert warning.lines == told.lines


def test_a_name_that_one_incident_withholds_stands_in_no_text_of_another() -> None:
    party = PartyStated(role="consignee", kind="person", name=NAME)
    told = PANEL_OVER_TWO.further[0].observation
    content = replace(
        second(PANEL_OVER_TWO, observation=replace(told, circumstances=f"{NAME} was seen before.")),
        observation=replace(PANEL_REQUEST.observation, parties=(party,), circumstances=f"{NAME} steered."),
    )

    at_level = content_at(content, RedactionLevel.TO_STATE)

    assert NAME not in content_json(at_level)
    assert NAME in content_json(content_at(content, RedactionLevel.FULL))
    assert {entry.what for entry in at_level.withheld} >= {"personal_data"}


def test_a_further_incident_is_redacted_as_the_leading_one_is() -> None:
    agencies = (AgencyPresent(name="Harbour police"),)
    told = replace(PANEL_OVER_TWO.further[0].observation, agencies=agencies)

    shown = content_at(second(PANEL_OVER_TWO, observation=told), RedactionLevel.PUBLIC).further[0]

    assert shown.observation.incident is None
    assert shown.observation.circumstances is None
    assert shown.observation.place.latitude == 15.0
    assert shown.custody == ()
    assert shown.photos[0].sha256 is None
    assert shown.observation.agencies == agencies
    assert shown.lines == PANEL_OVER_TWO.further[0].lines


@pytest.mark.parametrize("level", list(RedactionLevel))
def test_it_can_be_written_at_every_level(level: RedactionLevel) -> None:
    assert "Incident 2" in text_in(content_at(PANEL_OVER_TWO, level))


def test_a_letter_of_one_incident_keeps_the_json_it_had() -> None:
    assert "further" not in json.loads(content_json(PANEL_REQUEST))
    assert content_from_json(content_json(PANEL_REQUEST)) == PANEL_REQUEST


def test_json_holds_every_incident_and_leads_back_to_the_content() -> None:
    assert content_from_json(content_json(PANEL_OVER_TWO)) == PANEL_OVER_TWO


def test_the_same_content_gives_the_same_bytes_in_fresh_processes() -> None:
    program = (
        "import hashlib;from cases.documents import render_referral;"
        "from tests.referral_samples import PANEL_REQUEST, over_two_incidents as over;"
        "print([hashlib.sha256(render_referral(over(PANEL_REQUEST), format=f, draft=False)).hexdigest()"
        " for f in ('pdf', 'docx', 'json')])"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(made) == 1

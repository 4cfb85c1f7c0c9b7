"""Every sentence that the interface says is written in each language, with the same blanks."""

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from backend.error_responses import SENTENCES as EDGE
from backend.error_responses import STATUSES
from cases.api.problems import SENTENCES as REQUESTS
from cases.errors import DomainError
from cases.queries.keys import SENTENCES as TOLD
from cases.queries.obligations import SENTENCES as BOARD
from cases.queries.open_work import CUSTODY_STAYS
from cases.queries.registry_warnings import SENTENCES as WARNED
from cases.services import invite_officer, mail_notifications
from cases.tracing import case_links, case_templates, case_timeline, marking_practices, supply_chain, whom_to_ask
from cases.tracing.crossing_window import SENTENCES as BOUNDS
from cases.tracing.mark_comparison import SENTENCES as MET_BY
from cases.tracing.mismatches import ASKED, INQUIRIES, MISMATCHES
from cases.tracing.warnings import WARNINGS
from console import account, reply_words

LOCALE = Path(__file__).resolve().parents[3] / "backend" / "locale"
CATALOGUE = LOCALE / "fr" / "LC_MESSAGES" / "django.po"


def _kinds(kind: type[DomainError]) -> set[type[DomainError]]:
    return {kind}.union(*(_kinds(child) for child in kind.__subclasses__()))


SAID = sorted(
    {
        *REQUESTS.values(),
        *(sentence for _, sentence in EDGE.values()),
        *TOLD.values(),
        *MET_BY.values(),
        *BOUNDS.values(),
        *BOARD,
        *mail_notifications.LINES.values(),
        mail_notifications.SUBJECT,
        *invite_officer.LETTER,
        account.NOT_THE_SAME,
        CUSTODY_STAYS,
        *WARNINGS.values(),
        *reply_words.TEXTS.values(),
        *reply_words.WORDS.values(),
        *(*supply_chain.GAPS.values(), *supply_chain.CONTRADICTIONS.values(), *supply_chain.WHYS.values()),
        supply_chain.UNDATED,
        *WARNED.values(),
        *marking_practices.SENTENCES.values(),
        *case_links.SENTENCES.values(),
        *case_timeline.SENTENCES.values(),
        *(case_templates.OF_A_MEASURE, *(step.what for step in case_templates.TRACING)),
        *whom_to_ask.REASONS.values(),
        *whom_to_ask.CAUTIONS.values(),
        *(sentence for table in (MISMATCHES, INQUIRIES, ASKED) for sentence in table.values()),
        *(kind.sentence for kind in _kinds(DomainError) if STATUSES.get(kind) != 500),
    }
)


def _catalogue(language: str) -> dict[str, str]:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


FRENCH = _catalogue("fr")


def _blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("sentence", SAID)
def test_a_sentence_is_written_in_french_with_the_same_blanks(sentence: str) -> None:
    assert FRENCH.get(sentence), f"translate it in {CATALOGUE}"
    assert _blanks(FRENCH[sentence]) == _blanks(sentence)


def test_the_catalogue_holds_nothing_that_is_no_longer_said() -> None:
    assert set(FRENCH) <= set(SAID)


@pytest.mark.parametrize("language", ["ar", "es", "ru", "zh_Hans"])
def test_every_sentence_is_written_in_each_language_of_letters(language: str) -> None:
    written = _catalogue(language)

    assert set(written) == set(SAID)
    assert [said for said in SAID if not written[said] or _blanks(written[said]) != _blanks(said)] == []

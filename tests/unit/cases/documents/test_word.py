import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from cases.documents import render_referral
from cases.tracing.completeness import LETTER_LANGUAGES
from tests.referral_samples import ITI_REQUEST, PANEL_REQUEST


def _word(language: str, *, draft: bool = False) -> bytes:
    return render_referral(replace(PANEL_REQUEST, language=language), format="docx", draft=draft)


def _texts(document: Document) -> list[str]:
    return [
        "".join(run.text or "" for run in paragraph.iter(qn("w:t"))) for paragraph in document.element.iter(qn("w:p"))
    ]


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_the_word_file_holds_every_mark_and_every_resolution_whole(language: str) -> None:
    texts = _texts(docx.Document(io.BytesIO(_word(language))))

    for mark in (mark for item in PANEL_REQUEST.items for mark in item.marks):
        assert mark.text in texts
    for measure in PANEL_REQUEST.measures:
        assert any(measure.resolution.removeprefix("S/RES/") in text for text in texts)


def test_arabic_runs_from_right_to_left_and_a_mark_within_it_does_not() -> None:
    document = docx.Document(io.BytesIO(_word("ar")))
    runs = {run.text: run for paragraph in document.paragraphs for run in paragraph.runs}
    [table] = [table for table in document.tables if "الرقم" in table.cell(0, 0).text]

    assert all(
        paragraph._p.pPr.find(qn("w:bidi")) is not None for paragraph in document.paragraphs if paragraph.text.strip()
    )
    assert table._tblPr.find(qn("w:bidiVisual")) is not None
    assert runs["أساس هذا الطلب"].font.rtl
    assert not runs["S/RES/1929 (2010)"].font.rtl


def test_a_draft_says_so_on_each_page_and_the_map_has_words_for_who_cannot_see_it() -> None:
    document = docx.Document(io.BytesIO(_word("en", draft=True)))

    assert document.sections[0].header.paragraphs[0].text == "DRAFT: not issued, not to be sent"
    assert "For the addressed State" in document.sections[0].footer.paragraphs[0].text
    assert document.inline_shapes[0]._inline.docPr.get("descr").startswith("Map of the place")


def test_the_file_tells_of_no_person_and_no_moment_of_saving() -> None:
    with zipfile.ZipFile(io.BytesIO(render_referral(ITI_REQUEST, format="docx", draft=True))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = file.read("docProps/core.xml").decode()

    assert "python-docx" not in core
    assert ITI_REQUEST.dated is not None
    assert core.count(f"{ITI_REQUEST.dated.isoformat()}T00:00:00Z") == 2

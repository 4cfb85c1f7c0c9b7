import hashlib
import io
from dataclasses import replace

import docx
import pypdfium2
import pytest

from cases.choices import RedactionLevel
from cases.documents import render_referral
from cases.tracing.completeness import LETTER_LANGUAGES
from cases.tracing.content import CustodyStep, PhotoShown
from cases.tracing.redaction import content_at
from tests.evidence_samples import picture
from tests.pdf_pages import seen_in, text_of
from tests.referral_samples import ITI_REQUEST

COPY = picture((1280, 960))
DIGEST = hashlib.sha256(COPY).hexdigest()
RECEIVED = "ab" * 32
PHOTO = PhotoShown(
    kind="photo", lines=(1,), sha256=RECEIVED, copy_sha256=DIGEST, width_px=4000, height_px=3000, taken_at="2013-01-23"
)
LETTER = replace(
    ITI_REQUEST,
    photos=(PHOTO,),
    custody=(
        CustodyStep(line=1, number=1, kind="collected", on="2013-01-23", holder="Harbour police (sample)"),
        CustodyStep(line=1, number=2, kind="sealed", seal="S-4471"),
    ),
)
PICTURES = {DIGEST: COPY}


def _pictures_on(page: pypdfium2.PdfPage) -> list[tuple[int, int]]:
    kinds = [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    return [found.get_px_size() for found in page.get_objects(kinds, max_depth=9)]


def _words(text: str) -> str:
    return text.replace(" ", "")


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_a_photograph_stands_in_the_letter_with_its_digests_and_its_size(language: str) -> None:
    content = replace(LETTER, language=language)

    pdf = render_referral(content, format="pdf", draft=False, pictures=PICTURES)

    seen = seen_in(pdf)
    assert RECEIVED in seen
    assert DIGEST in seen
    assert "4000" in seen
    assert "S-4471" in seen
    with pypdfium2.PdfDocument(pdf) as document:
        assert [size for page in document for size in _pictures_on(page)] == [(1280, 960)]


def test_word_shows_the_same_photograph() -> None:
    word = docx.Document(
        io.BytesIO(render_referral(LETTER, format="docx", draft=False, pictures=PICTURES)),
    )

    assert COPY in [part.blob for part in word.part.package.iter_parts() if part.partname.endswith(".jpg")]
    assert any(DIGEST in paragraph.text for paragraph in word.paragraphs)


def test_what_may_not_be_shown_is_named_and_not_printed() -> None:
    text = text_of(render_referral(LETTER, format="pdf", draft=False))

    assert "Photograph 1; item 1; 4000 × 3000 pixels" in text
    assert "not reproduced here" in text


def test_the_public_sees_neither_photograph_nor_custody() -> None:
    released = content_at(LETTER, RedactionLevel.PUBLIC)

    text = _words(text_of(render_referral(released, format="pdf", draft=False, pictures=PICTURES)))

    assert RECEIVED not in text
    assert DIGEST not in text
    assert "S-4471" not in text
    assert {"evidence", "custody"} <= {entry.what for entry in released.withheld}

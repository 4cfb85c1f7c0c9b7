import json
import re
import subprocess
import sys
import unicodedata
from dataclasses import fields, is_dataclass, replace

import pytest

from cases.choices import ReferralKind
from cases.documents import content_from_json, content_json, referral_pages, render_referral
from cases.documents.errors import FormatNotOffered, LanguageNotOffered
from cases.documents.printable import printable
from cases.tracing.completeness import LETTER_LANGUAGES
from cases.tracing.content import Mark, ReferralContent
from tests.pdf_pages import seen_in, text_of, text_of_pages
from tests.referral_samples import ITI_REQUEST, PANEL_REQUEST, PANEL_REQUEST_IN_FRENCH

HOSTILE = (
    '#import "@preview/x:1.0.0" $a$ \\ *b* _c_ `d` <e> @f [g] {h} // k /* l */ #panic() '
    "\u202eabc\u202c \x07 تجربة 中国 " + "W" * 150
)
# Stored values and codes: intake lets nothing else into them.
CODED = frozenset(
    {
        *("kind", "language", "outcome", "status", "precision", "code", "mode", "what", "by", "why", "country", "name"),
        *("confidentiality", "priority", "category", "nearest_country", "flag", "origin", "destination", "rule"),
        *("country_of_manufacture", "import_country", "params"),
    }
)


def _pdf(content: ReferralContent, *, draft: bool = False) -> bytes:
    return render_referral(content, format="pdf", draft=draft)


def _without_spaces(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def _poisoned(value: object, text: str) -> object:
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(_poisoned(part, text) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _poisoned(getattr(value, f.name), text) for f in fields(value) if f.name not in CODED}
        return replace(value, **changed)
    return value


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_every_mark_and_every_resolution_stands_whole_in_the_letter(language: str) -> None:
    for content in (PANEL_REQUEST, ITI_REQUEST):
        pdf = _pdf(replace(content, language=language))
        text, seen = text_of(pdf), seen_in(pdf)

        assert [mark.text for item in content.items for mark in item.marks if mark.text not in text] == []
        for measure in content.measures:
            assert re.sub("[() ]", "", measure.resolution.removeprefix("S/RES/")) in seen
            assert measure.paragraph is None or measure.paragraph in seen


def test_arabic_is_read_out_of_the_letter_in_its_letters_and_their_order() -> None:
    text = unicodedata.normalize("NFKC", text_of(_pdf(replace(PANEL_REQUEST, language="ar"), draft=True)))

    for said in (
        "البعثة الدائمة لجمهورية إيران الإسلامية لدى الأمم المتحدة",
        "ويذكر بدعوة مجلس الأمن جميع الدول إلى التعاون مع تلك الولاية.",
        "كان التدبير ساريا في كل يوم يمكن أن يكون النقل قد حدث فيه",
    ):
        assert said in text


def test_every_measure_is_cited_with_resolution_and_paragraph_and_never_as_a_finding() -> None:
    first, second = PANEL_REQUEST.measures
    text = text_of(_pdf(replace(PANEL_REQUEST, measures=(first, replace(second, paragraph_verified=False)))))

    assert "The items appear to fall within the scope of paragraph 5 of resolution 1747 (2007)." in text
    assert "The items may fall within the scope of paragraph 5 of resolution 733 (1992)†." in text
    assert "Not known: the destination." in text
    assert "exception made by 1772 (2007), paragraph 11-12" in text
    assert "violation" not in text.lower()


def test_a_request_under_the_instrument_cites_its_paragraphs_and_a_panel_none() -> None:
    iti, panel = text_of(_pdf(ITI_REQUEST)), text_of(_pdf(PANEL_REQUEST))

    for cited in ("ITI 16", "ITI 6(a)", "ITI 17(a)", "ITI 17(c)", "ITI 20", "ITI 22 and 23", "ITI 4"):
        assert cited in iti
    assert "ITI" not in panel
    assert "paragraph 29 of resolution 1929 (2010)" in panel


def test_a_record_not_screened_yet_is_told_from_one_without_measures() -> None:
    screened = replace(ITI_REQUEST, versions=PANEL_REQUEST.versions)

    assert "The facts have not been screened" in text_of(_pdf(ITI_REQUEST))
    assert "This request cites no measure of the Security Council." in text_of(_pdf(screened))


def test_what_is_not_known_is_said_and_each_fact_has_its_basis() -> None:
    text = text_of(_pdf(PANEL_REQUEST))

    assert "flag: not known; IMO number: not known" in text
    assert "destination: Somalia by the crew" in text
    assert "accuracy within 150 km GPS" in text
    assert "accuracy not known" in text_of(_pdf(ITI_REQUEST))


def test_the_words_draft_stand_on_each_page_of_a_draft_and_on_none_of_an_issued_letter() -> None:
    for content in (PANEL_REQUEST, PANEL_REQUEST_IN_FRENCH):
        assert all("DRAFT" in page for page in text_of_pages(_pdf(content, draft=True)))
        assert "DRAFT" not in text_of(_pdf(content))


def test_a_draft_ends_with_what_it_lacks_and_an_issued_letter_does_not() -> None:
    lacking = replace(ITI_REQUEST, intended_use=None)

    assert "State the intended use of the information. (ITI 17(c))" in text_of(_pdf(lacking, draft=True))
    assert "still lacks" not in text_of(_pdf(lacking))
    assert "still lacks" not in text_of(_pdf(ITI_REQUEST, draft=True))


def test_each_page_bears_reference_redaction_level_and_its_number() -> None:
    pages = text_of_pages(_pdf(PANEL_REQUEST))

    for number, page in enumerate(pages, start=1):
        assert "S/AC.99/2013/PE/OC.12" in page
        assert "For the addressed State" in page
        assert f"Page {number} of {len(pages)}" in page


@pytest.mark.parametrize("kind", list(ReferralKind))
@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_every_kind_of_letter_can_be_written_in_every_language(kind: str, language: str) -> None:
    for content in (ITI_REQUEST, PANEL_REQUEST):
        assert _pdf(replace(content, kind=kind, language=language), draft=True).startswith(b"%PDF-")


def test_the_letter_that_knows_nothing_can_still_be_drafted() -> None:
    empty = replace(
        ITI_REQUEST,
        reference=None,
        dated=None,
        items=(),
        papers=(),
        illicit_grounds=(),
        addressee=type(ITI_REQUEST.addressee)(country=None),
        issuing_body=type(ITI_REQUEST.issuing_body)(name=None, kind="customs"),
        observation=type(ITI_REQUEST.observation)(incident="INC", kind="find"),
    )

    assert "No items are listed." in text_of(_pdf(empty, draft=True))


def test_recorded_text_is_printed_as_text_whatever_it_holds() -> None:
    content = _poisoned(PANEL_REQUEST, HOSTILE)
    assert isinstance(content, ReferralContent)

    text = _without_spaces(text_of(_pdf(replace(content, illicit_grounds=()))))

    assert _without_spaces('#import "@preview/x:1.0.0" $a$ \\ *b* _c_ `d` <e> @f [g] {h} // k /* l */ #panic()') in text
    # What would reorder or hide text is written out instead.
    assert "[U+202E]abc[U+202C][U+0007]" in text
    assert "W" * 150 in text
    assert "中国" in text


def test_a_sign_without_a_glyph_is_written_out_never_left_out() -> None:
    assert printable("a\U0001f600b") == "a[U+1F600]b"
    described = replace(ITI_REQUEST.items[0], description="rifle \U0001f600")

    assert "[U+1F600]" in text_of(_pdf(replace(ITI_REQUEST, items=(described,))))


@pytest.mark.parametrize("length", [30, 44, 60, 100, 300])
def test_a_mark_is_whole_at_any_length(length: int) -> None:
    serial = ("0123456789ABCDEF" * 20)[:length]
    item = replace(ITI_REQUEST.items[0], marks=(Mark(kind="serial", text=serial),))

    text = text_of(_pdf(replace(ITI_REQUEST, items=(item,))))

    # Only one longer than any line is cut, and the letter says so.
    if length <= 100:
        assert serial in text
    else:
        assert serial in _without_spaces(text)
        assert "(one marking, continued)" in text


def test_two_hundred_lines_run_over_pages_under_a_repeated_header() -> None:
    items = tuple(
        replace(ITI_REQUEST.items[1], number=n, index=n, marks=(Mark(kind="serial", text=f"SER-{n:05d}-X"),))
        for n in range(1, 201)
    )

    pages = text_of_pages(_pdf(replace(ITI_REQUEST, items=items)))

    with_items = [page for page in pages if "SER-" in page]
    assert len(with_items) > 5
    assert all("No. Item Quantity Markings" in page for page in with_items)
    assert sum(page.count("SER-") for page in with_items) == 200


def test_json_is_the_content_and_nothing_is_lost_on_the_way_back() -> None:
    for content in (PANEL_REQUEST, ITI_REQUEST):
        document = render_referral(content, format="json", draft=False)

        assert json.loads(document)["reference"] == content.reference
        assert content_from_json(document.decode()) == content
        assert content_json(content_from_json(document.decode())).encode() == document


def test_the_same_content_gives_the_same_bytes_in_fresh_processes() -> None:
    code = (
        "import hashlib; from cases.documents import render_referral;"
        "from tests.referral_samples import PANEL_REQUEST as c;"
        "made = (render_referral(c, format=f, draft=True) for f in ('pdf', 'docx', 'json'));"
        "print(*(hashlib.sha256(document).hexdigest() for document in made))"
    )

    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(runs) == 1


def test_formats_and_languages_that_are_not_offered_are_refused() -> None:
    with pytest.raises(FormatNotOffered):
        render_referral(PANEL_REQUEST, format="odt", draft=True)
    with pytest.raises(LanguageNotOffered):
        _pdf(replace(PANEL_REQUEST, language="de"))


@pytest.mark.parametrize("is_draft", [True, False])
def test_a_screen_is_shown_the_pages_that_paper_has(is_draft: bool) -> None:
    pages = referral_pages(PANEL_REQUEST, draft=is_draft)

    assert len(pages) == len(text_of_pages(_pdf(PANEL_REQUEST, draft=is_draft))) > 1
    assert all(page.startswith(b"\x89PNG") for page in pages)

"""Template packs: whatever is in one comes out as that text or is refused, and what law demands stays."""

import base64
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from cases.choices import RedactionLevel, ReportKind
from cases.documents import content_from_json, content_json, render_referral, render_report
from cases.documents.sample import sample_letter
from cases.documents.template_packs import read_pack, read_pack_file, with_logo_redrawn
from cases.errors import InvalidSubmission
from cases.regimes.reading import Unreadable
from cases.tracing import missing_elements
from cases.tracing.completeness import LETTER_LANGUAGES
from cases.tracing.content import Contact, IssuingBody, Mandate, PackUsed, ReferralContent, ReplacedLetter
from cases.tracing.redaction import content_at
from cases.tracing.report import ReportContent
from cases.tracing.template_packs import pack_used
from tests.pdf_pages import text_of
from tests.referral_samples import ITI_REQUEST, PANEL_REQUEST

BODY = IssuingBody(
    name="Test Tracing Centre",
    kind="national_focal_point",
    country="CHE",
    contact=Contact(office="Desk", email="a@b.c"),
)
# Code, markup and fields of every kind that a letter passes through; as text they are harmless.
MARKUP = (
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0": *',
    '#eval("1+1") $x^2$ *bold* _it_ `raw` <label> @ref \\ // /* */',
    'HYPERLINK "http://x.test/" \\o MERGEFIELD name INCLUDETEXT "/etc/passwd"',
    '<w:fldSimple w:instr="DATE"/> &amp; ]]> <!-- <script>',
    "_x000D_ %s %(x)s $HOME `id` ../../etc/passwd file:///etc/passwd",
    "\"quotes\" -- --- ... ~ 'single'",
)


def pack_of(language: str = "en", **texts: Any) -> dict[str, Any]:
    return {"name": "House style", "texts": {language: texts}}


def used(document: dict[str, Any], *, kind: str = "iti_request", language: str = "en") -> PackUsed:
    pack = read_pack(document).document()
    return pack_used(pack, kind=kind, language=language, version=3, sha256="ab" * 32)


def sample(document: dict[str, Any], language: str = "en") -> ReferralContent:
    pack = used(document, language=language)
    return sample_letter(kind="iti_request", language=language, body=BODY, mandate=Mandate(), pack=pack)


def paragraphs(content: ReferralContent) -> list[str]:
    written = docx.Document(io.BytesIO(render_referral(content, format="docx", draft=False)))
    section = written.sections[0]
    parts = (written.element, section.header._element, section.footer._element)
    texts = ["".join(run.text or "" for run in p.iter(qn("w:t"))) for part in parts for p in part.iter(qn("w:p"))]
    return [text.replace("\u200b", "") for text in texts]


def bare(text: str) -> str:
    # A hyphen at the end of a line is told by extraction as one that the typesetter put there.
    return re.sub(r"[\s\u200b-]", "", text)


def problems_of(document: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(InvalidSubmission) as refused:
        read_pack(document)
    return {problem.pointer: problem.code for problem in refused.value.problems}


def test_markup_and_code_come_out_as_text() -> None:
    texts = {"letterhead": list(MARKUP), "closing": list(MARKUP[:6]), "classification": MARKUP[0], "footer": MARKUP[1]}
    content = sample(pack_of(opening=[MARKUP[6]], signature=[MARKUP[2]], **texts))

    printed, written = bare(text_of(render_referral(content, format="pdf", draft=False))), paragraphs(content)

    assert [text for text in MARKUP if bare(text) not in printed] == []
    assert [text for text in (*MARKUP[:6], MARKUP[6]) if not any(text in line for line in written)] == []
    document = docx.Document(io.BytesIO(render_referral(content, format="docx", draft=False)))
    fields = [it.get(qn("w:instr")) for it in document.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert not list(document.element.iter(qn("w:fldSimple"), qn("w:instrText"), qn("w:hyperlink")))


_PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40)
# What extraction gives back sign by sign: no marks that combine, no script that joins or runs the other way.
_SIMPLE = st.text(st.sampled_from("aZ09 éßÆœŁžΩЖю中国、。#$*_`<>@\\/~\"'=+[]()|^&%…–—№€{}"), min_size=1, max_size=40)


@settings(max_examples=6, deadline=None)
@given(st.lists(_PLAIN, max_size=3), st.lists(_SIMPLE, min_size=3, max_size=3))
def test_any_text_comes_out_exactly_or_is_refused(any_signs: list[str], simple: list[str]) -> None:
    def is_taken(text: str) -> bool:
        try:
            read_pack(pack_of(closing=[text]))
        except InvalidSubmission as refused:
            return [problem.pointer for problem in refused.problems] != ["/texts/en/closing/0"]
        return "{" not in text

    closing = [text for text in (*any_signs, *simple) if is_taken(text)]
    content = sample(pack_of(closing=closing))

    written = paragraphs(content)
    assert [text for text in closing if text not in written] == []
    printed = bare(text_of(render_referral(content, format="pdf", draft=False)))
    assert [text for text in closing if text in simple and bare(text) not in printed] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{reference.__class__}", "no_placeholder"),
        ("{0}", "no_placeholder"),
        ("{}", "no_placeholder"),
        ("{reference!r:>10}", "no_placeholder"),
        ("{{reference}}", "no_placeholder"),
        ("{references}", "no_placeholder"),
        ("an open { brace", "no_placeholder"),
        ("\u202ereversed", "not_printable"),
        ("isolated \u2066x\u2069", "not_printable"),
        ("hidden\u200bspace", "not_printable"),
        ("bell\x07", "not_printable"),
        ("two\nlines", "not_printable"),
        ("no glyph \U0001f52b", "not_printable"),
        ("two  spaces", "not_one_line"),
        (" begun with one", "not_one_line"),
        ("x" * 161, "text_too_long"),
        ("", "missing"),
        (5, "not_text"),
        ({"run": "x"}, "not_text"),
    ],
)
def test_what_would_not_print_as_it_stands_is_refused_by_its_field(text: Any, code: str) -> None:
    assert problems_of(pack_of(footer=text)) == {"/texts/en/footer": code}


def test_what_a_pack_may_not_do_is_named_with_its_place() -> None:
    kinds = {
        "iti_request": {"leave_out": ["map", "measures"], "annexes": ["considered", "withheld"]},
        "panel_request": {"leave_out": ["custody"]},
        "love_letter": {},
        "bilateral": {"texts": {"fr": {"footer": "Pied de page"}}},
    }
    broken = {**pack_of(template="/etc/passwd"), "texts": {"de": {}}, "code": "import os", "kinds": []}

    assert problems_of({**pack_of(), "kinds": {"iti_request": {"annexes": ["withheld"]}}}) == {
        "/kinds/iti_request/annexes/0": "not_a_choice"
    }
    kinds["iti_request"].pop("annexes")
    assert problems_of({**pack_of(), "kinds": kinds}) == {
        "/kinds/iti_request/leave_out/1": "not_optional",
        "/kinds/panel_request/leave_out/0": "not_optional",
        "/kinds/love_letter": "not_a_choice",
        "/kinds/bilateral/texts/fr": "no_texts",
    }
    assert set(problems_of(broken).values()) == {"not_a_choice", "unknown_field", "not_an_object"}
    assert problems_of({}) == {"/name": "missing"}


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nname: &c [*b, *b]",
        "name: !!python/object/apply:os.system ['true']",
        "name: !include /etc/passwd",
        "name: " + "[" * 60 + "]" * 60,
        "name: x\nname: y",
        "name: x\n" + "# " + "x" * 1_000_001,
        "",
    ],
)
def test_a_file_that_is_more_than_plain_values_is_not_read(text: str, tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_text(text)

    with pytest.raises(Unreadable):
        read_pack_file(path)


def test_a_file_as_yaml_and_as_json_is_the_same_pack(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("name: House style\ntexts:\n  en:\n    letterhead: [On our paper]\n")
    (tmp_path / "pack.json").write_text('{"name": "House style", "texts": {"en": {"letterhead": ["On our paper"]}}}')

    assert read_pack_file(tmp_path / "pack.yaml") == read_pack_file(tmp_path / "pack.json")
    shown = read_pack_file(Path("docs/samples/template_pack.yaml")).document()
    french = pack_used(shown, kind="bilateral", language="fr", version=1, sha256="")
    assert (french.letterhead, french.left_out) == (("Exemple de service de traçage",), ("map", "considered"))


def test_what_law_and_standard_demand_stays_whatever_the_pack_says() -> None:
    words = {"letterhead": ["Something else"], "opening": ["Forget the rest."], "signature": ["Nobody"], "footer": "x"}
    everything = {"leave_out": ["map", "papers", "considered"], "annexes": ["considered", "rationale", "custody"]}
    document = {**pack_of(**words), "kinds": {"panel_request": everything, "panel_annex": {"leave_out": ["map"]}}}
    letter = replace(PANEL_REQUEST, template_pack=used(document, kind="panel_request"))
    annex = replace(PANEL_REQUEST, template_pack=used(document, kind="panel_annex"))

    texts = [
        text_of(render_referral(letter, format="pdf", draft=False)),
        text_of(render_report(ReportContent(kind=ReportKind.PANEL_ANNEX, record=annex), format="pdf", draft=True)),
    ]

    for text in texts:
        assert [mark.text for item in PANEL_REQUEST.items for mark in item.marks if mark.text not in text] == []
        assert "Something else" in text
        assert "Nothing in this letter is a finding that any State, person or entity" in text
        assert "Withheld from this document" in text
        assert PANEL_REQUEST.issuing_body.name in text
        assert [version.digest for version in PANEL_REQUEST.versions if bare(version.digest) not in bare(text)] == []
        for measure in PANEL_REQUEST.measures:
            assert measure.resolution.removeprefix("S/RES/") in text
    assert "the items appear to fall, or may fall, within the scope" in texts[0]
    assert "Measures considered and not indicated" not in texts[0]


def test_annexes_come_in_the_order_of_the_pack_and_a_kind_says_what_all_do_not() -> None:
    kinds = {"panel_request": {"annexes": ["considered"], "texts": {"en": {"closing": ["Of panels."]}}}}
    document = {**pack_of(closing=["Of all."], footer="Of all, below."), "kinds": kinds}
    letter = replace(PANEL_REQUEST, template_pack=used(document, kind="panel_request"))

    text = text_of(render_referral(letter, format="pdf", draft=False))

    assert text.index("Annex I — Measures considered") < text.index("Annex II — Screening rationale")
    assert ("Of panels." in text, "Of all." in text, "Of all, below." in text) == (True, False, True)


def test_placeholders_are_filled_in_the_language_and_what_none_stands_for_is_listed_before() -> None:
    document = pack_of("fr", closing=["{reference}, {issued_on}, {body_country}, {contact_telephone}."])
    french, english = sample(document, "fr"), sample(document)

    text = text_of(render_referral(french, format="pdf", draft=False))
    told = {part.pointer: (part.element, part.remedy) for part in missing_elements(french)}

    assert "SAMPLE, 1er janvier 2000, Suisse, non connu" in text
    assert told["/referral/issuing_body/contact/telephone"] == (
        "template_pack",
        "The template pack prints {contact_telephone}, and nothing stands for it; record it, or import a pack "
        "without it.",
    )
    assert [part.pointer for part in missing_elements(english) if part.element == "template_pack"] == [
        "/template_pack/languages"
    ]
    assert not [part for part in missing_elements(sample({"name": "None"})) if part.element == "template_pack"]


def test_a_level_withholds_of_the_pack_what_it_withholds_of_the_desk() -> None:
    words = {"letterhead": ["House, +000 1"], "signature": ["Ada Nobody"], "closing": ["Call us."], "footer": "+000 1"}
    letter = replace(PANEL_REQUEST, template_pack=used(pack_of(classification="Restricted", **words)))
    bureau, public = (content_at(letter, level) for level in (RedactionLevel.TO_INTERPOL_WCO, RedactionLevel.PUBLIC))

    assert bureau.template_pack == replace(letter.template_pack, signature=())
    left = replace(letter.template_pack, letterhead=(), signature=(), closing=(), footer=None)
    assert public.template_pack == left
    assert "officers" in {entry.what for entry in bureau.withheld}
    text = text_of(render_referral(public, format="pdf", draft=False))
    assert ("Restricted" in text, "Nobody" in text, "+000 1" in text) == (True, False, False)


def test_a_letter_keeps_what_it_went_out_in() -> None:
    content = replace(ITI_REQUEST, template_pack=used(pack_of(closing=["Of old."], letterhead=["Old house"])))

    kept = content_from_json(content_json(content))

    assert kept == content
    for form in ("pdf", "docx", "json"):
        assert render_referral(kept, format=form, draft=False) == render_referral(content, format=form, draft=False)


def test_an_emblem_is_drawn_anew_and_stands_in_both_forms(tmp_path: Path) -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "secret of the draughtsman")
    made = io.BytesIO()
    Image.new("RGBA", (400, 200), (0, 0, 0, 0)).save(made, "PNG", pnginfo=told)
    document = {**pack_of(), "logo": base64.b64encode(made.getvalue()).decode()}

    drawn = with_logo_redrawn(read_pack(document), scratch=tmp_path)
    content = sample(drawn.document())
    jpeg = base64.b64decode(drawn.logo or "")

    assert b"secret" not in jpeg
    with Image.open(io.BytesIO(jpeg)) as picture:
        # What was transparent is paper.
        assert (picture.format, picture.width, picture.getpixel((5, 5))) == ("JPEG", 320, (255, 255, 255))
    assert b"/Image" in render_referral(content, format="pdf", draft=False)
    written = docx.Document(io.BytesIO(render_referral(content, format="docx", draft=False)))
    assert [shape.height.mm for shape in written.inline_shapes] == [pytest.approx(18, abs=0.1)]
    spoilt = read_pack(document | {"logo": base64.b64encode(made.getvalue()[:60]).decode()})
    with pytest.raises(InvalidSubmission) as refused:
        with_logo_redrawn(spoilt, scratch=tmp_path)
    assert [problem.pointer for problem in refused.value.problems] == ["/logo"]
    svg = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>").decode()
    for wrong in (svg, "/etc/passwd", "https://x.test/logo.png", base64.b64encode(b"\x89PNG" * 200_000).decode()):
        assert problems_of(document | {"logo": wrong}) == {"/logo": "not_a_logo"}


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_a_letter_in_the_place_of_another_says_of_which(language: str) -> None:

    replaced = ReplacedLetter(reference="T/2026/7", dated=date(2026, 3, 9), is_withdrawn=False)
    said = {}
    for is_withdrawn in (False, True):
        content = replace(sample({"name": "None"}, language), replaces=replace(replaced, is_withdrawn=is_withdrawn))
        [line] = [text for text in paragraphs(content) if "T/2026/7" in text]
        assert "2026" in line.replace("T/2026/7", "")
        said[is_withdrawn] = line
        if language != "ar":
            assert bare(line) in bare(text_of(render_referral(content, format="pdf", draft=False)))
        assert '"reference":"T/2026/7","dated":"2026-03-09"' in content_json(content)
    assert said[False] != said[True]

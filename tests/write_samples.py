"""Writes the page images under docs/samples: ``python -m tests.write_samples``."""

import hashlib
import io
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from cases.choices import ReportKind
from cases.documents import render_referral, render_report
from cases.documents.fonts import FONT_FOLDER
from cases.tracing.content import CustodyStep, PhotoShown, ReferralContent
from tests.pdf_pages import pages_as_png
from tests.referral_samples import ITI_REQUEST, PANEL_REQUEST, PANEL_REQUEST_IN_FRENCH
from tests.report_samples import INITIAL, REPORT, SECOND

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "samples"
# Keeps an A4 page under 200 kB and still readable.
SCALE = 1.25
SAMPLES = (
    ("referral-en", PANEL_REQUEST, False),
    ("referral-fr", PANEL_REQUEST_IN_FRENCH, False),
    *(
        (f"referral-{language}", replace(PANEL_REQUEST, language=language), True)
        for language in ("es", "ru", "ar", "zh")
    ),
    ("referral-iti-en", ITI_REQUEST, True),
)
# Each kind of report once, by turns in the six languages.
REPORTS = (
    (ReportKind.COMMITTEE_INITIAL, "en"),
    (ReportKind.COMMITTEE_SECOND, "fr"),
    (ReportKind.OPPORTUNITY_TO_REPLY, "es"),
    (ReportKind.DISPOSAL_NOTICE, "ar"),
    (ReportKind.CASE_SUMMARY, "ru"),
    (ReportKind.PANEL_ANNEX, "zh"),
)
_MONO = FONT_FOLDER / "NotoSansMono_400Regular.ttf"
_WITH_PHOTOGRAPHS = ("referral-fr", "referral-ar")
# Parts that hardly any text shows: photographs with scale and digest, and who held what.
_PHOTO_SIZE = (1280, 860)
_CUSTODY = (
    CustodyStep(line=1, number=1, kind="collected", on="2013-01-23", holder="Coast guard of the coastal State"),
    CustodyStep(
        line=1, number=2, kind="sealed", on="2013-01-23", holder="Coast guard of the coastal State", seal="S-1"
    ),
    CustodyStep(line=2, number=1, kind="collected", on="2013-01-23", holder="Coast guard of the coastal State"),
)


def with_photographs(content: ReferralContent) -> tuple[ReferralContent, dict[str, bytes]]:
    """Return the letter with a drawn picture of two of its marks each, and the pictures by digest."""
    pictures = {1: _plate("05-2-07314"), 2: _plate("LOT 07-SBA-22")}
    digests = {line: hashlib.sha256(picture).hexdigest() for line, picture in pictures.items()}
    photos = tuple(
        PhotoShown(
            kind="photo", lines=(line,), sha256=digest, copy_sha256=digest, width_px=_PHOTO_SIZE[0],
            height_px=_PHOTO_SIZE[1], taken_at="2013-01-23 05:10",
        )
        for line, digest in digests.items()
    )  # fmt: skip
    shown = replace(content, photos=photos, custody=_CUSTODY)
    return shown, {digests[line]: picture for line, picture in pictures.items()}


def _plate(mark: str) -> bytes:
    """Return a drawing of a stamped plate beside a ruler of centimetres."""
    plate = Image.new("RGB", _PHOTO_SIZE, "#8d8f86")
    draw = ImageDraw.Draw(plate)
    draw.rounded_rectangle((120, 190, 1160, 560), 40, fill="#5f625c", outline="#42453f", width=10)
    draw.text((640, 375), mark, fill="#d7d8d2", anchor="mm", font=ImageFont.truetype(_MONO, 130))
    draw.rectangle((120, 680, 1160, 790), fill="#f2f2ee", outline="#222", width=3)
    for centimetre in range(11):
        left = 140 + centimetre * 100
        draw.line((left, 680, left, 735 if centimetre % 5 else 750), fill="#222", width=4)
        draw.text((left, 768), str(centimetre), fill="#222", anchor="mm", font=ImageFont.truetype(_MONO, 30))
    buffer = io.BytesIO()
    plate.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def main() -> None:
    """Replace the page images of the sample letters and reports."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("re*-*.png"):
        old.unlink()
    for name, content, draft in SAMPLES:
        shown, pictures = with_photographs(content) if name in _WITH_PHOTOGRAPHS else (content, {})
        _write(name, render_referral(shown, format="pdf", draft=draft, pictures=pictures))
    for kind, language in REPORTS:
        duty = SECOND if kind == ReportKind.COMMITTEE_SECOND else INITIAL
        report = replace(REPORT, kind=kind, duties=(duty,), record=replace(REPORT.record, language=language))
        _write(f"report-{kind.replace('_', '-')}-{language}", render_report(report, format="pdf", draft=True))


def _write(name: str, pdf: bytes) -> None:
    for number, page in enumerate(pages_as_png(pdf, scale=SCALE), start=1):
        (FOLDER / f"{name}-{number}.png").write_bytes(page)


if __name__ == "__main__":
    main()

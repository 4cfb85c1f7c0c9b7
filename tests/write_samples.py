"""Writes the page images under docs/samples: ``python -m tests.write_samples``."""

from dataclasses import replace
from pathlib import Path

from cases.documents import render_referral
from tests.pdf_pages import pages_as_png
from tests.referral_samples import ITI_REQUEST, PANEL_REQUEST, PANEL_REQUEST_IN_FRENCH

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


def main() -> None:
    """Replace the page images of the sample letters."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("referral-*.png"):
        old.unlink()
    for name, content, draft in SAMPLES:
        pages = pages_as_png(render_referral(content, format="pdf", draft=draft), scale=SCALE)
        for number, page in enumerate(pages, start=1):
            (FOLDER / f"{name}-{number}.png").write_bytes(page)


if __name__ == "__main__":
    main()

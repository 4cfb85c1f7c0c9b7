"""The process that opens pictures: `python -m cases.evidence.preview WHAT MEDIA_TYPE < picture`, in an empty folder.

A picture may have been made to break whoever opens it. So it is opened here and nowhere else: with little memory,
little time, no new processes, small files, and nothing in the environment. It leaves `report.json` and pictures drawn
anew from the pixels, in the folder where it was started.
"""

import json
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

MOST_MEMORY_BYTES: Final = 1_500_000_000
MOST_CPU_S: Final = 20
LARGEST_FILE_BYTES: Final = 300_000_000
# 100 megapixels in colour take 300 MB, twice that while a copy is made.
MOST_PIXELS: Final = 100_000_000
WIDTHS: Final = (320, 1280)
FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/tiff": "TIFF"}


class PictureRefused(Exception):
    """The picture is not opened; the message says why, without its content."""


def limit_this_process() -> None:
    """Give up what opening one picture does not need; cannot be taken back."""
    limits = {
        resource.RLIMIT_CPU: MOST_CPU_S,
        resource.RLIMIT_AS: MOST_MEMORY_BYTES,
        resource.RLIMIT_FSIZE: LARGEST_FILE_BYTES,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in limits.items():
        # Not every system bounds everything; the time limit of whoever started this holds anyway.
        with suppress(ValueError, OSError):
            resource.setrlimit(which, (most, most))


def main() -> int:
    """Draw previews (`preview`) or a copy without metadata (`copy`) of the picture on standard input."""
    limit_this_process()
    what, media_type = sys.argv[1:3]
    try:
        report = (
            draw_previews(sys.stdin.buffer, media_type)
            if what == "preview"
            else draw_copy(sys.stdin.buffer, media_type)
        )
    except PictureRefused as refused:
        report = {"problem": str(refused)}
    except MemoryError:
        report = {"problem": "it needs more memory than one picture is given"}
    except Exception as error:  # noqa: BLE001 - whatever the picture did, the report says no more than its kind
        report = {"problem": f"it cannot be read ({type(error).__name__})"}
    Path("report.json").write_text(json.dumps(report), encoding="utf-8")
    return 0


def draw_previews(source: BinaryIO, media_type: str) -> dict[str, Any]:
    """Draw small JPEG pictures, and report what the file states of itself."""
    from PIL import ImageOps  # noqa: PLC0415 - only after this process has been limited

    from cases.evidence.stated_facts import stated_facts  # noqa: PLC0415

    picture = _opened(source, media_type)
    size = {"width": picture.width, "height": picture.height}
    stated: dict[str, Any] = {}
    # A picture whose metadata are spoilt is a picture still.
    with suppress(Exception):
        stated = stated_facts(picture.getexif())
    for width in sorted(WIDTHS, reverse=True):
        picture.thumbnail((width, width))
        upright = _plain(ImageOps.exif_transpose(picture), has_transparency=False)
        upright.save(f"{width}.jpg", "JPEG", quality=82)
    return {"stated": stated | {"pixels": size}, "widths": list(WIDTHS)}


def draw_copy(source: BinaryIO, media_type: str) -> dict[str, Any]:
    """Draw the whole picture anew, upright, with nothing but its pixels."""
    from PIL import ImageOps  # noqa: PLC0415 - only after this process has been limited

    picture = ImageOps.exif_transpose(_opened(source, media_type))
    if media_type == "image/jpeg":
        _plain(picture, has_transparency=False).save("copy", "JPEG", quality=92)
        return {"media_type": "image/jpeg"}
    # What came without loss leaves without loss.
    _plain(picture, has_transparency=True).save("copy", "PNG")
    return {"media_type": "image/png"}


def _opened(source: BinaryIO, media_type: str) -> Any:
    from PIL import Image  # noqa: PLC0415 - only after this process has been limited

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    picture = Image.open(source, formats=[FORMATS[media_type]])
    if picture.width * picture.height > MOST_PIXELS:
        raise PictureRefused(f"{picture.width} × {picture.height} pixels are more than {MOST_PIXELS}")
    return picture


def _plain(picture: Any, *, has_transparency: bool) -> Any:
    """Return the pixels alone: no profile, comment, thumbnail or name goes along."""
    if picture.mode not in {"RGB", "L"}:
        keeps = has_transparency and ("A" in picture.mode or "transparency" in picture.info)
        if picture.mode.startswith(("I;16", "I", "F")):
            # Sixteen bits, as X-ray plates have: brought into the eight that any screen shows.
            low, high = picture.convert("I").getextrema()
            scale = 255 / max(high - low, 1)
            picture = picture.convert("I").point(lambda value: value * scale - low * scale).convert("L")
        else:
            picture = picture.convert("RGBA") if keeps else _on_paper(picture)
    picture.info = {}
    return picture


def _on_paper(picture: Any) -> Any:
    """Return the picture in colours alone: what was transparent is white, where it would turn black."""
    from PIL import Image  # noqa: PLC0415 - only after this process has been limited

    if "A" not in picture.mode and "transparency" not in picture.info:
        return picture.convert("RGB")
    drawn = picture.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    return paper.convert("RGB")


if __name__ == "__main__":
    sys.exit(main())

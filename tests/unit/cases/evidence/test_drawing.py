"""Pictures are opened by a process of their own; what it cannot do within its limits costs a preview and no more."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from cases.evidence.drawing import NotDrawn, draw_previews, drawn_copy
from tests.evidence_samples import DEVICE, REMARK, SERIAL, bomb, photograph, picture


def test_previews_are_small_upright_and_say_nothing(tmp_path: Path) -> None:
    drawn = draw_previews(_file(tmp_path, photograph()), "image/jpeg", scratch=tmp_path)

    assert sorted(drawn.previews) == [320, 1280]
    # Turned by its orientation, as the eye saw it.
    assert Image.open(io.BytesIO(drawn.previews[320])).size == (240, 320)
    assert Image.open(io.BytesIO(drawn.previews[1280])).size == (480, 640)
    for preview in drawn.previews.values():
        assert not any(secret.encode() in preview for secret in (DEVICE, SERIAL, REMARK, "2013:01:23"))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_what_the_file_states_is_read_and_the_missing_zone_stays_missing(tmp_path: Path, format: str) -> None:
    drawn = draw_previews(_file(tmp_path, photograph(format)), f"image/{format.lower()}", scratch=tmp_path)

    assert drawn.stated["taken_at"] == {"text": "2013:01:23 05:10:00", "zone": None}
    assert drawn.stated["position"] == {"latitude": 15.2, "longitude": 52.3, "fixed_at": "2013:01:23 02:10:00 UTC"}
    assert drawn.stated["device"] == {
        "make": DEVICE,
        "model": "Model Nine",
        "software": "Firmware 3",
        "serial_number": SERIAL,
    }
    assert sorted(drawn.stated["pixels"].values()) == [480, 640]


def test_a_picture_without_metadata_states_only_its_size(tmp_path: Path) -> None:
    drawn = draw_previews(_file(tmp_path, picture()), "image/jpeg", scratch=tmp_path)

    assert drawn.stated == {"pixels": {"width": 640, "height": 480}}


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(NotDrawn, match=r"pixels|DecompressionBomb"):
        draw_previews(_file(tmp_path, bomb()), "image/png", scratch=tmp_path)


def test_a_picture_that_is_cut_off_costs_its_preview(tmp_path: Path) -> None:
    with pytest.raises(NotDrawn, match="cannot be read"):
        draw_previews(_file(tmp_path, photograph()[:3000]), "image/jpeg", scratch=tmp_path)


def test_a_picture_of_another_kind_than_was_told_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(NotDrawn):
        draw_previews(_file(tmp_path, picture(format="TIFF")), "image/png", scratch=tmp_path)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_mode_of_a_picture_is_drawn(tmp_path: Path, mode: str) -> None:
    buffer = io.BytesIO()
    Image.new(mode, (50, 40)).save(buffer, "TIFF")

    assert draw_previews(_file(tmp_path, buffer.getvalue()), "image/tiff", scratch=tmp_path).previews


@pytest.mark.parametrize(
    ("format", "made"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/png"), ("TIFF", "image/png")]
)
def test_a_copy_for_release_holds_the_pixels_and_nothing_else(tmp_path: Path, format: str, made: str) -> None:
    original = photograph(format)
    assert all(secret.encode() in original for secret in (DEVICE, SERIAL, REMARK))

    with drawn_copy(_file(tmp_path, original), f"image/{format.lower()}", scratch=tmp_path) as (file, media_type):
        copy = file.read()

    assert media_type == made
    for trace in (DEVICE, SERIAL, REMARK, "2013:01:23", "Exif", "ICC_PROFILE", "iCCP", "eXIf", "Photoshop", "http"):
        assert trace.encode() not in copy
        assert trace.encode("utf-16-le") not in copy
    image = Image.open(io.BytesIO(copy))
    assert image.size == (480, 640)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_nothing_is_left_in_the_scratch_folder(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    draw_previews(_file(tmp_path, picture()), "image/jpeg", scratch=scratch)
    with pytest.raises(NotDrawn):
        draw_previews(_file(tmp_path, bomb()), "image/png", scratch=scratch)

    assert list(scratch.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bound less; the time limit holds there")
@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param("bytearray(2_000_000_000)", id="memory"),
        pytest.param("open('large', 'wb').truncate(400_000_000)", id="a large file"),
        pytest.param("[open('/dev/null') for _ in range(100)]", id="many files"),
    ],
)
def test_the_process_that_opens_pictures_cannot_take_much(tmp_path: Path, attempt: str) -> None:
    program = f"from cases.evidence.preview import limit_this_process as limit; limit(); {attempt}; print('taken')"

    process = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=False)

    assert process.returncode != 0
    assert b"taken" not in process.stdout


def _file(folder: Path, content: bytes) -> io.BufferedReader:
    path = folder / "picture"
    path.write_bytes(content)
    return path.open("rb")

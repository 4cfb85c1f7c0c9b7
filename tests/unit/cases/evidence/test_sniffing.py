import pytest

from cases.evidence.sniffing import CSV, DICOM, DOCX, HEIC, JPEG, MP4, PDF, PNG, TEXT, TIFF, WEBP, XLSX, ZIP, sniff
from tests.evidence_samples import office_file, picture, zip_bomb


def told(content: bytes) -> str:
    return sniff(content[:65536], content[-65536:]).media_type


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(picture(), JPEG, id="jpeg"),
        pytest.param(picture(format="PNG"), PNG, id="png"),
        pytest.param(picture(format="WEBP"), WEBP, id="webp"),
        pytest.param(picture(format="TIFF"), TIFF, id="tiff"),
        pytest.param(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", HEIC, id="heic"),
        pytest.param(b"\0\0\0\x18ftypisom\0\0\2\0isommp41", MP4, id="mp4"),
        pytest.param(b"%PDF-1.7\n", PDF, id="pdf"),
        pytest.param(b"\0" * 128 + b"DICM" + b"\2\0\0\0", DICOM, id="dicom"),
        pytest.param(office_file("word/document.xml"), DOCX, id="word"),
        pytest.param(office_file("xl/workbook.xml"), XLSX, id="excel"),
        pytest.param(zip_bomb(), ZIP, id="archive"),
        pytest.param("Хранится на складе".encode(), TEXT, id="cyrillic text"),
        pytest.param("箱号 12".encode("utf-16"), TEXT, id="wide text"),
        pytest.param(b"container,seal\nCSQU3054383,A17\n", CSV, id="table"),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, media_type: str) -> None:
    assert told(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", id="drawing"),
        pytest.param(b"<?xml version='1.0'?><svg/>", id="drawing with prologue"),
        pytest.param(b"  <!DOCTYPE html><html><script>1</script>", id="page"),
        pytest.param(b"\xef\xbb\xbf<html>", id="page behind a byte order mark"),
        pytest.param(b"MZ\x90\0" + b"\0" * 80, id="program for Windows"),
        pytest.param(b"\x7fELF\2\1\1" + b"\0" * 80, id="program for Linux"),
        pytest.param(b"#!/bin/sh\n\x00", id="script with a zero"),
        pytest.param(b"GIF89a" + b"\1" * 20, id="picture off the list"),
        pytest.param(b"\0\0\0\x18ftypqt  \0\0\0\0qt  ", id="film off the list"),
        pytest.param(b"\xff\xfe\xfd" * 20, id="noise"),
        pytest.param(b"\0", id="one byte"),
    ],
)
def test_what_is_not_on_the_list_is_opaque(content: bytes) -> None:
    assert told(content) == "application/octet-stream"


def test_an_opaque_file_says_what_it_resembles() -> None:
    assert "Windows" in sniff(b"MZ\x90\0" + b"\0" * 80, b"").looks_like


def test_text_cut_off_within_a_character_is_text() -> None:
    assert told(("я" * 40_000).encode()[: 65536 - 1]) == TEXT

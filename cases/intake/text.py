"""Text as people type and paste it, made storable without changing what it says."""

import re
import unicodedata

from cases.intake.problems import refusal

# Names, places, numbers; longer than any seen, shorter than what hides a document in a field.
LONGEST_LINE = 500
LONGEST_STORY = 20_000
LONGEST_WORD = 64

# PostgreSQL cannot store NUL, and UTF-8 cannot carry half a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BREAKS = re.compile(r"[\t\n\r\u2028\u2029]+")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_]*")


def storable(text: str) -> str:
    """Return the text without NUL, and with stray surrogates shown as the replacement character."""
    if text.isascii() and "\x00" not in text:
        return text
    return _UNSTORABLE.sub(lambda found: "" if found[0] == "\x00" else "\ufffd", text)


def read_line(value: object) -> str | None:
    """Return one line of text in NFC, trimmed; None when blank."""
    text = _required_text(value, LONGEST_LINE)
    if not (text.isascii() and text.isprintable()):
        text = _composed(_CONTROLS.sub("", _BREAKS.sub(" ", text)))
    return text.strip() or None


def read_story(value: object) -> str | None:
    """Return text of several lines in NFC, trimmed; None when blank."""
    text = _required_text(value, LONGEST_STORY)
    if not (text.isascii() and text.isprintable()):
        text = _composed(_CONTROLS.sub("", text))
    return text.strip() or None


def read_verbatim(value: object) -> str | None:
    """Return a marking exactly as transcribed, spaces included; None when empty."""
    return storable(_required_text(value, LONGEST_LINE)) or None


def read_word(value: object) -> str | None:
    """Return a word of an open vocabulary in lower snake case where it can be; else the text as it is."""
    text = read_line(value)
    if text is None:
        return None
    if len(text) > LONGEST_WORD:
        raise refusal("text_too_long", length=len(text), limit=LONGEST_WORD)
    if _SLUG.fullmatch(text):
        return text
    slug = text.lower().replace(" ", "_").replace("-", "_")
    return slug if _SLUG.fullmatch(slug) else text


def _required_text(value: object, limit: int) -> str:
    if not isinstance(value, str):
        raise refusal("not_text")
    if len(value) > limit:
        raise refusal("text_too_long", length=len(value), limit=limit)
    return value


def _composed(text: str) -> str:
    # After the controls are gone: one between a letter and its accent would keep them apart.
    return unicodedata.normalize("NFC", storable(text))

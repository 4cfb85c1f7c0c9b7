"""Names of files: shown, offered for saving, and never used as a path."""

import re
import unicodedata
from typing import Final

LONGEST_NAME: Final = 200
# Controls, and marks that turn the direction of what follows: "gpj.exe" must not read as "exe.jpg".
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_SEPARATORS: Final = re.compile(r"[/\\]+")
# What some systems read as a device, a stream or a wildcard.
_UNFIT: Final = re.compile(r'[<>:"|?*]')
UNNAMED: Final = "unnamed"
OPAQUE: Final = "application/octet-stream"


def shown_name(given: str) -> str:
    """Return a name as it is shown: its last part, in NFC, without what does not show; long ones keep their ending."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", given))
    text = _SEPARATORS.split(text.rstrip("/\\ "))[-1]
    text = _UNFIT.sub("_", text).strip().lstrip(".").strip()
    if len(text) > LONGEST_NAME:
        stem, dot, ending = text.rpartition(".")
        ending = dot + ending if dot and len(ending) <= 10 else ""
        text = (stem or text)[: LONGEST_NAME - len(ending) - 1] + "…" + ending
    return text or UNNAMED


def saved_name(name: str, media_type: str) -> str:
    """Return the name under which a file is offered for saving; what may be a program does not start by a click."""
    return f"{name}.bin" if media_type == OPAQUE else name

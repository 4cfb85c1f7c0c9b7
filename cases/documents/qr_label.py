"""Labels: a code as a QR symbol that a scanner reads, with the same code in letters where the form has room."""

import io
from datetime import date
from typing import Final, Literal

import segno

from cases.documents.typesetting import typeset

LabelFormat = Literal["png", "svg", "pdf"]
FORMATS: Final = ("png", "svg", "pdf")
# A quarter of the symbol may be scratched or soiled, and it is still read.
ERROR_CORRECTION: Final = "Q"
# Pixels to a module: at 300 dots to an inch two centimetres across, which a telephone reads from a shelf.
SCALE: Final = 8
# PDF/A wants a day, and a label has none.
_UNDATED: Final = date(1970, 1, 1)


def render_label(code: str, *, format: LabelFormat) -> bytes:
    """Return the label: it holds the opaque code and no fact. The same bytes for the same code."""
    symbol = segno.make_qr(code, error=ERROR_CORRECTION)
    if format == "pdf":
        return typeset("label.typ", data={"code": code, "symbol": _svg(symbol)}, dated=_UNDATED)
    if format == "svg":
        return _svg(symbol).encode()
    target = io.BytesIO()
    symbol.save(target, kind="png", scale=SCALE)
    return target.getvalue()


def _svg(symbol: segno.QRCode) -> str:
    target = io.BytesIO()
    symbol.save(target, kind="svg", xmldecl=True, scale=SCALE)
    return target.getvalue().decode()

"""The fonts of the documents: which faces, and where they are kept once `make setup` has copied them."""

from pathlib import Path

FONT_FOLDER = Path(__file__).resolve().parent / "fonts"

# npm package of @expo-google-fonts → the faces taken from it. Amiri: Noto's Arabic faces give a broken text layer.
FACES: dict[str, tuple[str, ...]] = {
    "noto-serif": ("400Regular", "400Regular_Italic", "700Bold"),
    "noto-sans": ("400Regular", "700Bold"),
    "noto-sans-mono": ("400Regular",),
    "amiri": ("400Regular", "700Bold"),
    "noto-sans-sc": ("400Regular", "700Bold"),
}

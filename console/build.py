"""Copies what browsers load from the npm packages into the static files, each with a compressed twin.

Run as ``python -m console.build`` by ``make setup``; a second run only compares digests.
"""

import gzip
import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = CHECKOUT / "console" / "static" / "console" / "vendor"
_ADAPTER: Final = "terra-draw-maplibre-gl-adapter"
# By the name under which pages load it; one that names another package names the copy beside it instead.
FILES: Final[Mapping[str, str]] = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "maplibre-gl.mjs": "maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre-gl-worker.mjs": "maplibre-gl/dist/maplibre-gl-worker.mjs",
    "maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
    "dexie.mjs": "dexie/dist/modern/dexie.min.mjs",
    "fflate.mjs": "fflate/esm/browser.js",
    # They name one another beside them.
    **{
        f"geodesy/{name}.js": f"geodesy/{name}.js"
        for name in ("dms", "latlon-ellipsoidal", "latlon-ellipsoidal-datum", "mgrs", "utm", "vector3d")
    },
    "terra-draw.mjs": "terra-draw/dist/terra-draw.modern.js",
    "h3.mjs": "h3-js/dist/browser/h3-js.es.js",
    f"{_ADAPTER}.mjs": f"{_ADAPTER}/dist/{_ADAPTER}.modern.js",
}
_BARE: Final = {'from"terra-draw"': 'from"./terra-draw.mjs"'}


class BrowserLibraryMissing(Exception):
    """A package has not been installed, or no longer holds the file."""


def build(packages: Path = CHECKOUT / "node_modules", folder: Path = FOLDER) -> bool:
    """Copy the libraries and write their digests; return whether anything was to do. Raises BrowserLibraryMissing."""
    contents = {name: _content(packages / source) for name, source in FILES.items()}
    manifest = {name: "sha256:" + hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    if _is_current(folder, manifest):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
        # What is served compressed; no moment of writing in it, so that it is the same everywhere.
        (folder / f"{name}.gz").write_bytes(gzip.compress(content, mtime=0))
    # Written last: a run that was cut short is done again.
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    return True


def _content(source: Path) -> bytes:
    if not source.is_file():
        raise BrowserLibraryMissing(f"{source} is missing; run `make setup`.")
    # Names of packages mean nothing to a browser, and source maps are not served.
    text = "\n".join(line for line in source.read_text().split("\n") if not line.startswith("//# sourceMappingURL"))
    for bare, beside in _BARE.items():
        text = text.replace(bare, beside)
    return text.encode()


def _is_current(folder: Path, manifest: Mapping[str, str]) -> bool:
    try:
        recorded = json.loads((folder / "manifest.json").read_text())
    except FileNotFoundError:
        return False
    return bool(recorded == manifest) and all(
        (folder / name).is_file() and (folder / f"{name}.gz").is_file() for name in manifest
    )


def main() -> int:
    """Copy the libraries and say so."""
    done = build()
    sys.stderr.write("browser libraries: copied\n" if done else "browser libraries: as recorded\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Documents fail the build when they name what no longer exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("backend", "cases", "console", "geo", "workers")


def source() -> str:
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_function_named_in_the_flow_exists():
    flow = (ROOT / "docs/flow.md").read_text(encoding="utf-8")
    defined = set(re.findall(r"^\s*(?:async )?def (\w+)\(", source(), re.MULTILINE))

    named = set(re.findall(r"\b([a-z_]+)\(\)", flow))
    assert len(named) > 15
    assert named - defined == set()


def test_every_file_named_in_the_flow_and_the_readme_exists():
    for document in ("docs/flow.md", "README.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        paths = re.findall(r"\b((?:backend|cases|console|geo|workers|docs|tests)/[\w./-]+\.(?:py|md|yaml|png))\b", text)
        assert [path for path in paths if not (ROOT / path).exists()] == [], document


def test_every_test_named_in_the_threat_model_exists():
    model = (ROOT / "docs/threat_model.md").read_text(encoding="utf-8")
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    defined = set(re.findall(r"^def (test_\w+)\(", "\n".join(map(_read, files)), re.MULTILINE))

    named = set(re.findall(r"`(test_\w+)`", model))
    assert len(named) > 30
    assert named - defined == set()


def test_glossary_words_of_the_models_are_the_words_of_the_models():
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").lower()

    for word in (
        "incident",
        "seized item",
        "marking",
        "finding",
        "screening run",
        "trace referral",
        "regime",
        "measure",
    ):
        assert f"**{word}**" in glossary


def test_no_text_of_the_program_speaks_of_a_violation():
    """The program finds; a person decides. Only the denial itself may use the word."""
    allowed = {"README.md", "docs/flow.md"}
    speaking = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "cases").rglob("*.typ")]:
        name = str(path.relative_to(ROOT))
        if (
            name not in allowed
            and "node_modules" not in name
            and re.search(r"violat", path.read_text(encoding="utf-8"), re.IGNORECASE)
        ):
            speaking.append(name)
    assert [name for name in speaking if not name.startswith("docs/decisions/")] == []

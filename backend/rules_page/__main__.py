"""Write docs/rules.md; with --check, only say whether the committed page is out of date."""

import sys
from pathlib import Path

from backend.rules_page.golden import golden_cases
from backend.rules_page.page import rules_page
from cases.regimes.loader import load_rulebook

PAGE = Path(__file__).resolve().parents[2] / "docs/rules.md"


def main(arguments: list[str]) -> int:
    """Write the page, or compare it; 1 where it differs."""
    text = rules_page(load_rulebook(), golden_cases())
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write("docs/rules.md is out of date: run make rules and read the difference.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

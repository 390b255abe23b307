# Every habit, one word each. `make help` lists them.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
SERVE ?= 1

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-14s %s\n", $$1, $$2}'

.venv/installed: requirements/dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Vangnet needs Python 3.11 or newer.") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.lock 2> >(grep -v 'is ignored: it is neither' >&2)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2> >(grep -v 'is ignored: it is neither' >&2)
	@$(BIN)/pip check --disable-pip-version-check >/dev/null || $(BIN)/pip check --disable-pip-version-check
	@touch .venv/installed

install: .venv/installed ## a virtual environment with hashed packages and Vangnet itself

demo: install ## an invented world, one encounter through the whole chain, then the site (SERVE=0 ends after the summary)
	$(BIN)/vangnet demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve,)

run: install ## the site on the existing database
	$(BIN)/vangnet serve --port $(PORT)

test: install ## the whole suite on SQLite: no server, no browser
	rm -f .coverage .coverage.*
	env -u DATABASE_URL $(BIN)/python -m pytest -n 2 --cov --cov-report= tests
	$(BIN)/python tests/gates.py
	@echo "Left to make test-postgres: what needs two writers or the other database. Left to make journeys: what needs a browser."

test-postgres: install ## the same suite and the two-writer tests on a real PostgreSQL server
	tests/on-postgres $(BIN)/python -m pytest -n 2 tests

lint: install ## style, spelling, import contracts, dependencies, licences, migrations, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --target-version 5.2 --check $$(git ls-files 'src/*.html')
	$(BIN)/codespell docs README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md  # the sources hold Dutch sentences too
	$(BIN)/lint-imports
	$(BIN)/deptry src
	$(BIN)/reuse --no-multiprocessing lint --quiet || $(BIN)/reuse --no-multiprocessing lint
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python tests/house/messages.py

types: install ## mypy --strict
	$(BIN)/mypy

journeys: install ## real browser: officer, desk, youth protection; axe; nl and en, light and dark, offline
	VANGNET_JOURNEYS=1 $(BIN)/python -m pytest tests/journeys -p no:randomly

api: install ## rewrite the OpenAPI document and try it with schemathesis
	$(BIN)/vangnet openapi > docs/reference/openapi.json.new
	mv docs/reference/openapi.json.new docs/reference/openapi.json
	$(BIN)/python tests/docs/reference.py
	$(BIN)/python -m pytest tests/site/api -p no:randomly

docs: install ## build the documents, warnings are errors; every code block is run
	$(BIN)/sphinx-build -W -q -b html docs docs/_build
	$(BIN)/python -m pytest tests/docs -p no:randomly

deep: install ## mutation testing of the pure rules, hypothesis at depth, PostgreSQL, benches
	tests/mutation
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -n 2 tests/knowledge tests/trust
	$(BIN)/vangnet bench coverage
	$(BIN)/vangnet bench chain
	$(MAKE) test-postgres bench

bench: install ## the promises about speed on both databases, beside an empty page in the same run (SMOKE=1: quickly)
	env -u DATABASE_URL $(BIN)/vangnet bench intake $(if $(SMOKE),--encounters 300 --rounds 60,--keep)
	$(BIN)/vangnet bench estimate
	$(if $(SMOKE),,KEEP=var/bench/server tests/on-postgres $(BIN)/vangnet bench intake --keep)

lock: ## maintainers: relock (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements/app.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --extra postgres --group dev -o requirements/dev.lock

messages: install ## maintainers: find the words of the pages and compile the translations
	$(BIN)/python tests/house/messages.py --write

check: lint types test api docs ## what a developer runs before pushing

.PHONY: help install demo run test test-postgres lint types journeys api docs deep bench lock messages check

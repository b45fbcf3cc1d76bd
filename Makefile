# Two commands need nothing but Python 3.11+ and make: `make demo` and `make test`.
PYTHON ?= python3
PORT ?= 8000
UPGRADE ?=
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test run lint fmt lock bench clean
.DEFAULT_GOAL := help

help: ## Say what can be made.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

$(VENV)/runs: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/tests: requirements.txt requirements-dev.txt $(VENV)/runs
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

demo: $(VENV)/runs ## Show the dashboard with a simulated SkinsBack; PORT=8123 for another port.
	@$(BIN)/python -m dashboard.demo --port $(PORT)

run: $(VENV)/runs ## Run the real thing, from the settings in the environment or in .env.
	$(BIN)/flask --app wsgi db upgrade
	PATH="$(CURDIR)/$(BIN):$$PATH" PORT=$(PORT) $(BIN)/honcho --no-colour start $(if $(filter-out file,$(origin PORT)),-p $(PORT))

test: $(VENV)/tests ## Run the tests; those that need PostgreSQL or Chromium say so when they are skipped.
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/tests ## Check style, formatting and types.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fmt: $(VENV)/tests ## Put the code into the house's format.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Every version is fixed and comes with its digests, which pip checks. One file after the other: the second keeps to the
# versions of the first.
lock: $(VENV)/runs ## Write the lock files anew from requirements*.in; UPGRADE=--upgrade takes newer indirect ones.
	$(BIN)/pip install --quiet --disable-pip-version-check pip-tools==7.6.2
	set -e; for name in requirements requirements-dev; do \
	  CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --generate-hashes --strip-extras \
	    --no-emit-index-url --no-emit-find-links $(UPGRADE) --output-file $$name.txt $$name.in; \
	done

bench: $(VENV)/tests ## Measure speed and memory; takes some minutes.
	$(BIN)/python -m bench

clean: ## Remove what was made, the demo's database included.
	rm -rf $(VENV) .demo .pytest_cache .mypy_cache .ruff_cache .hypothesis

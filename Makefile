# Two commands need nothing but Python 3.11+ and make: `make demo` and `make test`.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test run lint fmt bench clean
.DEFAULT_GOAL := help

help: ## Say what can be made.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

$(VENV)/runs: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/tests: requirements.txt requirements-dev.txt $(VENV)/runs
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
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

bench: $(VENV)/tests ## Measure speed and memory; takes some minutes.
	$(BIN)/python -m bench

clean: ## Remove what was made, the demo's database included.
	rm -rf $(VENV) .demo .pytest_cache .mypy_cache .ruff_cache .hypothesis

# make demo   saved articles in, a table of records out
# make test   the whole suite         make lint    every check that reads the code
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint format lock schema accuracy weights clean

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --require-virtualenv
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

help:
	@echo "make demo     saved articles in, a table of records out (sets everything up)"
	@echo "make test     the whole suite"
	@echo "make lint     ruff, mypy --strict, the layers of the imports"
	@echo "make format   lay the code out"
	@echo "make schema   write schemas/ anew from the models"
	@echo "make accuracy how right the records are on documents the models never saw (minutes)"
	@echo "make weights  learn the linker's weights anew (minutes)"
	@echo "make lock     write the locks of the dependencies anew"
	@echo "make clean    remove the environment, caches and the demo's records.db"

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "govreq needs Python 3.11 or newer; $(PYTHON) is not. Name one: make demo PYTHON=python3.12" >&2; \
		exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/.created
	@echo "Installing the locked packages into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing the locked development packages into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.installed
	@$(BIN)/govreq extract fixtures/pages --db records.db --format table
	@echo
	@echo "The records are in records.db. Next:"
	@echo "  $(BIN)/govreq extract YOUR_PAGES -o records.jsonl   your own saved articles"
	@echo "  $(BIN)/govreq extract --help                        every option"

test: $(VENV)/.installed-dev
	$(BIN)/pytest -n auto

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy pipeline tests
	for folder in benchmarks/*/; do MYPYPATH=$$folder $(BIN)/mypy $$folder || exit 1; done
	$(BIN)/lint-imports --no-cache

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

schema: $(VENV)/.installed
	$(BIN)/govreq schema --write schemas

lock: $(VENV)/.installed-dev
	$(LOCK) --group build pyproject.toml --output-file requirements.lock
	$(LOCK) --group build --group dev --constraint requirements.lock pyproject.toml \
		--output-file requirements-dev.lock

# One thread: the trees of these small sets are learned faster so, and the same on every machine.
accuracy: $(VENV)/.installed-dev
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/accuracy/accuracy.py

weights: $(VENV)/.installed-dev
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/accuracy/train.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build
	rm -f records.db records.db-wal records.db-shm records.db.ledger records.jsonl records.jsonl.ledger

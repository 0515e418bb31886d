# Two commands matter: `make audit` and `make test`. Everything lives in .venv/.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: help setup servers audit publish test check bench clean

help:            ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t 10

setup: $(STAMP)  ## create .venv/ with pinned dependencies, and find or fetch a browser

$(STAMP): pyproject.toml requirements.lock scripts/setup
	@PYTHON=$(PYTHON) sh scripts/setup
	@touch $@

servers:         ## install the real servers that some tests run against (Debian as root); without them they skip
	@PYTHON=$(PYTHON) sh scripts/servers

audit: setup     ## audit the shipped scenarios in the built-in lab, print the matrix, write the site
	@$(BIN)/linkprobe audit --check-truth
	@$(BIN)/linkprobe publish --out site

publish: setup   ## write the site of the latest round to site/
	@$(BIN)/linkprobe publish --out site

test: setup check  ## lint, types, and the whole test suite with coverage of the pure layers
	@sh scripts/test

check: setup     ## ruff and mypy only
	@$(BIN)/ruff format --check --quiet linkprobe tests bench conftest.py
	@$(BIN)/ruff check --quiet linkprobe tests bench conftest.py
	@$(BIN)/mypy

bench: setup     ## the ratios the README quotes
	@for b in http browser audit delay worlds; do $(BIN)/python -m bench.$$b || exit 1; done

clean:           ## remove the environment and caches; results stay
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .coverage* .hypothesis

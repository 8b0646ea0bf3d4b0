# Everything runs from the project's own .venv, made from uv.lock; see tools/bootstrap.py.
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
NEEDS_PYTHON := $(PYTHON) tools/bootstrap.py --without-tesseract
NEEDS_ALL := $(PYTHON) tools/bootstrap.py
# An environment the caller has activated is none of this project's.
unexport VIRTUAL_ENV
unexport PYTHONHOME
unexport PYTHONPATH
# Without it every run, lane and server would compile all that it imports, each time it starts.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo dev test faults fuzz check format bench calibrate hooks install

help: ## Say what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16
	@echo '  Options go into ARGS: make demo ARGS="--count 30"; make test ARGS="-k ledger"'

install: ## Install what is missing: the locked .venv, Tesseract
	@$(NEEDS_ALL)

demo: ## See sample documents go from upload to a settled record
	@$(NEEDS_ALL)
	@$(BIN)/credmate demo $(ARGS)

dev: ## The same system up, empty, for your own files
	@$(NEEDS_ALL)
	@$(BIN)/credmate up $(ARGS)

test: ## Run the tests
	@$(NEEDS_ALL) --with-browser
	@$(BIN)/python -m pytest $(ARGS)

faults: ## Break the running system, fault by fault, and see who is told
	@$(NEEDS_ALL)
	@$(BIN)/python -m pytest -m faults -p no:randomly -n0 credmate_pipeline_tests/faults $(ARGS)

fuzz: ## Try 20 times (CREDMATE_FUZZ) as much random and mutated input as the tests
	@$(NEEDS_ALL)
	@CREDMATE_FUZZ=$${CREDMATE_FUZZ:-20} $(BIN)/python -m pytest credmate_pipeline_tests/fuzz $(ARGS)

check: ## Check format, lint, types, import contracts, lock file
	@$(NEEDS_PYTHON)
	@$(BIN)/python tools/check.py

format: ## Format the code and mend what ruff can
	@$(NEEDS_PYTHON)
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

bench: ## Measure speed against bare Tesseract, and what the second look costs and wins
	@$(NEEDS_ALL)
	@$(BIN)/python benchmarks/throughput.py --long $(ARGS)
	@$(BIN)/python benchmarks/second_look.py

calibrate: ## Fit the confidence of fields anew on drawn samples
	@$(NEEDS_ALL)
	@$(BIN)/credmate calibrate $(ARGS)

hooks: ## Run the checks before each commit
	@$(NEEDS_PYTHON)
	@$(BIN)/prek install

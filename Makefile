# Needs only Python >= 3.11 and make. `make run` and `make test` set up all the rest in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help install run test slow-test fuzz crash-test check format bench lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /: /' | column -t -s:

install: $(VENV)/installed ## set up .venv/bin/parley

run: install ## start the bot: on Telegram where PARLEY_TELEGRAM_TOKEN is set, else in the terminal
	@$(BIN)/parley run

test: $(VENV)/installed-dev ## run the tests
	@$(BIN)/python -m compileall -q bot tests
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not slow"

slow-test: $(VENV)/installed-dev ## run the tests that take long: a wheel installed from nothing, long lives with kills
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m slow

fuzz: $(VENV)/installed-dev ## send the bot 10,000 random and hostile updates; FUZZ_SEED=N sends the same again
	FUZZ_UPDATES=10000 $(BIN)/python -m pytest -q tests/robustness/test_fuzz.py

crash-test: $(VENV)/installed-dev ## kill the bot again and again while it answers and while it delivers; CRASH_SEED=N at the same moments again
	CRASH_KILLS=50 $(BIN)/python -m pytest -q tests/robustness/test_crash.py
	CRASH_KILLS=100 $(BIN)/python -m pytest -q tests/robustness/test_crash_delivery.py

check: $(VENV)/installed-dev ## lint, format, types, layers, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/parley check content/

format: $(VENV)/installed-dev ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv-bench/installed ## measure, beside stock echo bots; takes some minutes
	.venv-bench/bin/python -m bench

lock: $(VENV)/installed-dev ## renew the lock files after a change of dependencies (needs uv)
	uv pip compile pyproject.toml --group build --group weights --universal --python-version 3.11 --generate-hashes --no-header --annotation-style line --quiet -o requirements.lock
	uv pip compile pyproject.toml --group dev --group weights --universal --python-version 3.11 --generate-hashes --no-header --annotation-style line --quiet -o requirements-dev.lock
	uv pip compile pyproject.toml --group dev --group bench --group weights --universal --python-version 3.11 --generate-hashes --no-header --annotation-style line --quiet -o requirements-bench.lock

clean: ## remove what was set up
	rm -rf $(VENV) .venv-bench

# A stamp stands only where all of its steps succeeded, so that an interrupted set-up is done again.
$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Parley needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --no-deps -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q bot
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

.venv-bench/installed: requirements-bench.lock pyproject.toml
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes --no-deps -r requirements-bench.lock
	.venv-bench/bin/python -m pip --quiet --disable-pip-version-check install --no-deps --no-build-isolation -e .
	@touch $@

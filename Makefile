# make dev and make test are all a newcomer needs; both set up what they need first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements-dev.lock
# One more worker than cores: tests wait for timeouts and for processes to end.
WORKERS := $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
# The order of files is tests/conftest.py's.
TEST_OPTIONS ?= -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: help setup dev test test-full test-postgres15 lint types contracts reference docs check bench bench-advice bench-forecast soak lock

help: ## Show the targets
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

# The stamp carries the lock's checksum, so that a second set-up is instant and a new lock is seen.
STAMP := $(VENV)/.installed-$(shell cksum $(LOCK) pyproject.toml | cksum | cut -d' ' -f1)

setup: $(STAMP) ## Fill .venv from the lock, and compile our modules
	@# Where PYTHONDONTWRITEBYTECODE is set, each process would compile them again.
	@$(BIN)/python -m compileall -q maint_pipeline tests benchmarks

$(STAMP):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "maint_pipeline needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| { echo "Python's venv module is missing: install python3-venv (Debian, Ubuntu)."; exit 2; }
	@echo "Installing locked dependencies into $(VENV) (once, about a minute) ..."
	@$(PYTHON) -m venv $(VENV)
	@# The lock is whole, so nothing is left to resolve (and pip stumbles over hashes with extras).
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(LOCK)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.installed-* && touch $@

dev: setup ## Start everything: embedded PostgreSQL, sample data, Dagster UI and daemon
	@exec $(BIN)/maint dev $(if $(PORT),--port $(PORT))

test: setup ## The tests for daily work, in five minutes: all but those marked full
	@$(BIN)/python -m pytest -m "not full" $(TEST_OPTIONS)

test-full: setup ## All tests that this machine can run: also in bulk, with kills, with maint dev and a browser
	@tests/once_more.sh $(BIN)/python -m pytest $(TEST_OPTIONS)

test-postgres15: setup ## What depends on the server's version, on Debian's PostgreSQL 15 where it is installed
	@tests/debian15.sh tests/once_more.sh $(BIN)/python -m pytest -m "not any_version" $(TEST_OPTIONS) tests/integration

lint: setup ## Style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup ## mypy --strict
	@$(BIN)/mypy

contracts: setup ## Import directions
	@$(BIN)/lint-imports

reference: setup ## Write docs/reference.md and docs/checks.md from the code
	@$(BIN)/python docs/generate_reference.py

docs: setup ## Whether the reference is what the code says
	@$(BIN)/python docs/generate_reference.py --check

check: lint types contracts docs test-full test-postgres15 ## All of CI's checks

bench: setup ## Benchmarks, each side by side with what a user would do instead
	@$(BIN)/python -m benchmarks.command_line
	@$(BIN)/python -m benchmarks.idle
	@$(BIN)/python -m benchmarks.launch
	@$(BIN)/python -m benchmarks.small
	@$(BIN)/python -m benchmarks.failures
	@$(BIN)/python -W ignore -m benchmarks.guard
	@$(BIN)/python -m benchmarks.backups
	@$(BIN)/python -m benchmarks.checks
	@$(BIN)/python -m benchmarks.history
	@$(BIN)/python -m benchmarks.fleet
	@$(BIN)/python -m benchmarks.purge
	@$(BIN)/python -m benchmarks.large
	@$(BIN)/python -m benchmarks.beside

bench-advice: setup ## What advice is worth, beside the rules of other advisers
	@$(BIN)/python -m benchmarks.advice
	@$(BIN)/python -m benchmarks.advice.stars
	@$(BIN)/python -m benchmarks.advice.hundred

bench-forecast: setup ## Forecasts of sizes on made-up histories, beside a robust line; 10,000 tables: two minutes
	@$(BIN)/python -m benchmarks.forecast $(SEEDS)
	@$(BIN)/python -m benchmarks.many_tables

bench-hours: setup ## Learned hours on made-up loads, beside a fixed hour and one who knows: two minutes
	@$(BIN)/python -m benchmarks.hours $(SEED)

soak: setup ## Break things at random and check every row: a short form; COUNT=10000 [SECONDS=3600] [SEED=1] [PARTS="kills mails"]
	@nice -n 15 $(BIN)/python -m tests.soak $(PARTS) $(if $(COUNT),--count $(COUNT)) \
		$(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED))

lock: setup ## Renew the locks from pyproject.toml (needs uv on the PATH)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade --extra local pyproject.toml -c requirements-dev.lock -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade --extra celery pyproject.toml -c requirements-dev.lock -o requirements-celery.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade --extra kubernetes pyproject.toml -c requirements-dev.lock \
		-o requirements-kubernetes.lock

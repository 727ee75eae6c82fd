# `make run` and `make test` are all a newcomer needs; both begin with `make setup`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup run test lint bench bench-matching bench-tips faults faults-short lock clean

setup: .venv/.complete

# Filled anew whenever the pinned versions or the project's own metadata change.
.venv/.complete: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; try: make PYTHON=python3.11 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup
	$(BIN)/lvm try

test: setup
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/lvm check

bench: setup
	$(BIN)/python benchmarks/run.py

# In a venv of its own, so that the peers it measures beside stay out of the product's.
bench-matching: .venv-bench/.complete
	.venv-bench/bin/python -m benchmarks.matching

.venv-bench/.complete: requirements-bench.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-bench.txt
	@touch $@

# With a million subscribers, on a file and on a PostgreSQL server of its own.
bench-tips: setup
	$(BIN)/python -m benchmarks.tips

# What the daily tip promises, tried against faults: half an hour, and what CI has time for.
faults: setup
	$(BIN)/python -m benchmarks.faults

faults-short: setup
	$(BIN)/python -m benchmarks.faults --short

# Writes the requirements files: versions and hashes only, no address of any index.
lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --group bench -c requirements.txt pyproject.toml -o requirements-bench.txt

clean:
	rm -rf .venv .venv-bench

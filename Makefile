# What CI runs, by name. `make check` is everything the default suite needs; it needs only what pip brings.
PYTHON ?= .venv/bin/python

.PHONY: check format lint types imports tests docs lock generated bench

check: format lint types imports tests docs

format:
	$(PYTHON) -m ruff format --check .

lint:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy

imports:
	$(dir $(PYTHON))lint-imports

tests:
	$(PYTHON) -m pytest

docs:
	$(PYTHON) -m pytest -n 0 -q tests/test_docs.py

# The schema, the library's index and docs/techniques.md are made from their sources and drift-tested.
generated:
	$(PYTHON) -m scenarios.index

# Refreshes requirements.lock: newest versions that the bounds in pyproject.toml allow, for every system and Python.
lock:
	$(PYTHON) -m venv .lock-venv
	.lock-venv/bin/pip install -q uv
	.lock-venv/bin/uv pip compile --universal --python-version 3.11 --all-extras --upgrade --no-header \
		--no-emit-index-url --no-annotate -o requirements.lock pyproject.toml
	rm -rf .lock-venv

bench:
	$(PYTHON) -m benchmarks

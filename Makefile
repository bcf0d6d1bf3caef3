# What CI runs, by name. `make check` is everything the default suite needs; it needs only what pip brings.
PYTHON ?= .venv/bin/python

.PHONY: check format lint types imports tests docs test-browser lock generated bench mutations mutations-some

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

# A real browser on the map's page. Installs what is missing (Debian, as root); takes about a minute.
test-browser:
	command -v chromedriver >/dev/null || (apt-get update -q && \
		apt-get install -y -q --no-install-recommends chromium chromium-driver) || \
		(echo "The browser suite needs Chromium and ChromeDriver; install both and try again." && exit 1)
	axe=$$(mktemp -d) && (cd $$axe && npm pack --silent axe-core@4.14.1 && tar xzf axe-core-*.tgz package/axe.min.js) && \
		WORDS_FIRST_AXE=$$axe/package/axe.min.js $(PYTHON) -m pytest -n 0 --timeout 300 tests/browser; \
		code=$$?; rm -rf $$axe; exit $$code

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

# Every kind of slip that authors make, in every scenario we ship: how many are told, and at the right line. Most of
# an hour; `make mutations-some` takes at most 24 places a kind of a long scene, and minutes.
mutations:
	$(PYTHON) -m benchmarks.mutations

mutations-some:
	$(PYTHON) -m benchmarks.mutations --some --jobs 2

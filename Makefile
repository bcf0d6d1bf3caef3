# What CI runs, by name. `make check` is everything the default suite needs; it needs only what pip brings.
PYTHON ?= .venv/bin/python

.PHONY: check format lint types imports tests docs test-e2e test-browser test-xapi test-postgres test-sealed lock generated bench bench-large mutations mutations-some

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

# Real pseudo-terminals, pipes and signals, and sessions killed in the middle of a save. Takes under a minute.
test-e2e:
	$(PYTHON) -m pytest tests/e2e

# A real browser on the map's page. Installs what is missing (Debian, as root); takes about a minute.
test-browser:
	command -v chromedriver >/dev/null || (apt-get update -q && \
		apt-get install -y -q --no-install-recommends chromium chromium-driver) || \
		(echo "The browser suite needs Chromium and ChromeDriver; install both and try again." && exit 1)
	axe=$$(mktemp -d) && (cd $$axe && npm pack --silent axe-core@4.14.1 && tar xzf axe-core-*.tgz package/axe.min.js) && \
		WORDS_FIRST_AXE=$$axe/package/axe.min.js $(PYTHON) -m pytest -n 0 --timeout 300 tests/browser; \
		code=$$?; rm -rf $$axe; exit $$code

# A real PostgreSQL on the loopback, started and stopped by the tests. Installs what is missing (Debian, as root).
test-postgres:
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || (apt-get update -q && \
		apt-get install -y -q --no-install-recommends postgresql) || \
		(echo "The PostgreSQL suite needs initdb and postgres; install both and try again." && exit 1)
	$(PYTHON) -m pip install -q --constraint requirements.lock --editable '.[postgres]'
	$(PYTHON) -m pytest -n 0 --timeout 300 tests/postgres

# Records sealed with SQLCipher, which the default suite passes over where the extra is not installed.
test-sealed:
	$(PYTHON) -m pip install -q --constraint requirements.lock --editable '.[encrypted]'
	$(PYTHON) -m pytest -n 0 tests/simulator/test_sealed.py tests/facilitator/test_records_command.py

# xAPI statements before judges that are not ours, in a folder that goes again. Needs npm; takes about a minute.
test-xapi:
	judges=$$(mktemp -d) && npm install --silent --no-audit --no-fund --prefix $$judges \
		xapi-validation@2.1.4 @learninglocker/xapi-validation@3.0.0 && \
		$(PYTHON) -m venv $$judges/ralph && $$judges/ralph/bin/pip install --quiet ralph-malph==5.1.0 && \
		WORDS_FIRST_JUDGES=$$judges $(PYTHON) -m pytest -n 0 --timeout 300 tests/xapi; \
		code=$$?; rm -rf $$judges; exit $$code

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

# The facilitator's room over 100,000 sessions: writing them takes over ten minutes of a processor, and 1.4 GiB.
bench-large:
	$(PYTHON) -m benchmarks.room 100000

# Every kind of slip that authors make, in every scenario we ship: how many are told, and at the right line. About
# two hours; `make mutations-some` takes at most 24 places a kind of a long scene, and minutes.
mutations:
	$(PYTHON) -m benchmarks.mutations

mutations-some:
	$(PYTHON) -m benchmarks.mutations --some --jobs 2

# Forecite: `make run` serves it, `make test` tests it. The rest is for its developers.

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
export PORT
# As many processes as there are cores; `make test PARALLEL=` runs one test after the other.
PARALLEL ?= --numprocesses=auto

.PHONY: run test test-fast test-django61 check format bench bench-foresight screenshots lock clean

run: $(VENV)/.installed
	@$(BIN)/python manage.py serve

test: $(VENV)/.installed-dev
	@sh .ci/chromium
	FORECITE_DATA=$${FORECITE_DATA:-data/test} $(BIN)/pytest $(PARALLEL) $(ARGS)

test-fast: $(VENV)/.installed-dev
	FORECITE_DATA=$${FORECITE_DATA:-data/test} $(BIN)/pytest $(PARALLEL) --ignore tests/e2e $(ARGS)

# The suite on the next Django, with the locked versions of all else.
# django-tasks is Django's own from 6.0 on, and pysqlite3 lacks what Django 6.1 asks of a connection.
test-django61: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 12))' \
		|| { echo "Django 6.1 needs Python 3.12 or newer; $(PYTHON) is older. Name another with make test-django61 PYTHON=…"; exit 1; }
	$(PYTHON) -m venv .venv-django61
	grep -oE '^[a-z0-9._-]+==[^ ]+' requirements-dev.txt | grep -vE '^(django|django-tasks|pysqlite3)==' > .venv-django61/rest.txt
	.venv-django61/bin/python -m pip install --quiet --disable-pip-version-check -r .venv-django61/rest.txt "django>=6.1,<6.2"
	@sh .ci/chromium
	FORECITE_DATA=$${FORECITE_DATA:-data/test-django61} .venv-django61/bin/pytest $(PARALLEL) $(ARGS)

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level ERROR

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html')

bench: $(VENV)/.installed-dev
	@sh .ci/chromium
	$(BIN)/python -m tests.performance

bench-foresight: $(VENV)/.installed-dev
	$(BIN)/python -m tests.performance bench_foresight

screenshots: $(VENV)/.installed-dev
	@sh .ci/chromium
	$(BIN)/python -m tests.screenshots

lock: $(VENV)/bin/python
	@test -x $(BIN)/pip-compile || $(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --no-annotate \
		--strip-extras --allow-unsafe --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --no-annotate \
		--strip-extras --allow-unsafe --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

clean:
	rm -rf $(VENV) .venv-django61 .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Forecite needs Python 3.11 or newer; $(PYTHON) is older. Name another with make PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python requirements.txt
	@echo "Installing what Forecite needs (about a minute, once) …"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python requirements-dev.txt
	@echo "Installing what the tests need …"
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/.installed

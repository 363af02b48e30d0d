# The verbs of this repository. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
export PORT

# The key that signs sessions comes from the environment; a machine without one makes its own, once.
WITH_SECRET_KEY := export SECRET_KEY="$${SECRET_KEY:-$$(cat instance/secret_key)}";

# Tests start the platform as a process of its own dozens of times: compiled modules are kept, whatever the machine says.
KEEP_COMPILED := PYTHONDONTWRITEBYTECODE=

# Four workers share the cores: threads of each for linear algebra would only stand in the others' way.
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

.PHONY: help run test screenshots lint bench lock assets translations compiled-translations clean

help: ## list these verbs
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

run: .venv/installed instance/secret_key compiled-translations ## start the platform on 127.0.0.1:8000 (PORT=, DATABASE_URL= override)
	@$(WITH_SECRET_KEY) $(FLASK) db upgrade
	@$(WITH_SECRET_KEY) $(FLASK) demo
	@$(WITH_SECRET_KEY) $(FLASK) welcome
	@$(WITH_SECRET_KEY) PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/honcho start -p "$(PORT)"

test: .venv/installed-dev compiled-translations ## run the whole suite, browser and both databases included
	@scripts/system-packages
	$(KEEP_COMPILED) $(ONE_THREAD) $(BIN)/pytest -n 4 --dist worksteal --durations 25

screenshots: .venv/installed-dev compiled-translations ## photograph every page of the citizens' way into docs/images/answering
	SCREENSHOTS="$(CURDIR)/docs/images/answering" $(BIN)/pytest tests/browser/screens/test_screens.py -k vi

lint: .venv/installed-dev ## check style and types
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: .venv/installed-dev ## run the benchmarks
	@for benchmark in $(wildcard benchmarks/*.py); do echo "$$benchmark"; $(BIN)/python "$$benchmark"; done

lock: .venv/installed-dev ## write requirements*.txt anew from pyproject.toml
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml --extra big --group dev -o requirements-dev.txt

COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url $(LOCK_OPTIONS)

assets: .venv/installed-dev ## build styles, fonts and scripts under survey/static (needs Node.js)
	npm ci --no-audit --no-fund
	scripts/build-assets

translations: .venv/installed instance/secret_key ## bring the interface's translations in line with the code
	@$(WITH_SECRET_KEY) $(FLASK) translations update

compiled-translations: .venv/installed
	@$(BIN)/python -c 'from survey import catalogs; catalogs.compile_all()'

clean: ## remove everything made here except the data in instance/
	rm -rf .venv node_modules test-results .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -type d -name __pycache__ -prune -exec rm -rf {} +
	find survey -name '*.mo' -delete

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Try: make run PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/installed: requirements.txt | .venv/bin/pip
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt | .venv/installed
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

instance/secret_key:
	@mkdir -p instance
	@umask 077; $(PYTHON) -c 'import secrets; print(secrets.token_hex(32))' > $@

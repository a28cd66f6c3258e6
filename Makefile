# `make` lists what can be made. Nothing has to be activated: each rule uses .venv, which it makes with uv, or, inside a conda environment made
# from environment.yml, that one. CONFIG=file.toml takes another configuration than cartable.toml; DEMO="--pupils 300" makes a smaller town,
# BENCH="--rows 1000000" a shorter benchmark.

.DEFAULT_GOAL := help
.PHONY: help env demo reports test test-slow check lab bench bench-quick site clean generated install-timer remove-timer

# small matrices, many of them: threads that share them out cost more than they save
export OPENBLAS_NUM_THREADS ?= 1
PYTHON ?= python3
CONFIG ?=
DEMO ?=
BENCH ?=
LAB ?=
ifneq ($(and $(CONDA_PREFIX),$(wildcard $(CONDA_PREFIX)/bin/cartable)),)
BIN := $(CONDA_PREFIX)/bin
READY := $(BIN)/cartable
else
BIN := .venv/bin
READY := .venv/ready
endif
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)
OPTIONS := $(if $(CONFIG),--config $(CONFIG))

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

env: $(READY) ## The Python environment: in .venv with uv, unless a conda environment made from environment.yml is active

demo: $(READY) ## An invented commune's exports, read, built and reported, school by school (a few minutes the first time)
	@$(BIN)/python deploy/demonstration.py $(OPTIONS) $(DEMO)
	@$(MAKE) --no-print-directory reports

reports: $(READY) ## Reports on the exports in data/raw: ingest, build, report. A file that is refused is told, and the others go on
	@$(BIN)/cartable ingest $(OPTIONS); code=$$?; [ $$code -le 1 ] || exit $$code; \
	$(BIN)/cartable build $(OPTIONS) && $(BIN)/cartable report $(OPTIONS) && exit $$code

test: $(READY) ## The tests, but for those that take minutes
	$(BIN)/pytest -q -n 2 --dist loadscope -m "not slow"

test-slow: $(READY) ## The tests that take minutes
	$(BIN)/pytest -q -n 2 --dist loadscope -m slow

check: $(READY) $(if $(filter .uv/%,$(UV)),$(UV)) ## Format, lint, types, SQL, notebooks without outputs or back doors, generated files current
	@failed=; for step in format lint types sql notebooks lock environment pages; do \
	  $(MAKE) --no-print-directory check-$$step || failed="$$failed $$step"; done; \
	if [ -n "$$failed" ]; then echo "make check: see$$failed"; exit 1; else echo "make check: all is well"; fi

# the kernel of this environment, whatever others the account has; pages shown as pages; no call to the network (deploy/jupyterlab)
lab: $(READY) ## JupyterLab, with the notebooks of the reports and the tools of a researcher
	JUPYTER_PREFER_ENV_PATH=1 $(BIN)/jupyter lab --LabApp.app_settings_dir=deploy/jupyterlab --LabApp.extension_manager=readonly \
	  --LabApp.default_url=/lab/tree/notebooks/start.ipynb $(LAB)

install-timer: $(READY) ## Run Cartable every night for the present account: systemd, or the line for a crontab
	@$(BIN)/python deploy/timer.py install

remove-timer: $(READY) ## Run Cartable only when it is called
	@$(BIN)/python deploy/timer.py remove

bench: $(READY) ## Cartable against the same work done plainly, side by side; written to docs/benchmarks.md and reports/bench/bench.json
	$(BIN)/python -m tests.bench $(BENCH)

bench-quick: $(READY) ## The same with less of everything, in about two minutes; written to reports/bench/bench.json alone
	$(BIN)/python -m tests.bench --quick

site: $(if $(filter .uv/%,$(UV)),$(UV)) ## The documentation as a site, in build/site; a broken link fails
	@UV_PROJECT_ENVIRONMENT=build/site-env $(UV) sync --quiet --frozen --only-group docs
	@rm -rf build/site
	build/site-env/bin/sphinx-build -q --fail-on-warning --keep-going -d build/site-cache -c docs/site . build/site
	@build/site-env/bin/python deploy/site.py build/site
	@echo "Open build/site/index.html"

clean: ## Removes caches and environments; never data, never reports
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find analysis deploy notebooks tests -name __pycache__ -o -name .ipynb_checkpoints | xargs rm -rf

generated: $(READY) ## Writes again what is generated: uv.lock, environment.yml, the pages of reference in docs
	$(UV) lock
	$(BIN)/python deploy/environment.py
	$(BIN)/cartable dictionary

.PHONY: check-format check-lint check-types check-sql check-notebooks check-lock check-environment check-pages
check-format:
	$(BIN)/ruff format --check --output-format concise
check-lint:
	$(BIN)/ruff check --output-format concise
check-types:
	$(BIN)/mypy
check-sql:
	$(BIN)/sqlfluff lint --disable-progress-bar --nocolor analysis
check-notebooks:
	$(BIN)/nbstripout --keep-id --verify notebooks/*.ipynb
	$(BIN)/python deploy/notebooks.py
check-lock:
	$(UV) lock --check
check-environment:
	$(BIN)/python deploy/environment.py --check
check-pages:
	@folder=$$(mktemp -d) && trap 'rm -rf $$folder' EXIT && $(BIN)/cartable dictionary --folder $$folder >/dev/null && \
	for page in $$folder/*.md; do diff -q $$page docs/$${page##*/} >/dev/null || \
	  { echo "docs/$${page##*/} is not what the code says: run \`cartable dictionary\`."; exit 1; }; done

.venv/ready: pyproject.toml uv.lock $(if $(filter .uv/%,$(UV)),$(UV))
	$(UV) sync --frozen
	@touch $@

.uv/bin/uv:
	@$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11)' 2>/dev/null || \
	  { echo "Cartable needs Python 3.11 or newer as $(PYTHON); name another one with PYTHON=..."; exit 2; }
	@echo "Fetching uv, which makes the environment..."
	@$(PYTHON) -m venv .uv >/dev/null 2>&1 && .uv/bin/python -m pip install --quiet --disable-pip-version-check uv || \
	  { rm -rf .uv; $(PYTHON) -m pip install --quiet --disable-pip-version-check --target .uv uv; } || \
	  { rm -rf .uv; echo "This Python can neither make environments nor install: on Debian and Ubuntu, apt install python3-venv; or install uv."; exit 2; }

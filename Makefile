# Two commands: `make run` serves the demo with its scheduler, `make test` runs every test. Both install what they need.
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
WORKERS ?= auto

.PHONY: run test lint lock pictures

run: $(VENV)/.runtime
	$(BIN)/flask --app wsgi prepare
	exec deploy/serve $(BIN) --bind 127.0.0.1:$(PORT) --threads 8 --access-logfile /dev/null

test: $(VENV)/.dev
	deploy/debian-packages
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The screenshots of README and docs/guide, taken anew from the demo of a fixed day.
pictures: $(VENV)/.dev
	$(BIN)/python -m tests.browser.pictures

# Resolve the pins of pyproject.toml anew, with the hashes of every package for every supported Python.
lock: $(VENV)/.uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header pyproject.toml --group dev -o requirements-dev.txt

$(VENV)/.runtime: $(VENV)/.uv requirements.txt
	$(call install,requirements.txt)
	touch $@

$(VENV)/.dev: $(VENV)/.uv requirements-dev.txt
	$(call install,requirements-dev.txt)
	touch $(VENV)/.runtime $@

# --without-pip: a bare Debian python3 can make such an environment, and its own pip then fills it.
$(VENV)/.uv:
	python3 -m venv --without-pip $(VENV)
	python3 -m pip --python $(VENV) --disable-pip-version-check install -q uv==0.13.9
	touch $@

define install
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install -q --require-hashes -r $(1) \
	  || python3 -m pip --python $(VENV) --disable-pip-version-check install -q --require-hashes -r $(1)
endef

# Panchina: `make run` and `make test` are all that a fresh machine with Python 3.11+ and make needs.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
# uv where there is one, else pip, which takes half as long when it compiles nothing; Python compiles what is used, once.
install = uv pip install --quiet --python $(BIN)/python --requirement $(1) 2>/dev/null || \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --requirement $(1)
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test lint format bench season lock clean

run: $(VENV)/.run
	PANCHINA_LOCAL=1 STREAMLIT_SERVER_MAX_UPLOAD_SIZE=64 $(BIN)/streamlit run dashboard.py --server.address localhost --server.port $(PORT)

test: $(VENV)/.dev
	$(BIN)/python tests/install_chromium.py
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev
	$(BIN)/python -m bench

season: $(VENV)/.run
	$(BIN)/python -m analysis.commands.season

lock: $(VENV)/.dev
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet requirements.txt --output-file requirements.lock

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	$(call install,requirements.txt)
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(call install,requirements-dev.txt)
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis

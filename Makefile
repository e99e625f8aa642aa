# Panchina: `make run` and `make test` are all that a fresh machine with Python 3.11+ and make needs.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

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
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis

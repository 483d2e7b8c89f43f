# `make run` and `make test` do all of their own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TORCH := torch==2.13.0
# PyTorch's own index has wheels without CUDA; where it does not answer within seconds, the default index must do.
TORCH_CPU ?= https://download.pytorch.org/whl/cpu

.PHONY: run test clean

run: $(VENV)/run.stamp
	@$(BIN)/antwoordcoach run

test: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

$(VENV)/torch.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 of nieuwer is nodig: geef PYTHON=python3.12 mee, of installeer python3.11."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Een virtuele omgeving maken lukt niet. Op Debian/Ubuntu: sudo apt install python3-venv"; exit 2; }
	@echo "PyTorch installeren (eenmalig, enkele minuten)..."
	@$(BIN)/python scripts/install_torch.py "$(TORCH)" "$(TORCH_CPU)"
	@touch $@

$(VENV)/run.stamp: $(VENV)/torch.stamp pyproject.toml
	@echo "Antwoordcoach installeren..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV)

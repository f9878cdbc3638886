# Warmdown: `make run` opens the app, `make test` runs every check. Both install what they need.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# A copy of the environment's own settings must not decide what is built here.
export PYTHONDONTWRITEBYTECODE :=
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# What runs at once keeps its output together, where make can do that.
APART := $(if $(filter output-sync,$(.FEATURES)),--output-sync=line)

.PHONY: run test quality test-3.12 test-3.13 bench soak format sounds voice fonts icons tokens figures clean
.DELETE_ON_ERROR:

run: $(VENV)/.run
	@tools/system-packages run
	@$(BIN)/warmdown $(ARGS)

test: $(VENV)/.test
	@tools/system-packages test
	@$(MAKE) --no-print-directory --jobs=2 $(APART) quality test-3.12 test-3.13
	$(BIN)/pytest --numprocesses=2 $(ARGS)

quality: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# A newer Python that is at hand runs what needs no window and no sound server.
test-3.12 test-3.13: test-%: $(VENV)/.test
	@tools/test-other $*

bench: $(VENV)/.test
	@tools/system-packages test
	@PYTHONPATH=tests/support $(BIN)/python tests/bench/run.py $(ARGS)

# Kills, faults and properties at a length that `make test` has no time for.
soak: $(VENV)/.test
	@tools/system-packages test
	WARMDOWN_SOAK=1 $(BIN)/pytest -o faulthandler_timeout=3600 tests/e2e tests/property $(ARGS)

format: $(VENV)/.test
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

sounds: $(VENV)/.test
	$(BIN)/python tools/make_sounds.py

# Renders the sentences that changed; the clips themselves are part of the repository.
voice: $(VENV)/.test
	$(BIN)/python tools/make_voice.py

fonts: $(VENV)/.assets
	$(BIN)/python tools/make_fonts.py

icons: $(VENV)/.test
	$(BIN)/python tools/make_icons.py
	$(BIN)/python tools/make_icon_paths.py

tokens: $(VENV)/.test
	$(BIN)/python tools/make_tokens.py

# Contact sheets of every figure, to be looked at: build/figures.
figures: $(VENV)/.test
	@tools/system-packages test
	$(BIN)/python tools/make_figures.py $(ARGS)

clean:
	rm -rf $(VENV) .venv-* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage build dist
	find app tests tools -name __pycache__ -prune -exec rm -rf {} +

# Stamps: a second run finds them newer than pyproject.toml and starts at once.
$(VENV)/pyvenv.cfg:
	@tools/system-packages python "$(PYTHON)"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Installing Warmdown into $(VENV) (about 850 MB on disk the first time)"
	@$(BIN)/pip install --quiet --editable '.[all]'
	@touch $@

$(VENV)/.test: $(VENV)/.run
	@$(BIN)/pip install --quiet --editable '.[all,dev]'
	@touch $@

$(VENV)/.assets: $(VENV)/.test
	@$(BIN)/pip install --quiet --editable '.[assets]'
	@touch $@

# Every target sets up what it needs and does nothing twice.
VENV := .venv
BIN := $(VENV)/bin
# Copies, not hard links: nltk, which LlamaIndex uses, refuses to read a linked file.
UV := UV_LINK_MODE=copy $(BIN)/uv pip
PYTHON ?= python3
UV_VERSION := 0.13.9
TORCH_VERSION := 2.13.0
AXE_VERSION := 4.14.1
OIDC_VERSION := 9.13.3

.DEFAULT_GOAL := serve
.PHONY: serve test gate check format bench lock clean

serve: $(VENV)/.installed  ## Start the web chat on loopback.
	$(BIN)/vagvisaren serve

test: $(VENV)/.transformers $(VENV)/axe $(VENV)/oidc  ## Run the whole suite once.
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

gate: $(VENV)/.installed  ## Ask every suite of cases and hold the answers against the policy.
	$(BIN)/vagvisaren --data .gate eval --gate --out .gate/run-$$(date +%s)

check: $(VENV)/.dev  ## Format, lint and types.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.transformers  ## Measure speed and retrieval quality on this machine.
	$(BIN)/python -m evals.bench

$(VENV)/.uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(VENV)/.installed: $(VENV)/.uv pyproject.toml requirements.lock
	$(UV) install --quiet --no-deps --require-hashes -r requirements.lock
	$(UV) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed requirements-dev.lock
	$(UV) install --quiet --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

# torch comes from pip, which can be given a CPU build; the default install never sees it.
$(VENV)/.transformers: $(VENV)/.dev requirements-transformers.lock
	$(BIN)/pip install --quiet --no-deps torch==$(TORCH_VERSION)
	$(UV) install --quiet --no-deps --require-hashes -r requirements-transformers.lock
	@touch $@

# The accessibility tests need axe-core; without npm they are skipped and say so.
$(VENV)/axe: | $(VENV)/.uv
	-npm install --silent --prefix $@ --no-audit --no-fund --no-save axe-core@$(AXE_VERSION)
	@mkdir -p $@

# Sign-in is tested against a certified OpenID Connect provider; skipped in the same way.
$(VENV)/oidc: | $(VENV)/.uv
	-npm install --silent --prefix $@ --no-audit --no-fund --no-save oidc-provider@$(OIDC_VERSION)
	@mkdir -p $@

lock: $(VENV)/.uv  ## Renew the pinned locks from pyproject.toml.
	./scripts/lock $(BIN)/uv $(TORCH_VERSION)

clean:
	rm -rf $(VENV) .gate build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# make demo · make test · make docs · make score · make bench · make lint
.PHONY: demo test lowest fuzz lock docs score bench lint format clean help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Modules are compiled when they are first imported, which spares a third of the installation.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
SHARED ?= ../shared

help:
	@echo "make demo    install, and build the sample corpus into build/demo"
	@echo "make test    all set-up, then ruff, mypy and pytest"
	@echo "make lowest  some of the tests with the oldest libraries allowed; part of make test"
	@echo "make fuzz    20,000 inputs for each reader of bytes from outside"
	@echo "make lock    renew requirements.lock, the versions that are developed with"
	@echo "make docs    the documentation, into build/docs"
	@echo "make score   scores on the annotated texts in $(SHARED), where they are there"
	@echo "make bench   what it costs, beside its peers: one table, and build/bench.json"
	@echo "make lint    ruff and mypy only"
	@echo "make format  ruff format, and the fixes that ruff can make"
	@echo "make clean   remove build/ and $(VENV)"

demo: $(VENV)/installed
	@$(BIN)/policygraph build examples/corpus -o build/demo
	@echo
	@echo "Look at  build/demo/site/index.html   (in a browser: the graph, its facts and their sentences)"
	@echo "         build/demo/report.md         (what stands out)"
	@echo "Ask      $(BIN)/policygraph show build/demo \"European Union\""
	@echo "         $(BIN)/policygraph query build/demo laws-by-year"

test: $(VENV)/tools $(VENV)/browser $(VENV)/triplestore lint
	$(BIN)/python -m pytest
	@$(MAKE) --no-print-directory lowest

# The oldest versions that pyproject.toml allows: what touches most libraries must pass with them too.
lowest: $(VENV)/tools
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/lowest
	$(BIN)/uv pip install --quiet --python build/lowest/bin/python --resolution lowest-direct --editable ".[test]"
	build/lowest/bin/python -m pytest -p no:warnings -p no:cacheprovider tests/test_examples.py tests/test_api.py \
		tests/extraction/test_names.py tests/extraction/test_formats.py tests/graph/test_query.py tests/graph/test_outputs.py

fuzz: $(VENV)/tools
	$(INSTALL) --editable ".[fuzz]"
	$(BIN)/python tests/fuzzing.py 20000

lock: $(VENV)/tools
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-header --quiet --output-file requirements.lock

docs: $(VENV)/tools
	$(BIN)/mkdocs build --strict --quiet
	@echo "Look at  build/docs/index.html"

lint: $(VENV)/tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/tools
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Of the blind passages only the summary line may be seen: their errors stay unread. The open ones are what the models
# learned from: their figure is a fit, the cross-validated one is printed by extraction.training.arbitration.
score: $(VENV)/installed
	@mkdir -p build; for set in gold gold-by-grammar genre/open genre/blind; do \
		gold=$(SHARED)/$$set; text=$$gold/text; domain=; \
		case $$set in \
			gold) text=$(SHARED)/corpus ;; \
			gold-by-grammar) gold=$(SHARED)/gold; text=$(SHARED)/corpus; domain="--domain benchmarks/grammar_only" ;; \
			*) gold=$$gold/gold ;; \
		esac; \
		if [ ! -d $$text ]; then echo "$$set: not here"; continue; fi; \
		$(BIN)/policygraph build $$text -o build/score/$$set $$domain >build/score.log 2>&1 \
			&& $(BIN)/python $(SHARED)/score.py build/score/$$set/graph.nq --gold $$gold >build/score.log 2>&1 \
			|| { tail -n 1 build/score.log; exit 1; }; \
		echo "== $$set"; \
		if [ $$set = gold ]; then cat build/score.log; else tail -n 1 build/score.log; fi; \
		$(BIN)/python benchmarks/bcubed.py build/score/$$set/graph.nq --gold $$gold; \
	done

bench: $(VENV)/installed
	@$(BIN)/python benchmarks/table.py

clean:
	rm -rf build dist $(VENV)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "policygraph needs Python 3.11 or newer; say which with  make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(INSTALL) --editable .
	@touch $@

$(VENV)/tools: pyproject.toml | $(BIN)/python
	$(INSTALL) --editable ".[dev,docs,test]"
	@touch $@ $(VENV)/installed

$(VENV)/browser: | $(BIN)/python
	@if command -v chromium || command -v chromium-browser || command -v google-chrome; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else \
		echo "The page tests need Chromium: install it (Debian: apt install chromium; Fedora: dnf install chromium;"; \
		echo "macOS: brew install --cask chromium) and run make test again."; exit 1; \
	fi
	@touch $@

# One store that is not ours, for the tests of `push`; where it cannot be had, they are skipped and say so.
$(VENV)/triplestore: | $(BIN)/python $(VENV)/browser
	@if command -v virtuoso-t; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq virtuoso-opensource-7-bin >/dev/null || \
			echo "No Virtuoso to be had: the tests of push against it are skipped."; \
	else \
		echo "The tests of push against Virtuoso are skipped (Debian: apt install virtuoso-opensource-7-bin)."; \
	fi
	@touch $@

# A handful of verbs; each sets up what it needs.
.PHONY: setup demo test check bench docs clean lock

VENV := .venv/bin

setup:
	@./setup.sh

demo: setup
	@$(VENV)/dadkhah demo

test: setup
	@$(VENV)/python -m pytest -n 2 --dist loadscope

check: setup
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/mypy
	@$(VENV)/lint-imports --no-cache
	@$(VENV)/python docs/generate.py --check

bench: setup
	@$(VENV)/python studies/bench/run.py --demo
	@$(VENV)/python studies/bench/memorial.py
	@$(VENV)/python studies/bench/custody.py

docs: setup
	@$(VENV)/python docs/generate.py

lock: setup
	@$(VENV)/uv pip compile pyproject.toml --extra postgres --group dev --python-version 3.11 \
		--universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements.lock
	@echo 'pyspark>=4' | $(VENV)/uv pip compile - --python-version 3.11 --universal --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --quiet -o requirements-spark.lock

clean:
	rm -rf .venv build demo .mypy_cache .ruff_cache .hypothesis

# The house's commands; each calls a short script in tools/.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench pictures lock clean

help:  ## This page
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup:  ## Install everything into .venv and node_modules; quick when done
	@tools/setup

demo: setup  ## Run the demonstration office; prints address and log-ins
	@.venv/bin/vinhdanh demo

test: setup  ## Run every test (browser and gettext are installed if missing)
	@tools/test

check: setup  ## Format, lint, import ladder, types, migrations, translations
	@tools/check

bench: setup  ## Measure reading and pages
	@.venv/bin/python -m benchmarks

pictures: setup  ## Take the pictures of the user guide anew
	@.venv/bin/python -m tools.pictures

lock:  ## Pin the packages anew from requirements/*.in and package.json
	@tools/lock

clean:  ## Remove what was installed and built; data under var/ stays
	@rm -rf .venv node_modules build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

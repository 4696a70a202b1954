# Everything a developer runs. `make` alone lists the targets.
PYTHON = build/venv/bin/python
export QT_QPA_PLATFORM ?= offscreen

.DEFAULT_GOAL = help
.PHONY: help setup docs demo sample screenshots test lint bench quality-report translations package clean

help:  ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

setup:  ## Install what is missing: Debian packages, build/venv, plugin link, private QGIS profile
	@scripts/setup.sh

demo: setup  ## Run the main job on the invented sample county; results in build/demo
	$(PYTHON) scripts/demo.py

sample: setup  ## Build the invented county anew into resources/sample (under a minute)
	cd scripts && ../$(PYTHON) -m sample

screenshots: setup  ## Take the pictures of the manual anew, in a real QGIS (two minutes)
	$(PYTHON) scripts/screenshots.py

test: setup lint  ## Lint, then run all tests, two files at a time
	$(PYTHON) -m pytest --numprocesses=2 --dist=loadfile

lint:  ## Check the code with ruff
	$(PYTHON) -m ruff check .

bench: setup  ## Measure speed and memory beside other tools
	@for bench in benchmarks/bench_*.py; do echo "== $$bench"; $(PYTHON) $$bench || exit 1; done

quality-report: setup  ## Plant faults into clean counties and print precision and recall of every check
	cd scripts && ../$(PYTHON) -m quality

docs: setup  ## Write the data dictionary and the list of findings from the standard
	$(PYTHON) scripts/data_dictionary.py

translations: setup  ## Collect the sentences of the code into resources/translations and compile them
	$(PYTHON) scripts/translations.py update
	@scripts/setup.sh

package: setup  ## Build the installable zip in build/
	$(PYTHON) scripts/package.py

clean:  ## Remove everything that was built, the set-up included
	rm -rf build .qgis-settings .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f resources/translations/*.qm

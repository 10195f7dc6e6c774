# make run    the site, as production serves it, at http://localhost:8000 (or PORT=)
# make dev    the same with debug pages and autoreload
# make test   every test but the slow ones, on SQLite or the database that DATABASE_URL names
# make prepared  the migrated database that tests copy; whoever tests makes it as well
# make browser  journeys through the site and its admin in a real browser
# make deployment  the site behind nginx, in processes of its own
# make freshness  a thousand changes by several editors, none of which may show late
# make quality  slow tests with real tools: markup, accessibility, weight, Lighthouse
# make bench  times beside other sites and a file, and as the site grows; takes half an hour
# make check  formatters, linters, types, migrations
# make messages  collect the strings to translate and compile the translations
# make lock   renew the pinned, hashed requirements*.txt

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
SCRIPTS := $(addprefix deploy/,install manage nightly restore rollback uninstall) \
  $(wildcard deploy/*.sh deploy/steps/*.sh)
STATIC := $(shell find site/static $(filter-out var/static,$(wildcard */static)) -type f)

# A lock that the environment already fulfils installs nothing.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PORT

.PHONY: run dev test prepared browser deployment freshness quality bench check format messages lock clean

run: export DJANGO_SETTINGS_MODULE := config.settings.local
run: .venv/installed var/static/staticfiles.json
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) prepare_local
	@nice $(MANAGE) render_pages > var/render_pages.log 2>&1 &
	@# In one shell, so that the first ends with the second.
	@$(MANAGE) warm_pages > var/warm_pages.log 2>&1 & \
	  exec $(BIN)/gunicorn --config gunicorn.conf.py

dev: export DJANGO_SETTINGS_MODULE := config.settings.dev
dev: .venv/installed
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) prepare_local
	@exec $(MANAGE) runserver 127.0.0.1:$(PORT)

test: .venv/installed-dev
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

prepared: .venv/installed-dev
	@$(BIN)/pytest -q tests/site/test_prepared_database.py -k nothing_is_left

browser: .venv/installed-dev node_modules/installed
	$(BIN)/pytest tests/browser -n auto --dist worksteal $(ARGS)

deployment: .venv/installed-dev
	$(BIN)/pytest tests/deploy $(ARGS)

freshness: export FRESHNESS := 1000
freshness: .venv/installed-dev
	$(BIN)/pytest tests/deploy/test_freshness.py $(ARGS)

quality: .venv/installed-dev node_modules/installed
	$(BIN)/pytest tests/quality $(ARGS)

bench: .venv/installed-dev
	$(BIN)/python bench/beside_peers.py
	$(BIN)/python bench/stored_pages.py
	$(BIN)/python bench/scale.py

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djhtml --check --tabwidth 2 $$(git ls-files '*.html' ':!tests/data')
	$(BIN)/djlint --lint --quiet $$(git ls-files '*.html' ':!tests/data')
	$(BIN)/mypy
	@! command -v shellcheck > /dev/null || shellcheck -x -P . $(SCRIPTS)
	DJANGO_SETTINGS_MODULE=config.settings.test $(MANAGE) makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=config.settings.test $(MANAGE) check --fail-level WARNING
	$(BIN)/pytest -q tests/site/test_architecture.py

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djhtml --tabwidth 2 $$(git ls-files '*.html' ':!tests/data')

# Needs GNU gettext. A new language: mkdir site/locale/<code>, then this.
messages: export DJANGO_SETTINGS_MODULE := config.settings.test
messages: .venv/installed-dev
	@mkdir -p $(addsuffix locale,$(dir $(wildcard */apps.py)))
	$(MANAGE) makemessages --all --no-obsolete --add-location file \
	  --ignore bench --ignore node_modules --ignore tests --ignore var
	@sed -i -e '/^# SOME DESCRIPTIVE TITLE/,/^#, fuzzy/d' \
	  -e '/^"\(Project-Id-Version: PACKAGE\|POT-Creation-Date\|PO-Revision-Date: YEAR\|Last-Translator: FULL\|Language-Team: LANGUAGE\|Report-Msgid-Bugs-To: \\n\|Language: \\n\)/d' \
	  */locale/*/LC_MESSAGES/django.po
	$(MANAGE) compilemessages --ignore .venv --ignore node_modules --ignore var

lock: .venv/installed-dev
	for name in requirements requirements-s3 requirements-dev; do \
		$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --python-version 3.11 $$name.in --output-file $$name.txt || exit; \
	done

clean:
	rm -rf .venv node_modules var .mypy_cache .ruff_cache .pytest_cache

.venv/installed: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what the site uses ..."
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	@echo "Installing what tests and checks use ..."
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $@

# Without npm the tests say what is missing.
node_modules/installed: package-lock.json
	@command -v npm > /dev/null || exit 0; \
	echo "Installing what looks at the site's quality ..." && \
	npm ci --ignore-scripts --no-audit --no-fund --silent && touch $@

var/static/staticfiles.json: .venv/installed $(STATIC)
	@echo "Hashing and compressing static files ..."
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@

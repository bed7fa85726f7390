# Everything a newcomer types. `make` alone prints the list below; each `## 日本語 / English` comment is its entry.
# Works with GNU make 3.81 (macOS) and later.

PORT ?= 5005
# The address that serve-public listens on: any, unless a proxy on the same machine stands before it (127.0.0.1)
HOST ?=
# Where the public sees this server, e.g. make widget SERVER=https://madoguchi.example.jp
SERVER ?=
# A Python 3.11 for making .venv, e.g. make serve PYTHON=/opt/python3.11/bin/python3.11
PYTHON ?=

VENV := .venv
RUN := $(VENV)/bin/python

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help serve serve-public widget train test check screenshots bench bench-nlu bench-scope bench-robust bench-conversations bench-linking evaluate scoreboard mutate figures forget lock clean environment

help: ## この一覧 / this list
	@echo "madoguchi  使い方: make <ターゲット> / usage: make <target>"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo "  PORT=5006          使うポート / the port to serve on"
	@echo "  HOST=127.0.0.1     serve-public が待ち受けるアドレス / the address that serve-public listens on"
	@echo "  SERVER=https://... widget に書くサーバーの URL / the server's address, for widget"
	@echo "  PYTHON=/path/...   使う Python 3.11 / the Python 3.11 to use"

serve: environment ## 窓口を開く(必要なら環境と学習も) / answer on http://127.0.0.1:5005, set up and train if needed
	@$(RUN) -m madoguchi.serve --port $(PORT)

serve-public: environment ## サイトの訪問者に開く(ウィジェットだけ、鍵とサイトの指定が要る) / for a website's visitors: docs/tasks/publish.md
	@$(RUN) -m madoguchi.serve --public --port $(PORT) $(if $(HOST),--host $(HOST))

widget: environment ## サイトに置くファイル(電話番号の一覧など)を var/widget に書き出す / write what a site can host itself
	@$(RUN) -m madoguchi.channels.widget.export $(if $(SERVER),--server $(SERVER))

train: environment ## 学習データが変わっていれば学習する / train if the training data changed
	@$(RUN) -m madoguchi.training

test: check ## すべての検査(学習済みモデルとの会話も。SPLIT=all は分けた形でも全部) / all checks, conversations included
	@$(RUN) -m madoguchi.training
	@$(RUN) -m pytest tests/install tests/conversations
	@$(RUN) -m pytest -rs tests/browser

check: environment ## モデルの要らない検査 / what needs no model: lint, types, program data, unit and house tests
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(RUN) -m madoguchi.catalog check
	@$(RUN) -m pytest -rs --doctest-modules madoguchi tests/unit tests/house

screenshots: train ## ウィジェットの写真を docs/screenshots に撮り直す(Chromium が要る) / take the widget's pictures again, with Chromium
	@$(RUN) -m tests.browser.screenshots

bench: environment ## 同じ問いで素の Rasa と速さを比べる(QUICK=1 は10分以内) / compare with stock Rasa, side by side
	@$(RUN) -m benchmarks.side_by_side --port $(PORT) $(if $(QUICK),--quick) $(if $(BUSY),--busy) $(if $(KEEP),--keep) $(if $(EPOCHS),--epochs $(EPOCHS))

bench-nlu: environment ## 意図の分類を公開の試験で測る(DATA=フォルダー TEST=1 STOCK=1) / the intent pipeline on a public test
	@$(RUN) -m benchmarks.public_intents "$(DATA)" $(if $(TEST),--test) $(if $(STOCK),--stock)

bench-scope: environment ## 範囲外に答えていないか、範囲内を断っていないか(SHOW=1 で文も) / what is answered and refused wrongly
	@$(RUN) -m benchmarks.scope $(if $(SHOW),--show)

bench-robust: environment ## かな・打ち違い・方言でも分かるか(SAMPLE=会話のファイル) / kana, slips, dialect: what understanding loses
	@$(RUN) -m benchmarks.robustness $(if $(SAMPLE),--sample "$(SAMPLE)")

bench-conversations: environment ## 台本の会話を、かなや打ち違いで話すと(ONLY=kana,dropped) / the written conversations in other writings
	@$(RUN) -m benchmarks.conversations $(if $(ONLY),--only "$(ONLY)")

bench-linking: environment ## 制度の名が見つかるか、一万の制度でも / programmes found by name, and the cost with ten thousand
	@$(RUN) -m benchmarks.linking

evaluate: environment ## 学習の出来を一枚の報告に(用例を書く人に) / how well the utterances are understood, as one page
	@$(RUN) -m benchmarks.evaluate

scoreboard: environment ## 成績表 docs/scoreboard.md を測って書き直す(DATA=フォルダー ONLY=scope,parse) / measure, rewrite the scoreboard
	@$(RUN) -m benchmarks.scoreboard $(if $(DATA),--data "$(DATA)") $(if $(ONLY),--only "$(ONLY)")

mutate: environment ## 制度データの値をわざと変え、検査が気づくか数える / change values of the data, count what the tests notice
	@$(RUN) -m tests.mutate

figures: environment ## 数字の控え(二冊目の帳面)を書き直す / write the second book of figures anew
	@FIGURES=write $(RUN) -m pytest -q tests/unit/catalog/test_double_entry.py

forget: environment ## 古い会話の記録を消す(日数は endpoints.yml) / delete conversations older than endpoints.yml says
	@$(RUN) -m madoguchi.forget

lock: ## requirements.lock を作り直す(uv が必要) / resolve the dependencies again, with uv
	@command -v uv >/dev/null || { echo "uv が必要です / uv is needed: pipx install uv"; exit 1; }
	uv pip compile pyproject.toml --group dev --generate-hashes --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links -o requirements.lock
	@# What a baseline of `make bench` needs besides, in the versions that go with the first lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile benchmarks/stock/requirements.in -c requirements.lock \
	  --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links \
	  $$(sed -n 's/^\([A-Za-z0-9._-]*\)\(\[.*\]\)\{0,1\}==.*/--no-emit-package \1/p' requirements.lock) \
	  -o benchmarks/stock/requirements.lock

clean: ## 環境・モデル・ログを消す(会話の記録は残す) / remove environment, models and logs, keep the conversations
	rm -rf $(VENV) .rasa .mypy_cache .ruff_cache .pytest_cache var/log var/bench var/catalog results
	rm -rf models/*.tar.gz models/.training-*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment's own Python answers "is it up to date?" fastest; without one, the first Python that runs makes it.
environment:
	@$(RUN) -I -S tools/environment.py --check 2>/dev/null || { \
	  for python in $(if $(PYTHON),"$(PYTHON)",python3.11 python3); do \
	    if "$$python" -c "" 2>/dev/null; then exec "$$python" tools/environment.py; fi; \
	  done; \
	  echo "動く Python が見つかりません: $(if $(PYTHON),$(PYTHON),python3.11, python3)"; \
	  echo "  Debian / Ubuntu: sudo apt install python3.11 python3.11-venv"; \
	  echo "  別の場所にあるとき: make serve PYTHON=/path/to/python3.11"; \
	  echo "No Python that runs was found. Install Python 3.11 or name it with PYTHON=."; \
	  exit 1; }

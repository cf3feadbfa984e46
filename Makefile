# The analyst's interface. Every target is a line or two into `python -m nianbao`.
.DEFAULT_GOAL := build
.PHONY: accuracy archive bench build check-params clean compare export fuzz help lab lock notice pdf plan reproduce rules setup test test-browser verify verify-all
.NOTPARALLEL:
.SUFFIXES:

# The interpreter that `.venv` is made with.
PYTHON ?= python3
VENV_PYTHON := $(if $(filter Windows_NT,$(OS)),.venv/Scripts/python.exe,.venv/bin/python)
SET_UP = @command -v $(call quote,$(PYTHON)) >/dev/null || { echo $(NO_PYTHON) >&2; exit 127; }; \
	$(call quote,$(PYTHON)) -I src/nianbao/environment.py
NO_PYTHON = "nianbao: $(PYTHON) was not found: install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3. 请安装 Python 3.11 或更新版本。"

# A value goes to the shell in one piece, whatever it holds. A variable counts once it is named, even
# if empty; the names of all that stood on the command line go along, so that a misspelt one is refused.
quote = '$(subst ','\'',$(1))'
option = $(if $(filter-out undefined,$(origin $(2))),--$(1)=$(call quote,$(value $(2))))
overridden = $(strip $(foreach name,$(.VARIABLES),$(if $(findstring command line,$(origin $(name))),$(name))))

# How many at once, by what engine, and whether to build also what has not changed.
OTHERWISE = $(call option,jobs,JOBS) $(call option,engine,ENGINE) $(if $(FORCE),--force)
# Where reports and pages lie, folders or addresses; and the Dask scheduler whose workers build. They
# count on the command line only: in an environment such names may stand for anything.
named = $(if $(findstring command line,$(origin $(2))),$(call option,$(1),$(2)))
stated = $(if $(findstring command line,$(origin $(1))),$(call quote,$(value $(1))))
PLACES = $(call named,data,DATA) $(call named,output,OUTPUT)
MACHINES = $(call named,cluster,CLUSTER)
# Whose code may run, and what is verified, is asked for by who runs make and by nothing else.
flag = $(if $(call named,x,$(2)),$(if $(filter-out 0 no,$(value $(2))),--$(1)))
unless = $(if $(call named,x,$(2)),$(if $(filter 0 no,$(value $(2))),--no-$(1)))
PROVING = $(call flag,trust-code,TRUST) $(call named,wheels,WHEELS) $(call named,archive,ARCHIVE)
CLUSTERED = $(or $(MACHINES),$(findstring ://,$(PLACES)))
NIANBAO = @$(VENV_PYTHON) -m nianbao --make-variables=$(call quote,$(overridden))

build: setup ## Build every report; also YEAR=2022, AGENCY=luoyang-gaj, JOBS=4 (生成年报)
	$(NIANBAO) build $(call option,year,YEAR) $(call option,agency,AGENCY) $(OTHERWISE) $(MACHINES) $(PLACES)

plan: setup ## Say what a build would make, and why; also YEAR, AGENCY (说明将生成什么、为什么)
	$(NIANBAO) plan $(call option,year,YEAR) $(call option,agency,AGENCY) $(PLACES)

notice: setup ## Write the notices to send back: YEAR=2022, also AGENCY=luoyang-gaj (退回意见)
	$(NIANBAO) notice $(call option,year,YEAR) $(call option,agency,AGENCY)

export: setup ## Write the tables, cells and findings as .xlsx: YEAR=2022, also AGENCY (导出 Excel)
	$(NIANBAO) export $(call option,year,YEAR) $(call option,agency,AGENCY)

pdf: setup ## Write the reports as PDF/A: YEAR=2022, also AGENCY, JOBS (生成 PDF)
	$(NIANBAO) pdf $(call option,year,YEAR) $(call option,agency,AGENCY) $(call option,jobs,JOBS)

archive: setup ## Archive reports to be checked and run again in years: YEAR=2022, also AGENCY, DRAFT=1, ARCHIVE=folder, SIGN=command (归档)
	$(NIANBAO) archive $(call option,year,YEAR) $(call option,agency,AGENCY) $(if $(DRAFT),--draft) \
		$(call named,archive,ARCHIVE) $(call option,jobs,JOBS) $(call named,sign,SIGN)

verify: setup ## Verify an archive, from its files to its results: BAG=file.zip, also RERUN, TRUST, SIGNED, WHEELS, ARCHIVE (核验归档)
	$(NIANBAO) verify $(call flag,rerun,RERUN) $(call unless,rerun,RERUN) \
		$(call flag,require-signature,SIGNED) $(PROVING) -- $(call stated,BAG)

verify-all: setup ## Verify the register of archives and all that it lists; also ARCHIVE (核验全部归档)
	$(NIANBAO) verify-all $(call named,archive,ARCHIVE)

reproduce: setup ## Make an archive's results again in 20 surroundings; also BAG, TIMES, INTO, TRUST, WHEELS (重复运行)
	$(NIANBAO) reproduce $(call named,times,TIMES) $(call named,into,INTO) $(PROVING) -- $(call stated,BAG)

compare: setup ## Say what changed: A=… B=… (bags, folders of results, git revisions), also HTML=FILE (比较两次结果)
	$(NIANBAO) compare $(call named,html,HTML) -- $(call stated,A) $(call stated,B)

check-params: setup ## Look over params/ and the names in data/raw (检查登记和参数)
	$(NIANBAO) check-params

rules: setup ## Print all rules, with how often each held and failed (规则目录)
	$(NIANBAO) rules

test: ## Run all checks and tests (运行检查与测试)
	$(SET_UP) test
	$(NIANBAO) test

test-browser: ## Test the pages in Chromium, installed where it can be (在浏览器中检验页面)
	$(SET_UP) browser
	$(NIANBAO) test-browser

accuracy: ## Measure the reading on 2,000 generated documents, into docs/accuracy.md (测量读取准确度)
	$(SET_UP) test
	$(NIANBAO) accuracy

bench: ## Measure building beside other ways, into docs/benchmarks.md; also ROUNDS, ONLY, SCALE (性能测量)
	$(SET_UP) test
	$(NIANBAO) bench $(call option,rounds,ROUNDS) $(call option,only,ONLY) $(call option,scale,SCALE)

fuzz: ## Try to break the readers, for two minutes (模糊测试)
	$(SET_UP) test
	$(NIANBAO) fuzz

lab: ## Open the notebooks in JupyterLab, installed on first use (打开 JupyterLab)
	$(SET_UP) lab
	$(NIANBAO) lab

setup: ## Set up .venv from requirements.lock, if it is not yet (安装运行环境)
	$(SET_UP) $(if $(CLUSTERED),cluster,run)

lock: ## Write the locks and environment.yml anew from pyproject.toml (更新依赖锁定)
	$(SET_UP) test
	$(NIANBAO) lock

clean: setup ## Empty output/; output/archive and .venv stay (清理输出，保留归档)
	$(NIANBAO) clean

help: ## List these targets (显示帮助)
	@sed -n 's/^\([a-z-]*\):.*## /make \1	/p' Makefile

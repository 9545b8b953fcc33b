# What people run. Every target installs what it needs first, and only what is missing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

JUDGES := $(CURDIR)/.build/judges
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# The libraries that mgc is built on.
LIBRARIES := libyaml-dev libldns-dev libidn2-dev libssl-dev libpcre2-dev libunistring-dev pkg-config
# The programs that read what mgc writes, as the servers would.
PROGRAMS := bind9 bind9-utils bind9-dnsutils nsd ldnsutils postfix python3-venv iproute2 openssl \
  shellcheck libreoffice-calc-nogui opendkim-tools chromium

TEST := MGC_JUDGES=$(JUDGES) swift test --disable-xctest --skip-build

# One file without a loader's work at every start: a third of the time of a short run. The archives
# that ldns and libidn2 need themselves are named, for the package manager does not know of them.
LINKING := $(if $(filter Linux,$(shell uname)),--static-swift-stdlib -Xswiftc -static-executable \
  $(foreach library,ssl crypto unistring pthread dl,-Xlinker -l$(library)))

.PHONY: help demo test proof fuzz lint golden bench setup setup-judges build build-tests

help:
	@echo 'make demo    build mgc and show a plan and what it would write'
	@echo 'make test    run the tests, with the judges'
	@echo 'make proof   run them with the long proofs'
	@echo 'make fuzz    look for inputs that break mgc, for a minute or FUZZ_SECONDS'
	@echo 'make lint    check the layout of the code'
	@echo 'make golden  write the goldens anew and show what changed'
	@echo 'make bench   compare speed and memory with others'

# On a copy without what mgc wrote before, as on the first day.
demo: build
	rm -rf .build/demo
	mkdir -p .build/demo
	cp -R examples/kaede-trading .build/demo
	rm -rf .build/demo/kaede-trading/out .build/demo/kaede-trading/tenant.lock.json
	.build/release/mgc plan .build/demo/kaede-trading
	.build/release/mgc apply --dry-run .build/demo/kaede-trading | sed -n '1,60p'

build: setup
	swift build -c release $(LINKING)

build-tests: setup setup-judges
	swift build --build-tests

test: build-tests
	$(TEST)
	$(MAKE) fuzz FUZZ_SECONDS=60

proof: build-tests
	MGC_PROOF=1 $(TEST)
	$(MAKE) fuzz FUZZ_SECONDS=3600

# libFuzzer comes with Swift for Linux only. What it finds is left in .build/fuzz/found.
FUZZ_SECONDS := 60
fuzz: setup
ifeq ($(shell uname),Linux)
	MGC_FUZZ=1 swift build --scratch-path .build/fuzz -c release --product fuzz \
	  -Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld
	Tests/Fuzz/run.sh .build/fuzz/release/fuzz $(FUZZ_SECONDS)
else
	@echo 'No libFuzzer here: the fuzzer runs on Linux'
endif

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

# Recording fails the run by design, so that nobody takes it for a test.
golden: build-tests
	-MGC_RECORD=1 $(TEST)
	git --no-pager diff --stat

bench: build setup-judges
	PATH="$(JUDGES)/bin:$$PATH" python3 Benchmarks/bench.py

setup: .build/setup.stamp
setup-judges: .build/setup-judges.stamp

.build/setup.stamp: Makefile
	@mkdir -p .build
	@$(call install,$(LIBRARIES))
	@touch $@

.build/setup-judges.stamp: Makefile Tests/Judges/requirements.txt
	@mkdir -p .build
	@$(call install,$(PROGRAMS))
	python3 -m venv --clear $(JUDGES)
	$(JUDGES)/bin/python -m pip install --quiet --requirement Tests/Judges/requirements.txt
	# For Mermaid's own parser, which is in it; what else it needs is for another engine.
	$(JUDGES)/bin/python -m pip install --quiet --no-deps mermaid-parser-py==0.0.4
	@touch $@

# Installs the Debian packages that are missing, and lets none of them start a service: the tests
# call the programs, and no server is to listen on this machine because of them.
define install
missing=(); \
if ! command -v dpkg-query >/dev/null; then \
  echo 'Not Debian: please install what corresponds to: $(1)'; exit 0; \
fi; \
for package in $(1); do \
  dpkg-query -W -f '$${Status}' "$$package" 2>/dev/null | grep -q ' installed$$' \
    || missing+=("$$package"); \
done; \
if [ "$${#missing[@]}" -gt 0 ]; then \
  echo "Installing $${missing[*]}"; \
  policy=/usr/sbin/policy-rc.d; \
  if [ ! -e "$$policy" ]; then \
    trap '$(SUDO) rm -f /usr/sbin/policy-rc.d' EXIT; \
    printf '#!/bin/sh\nexit 101\n' | $(SUDO) tee "$$policy" >/dev/null; \
    $(SUDO) chmod 755 "$$policy"; \
  fi; \
  $(SUDO) apt-get update -qq </dev/null; \
  echo 'postfix postfix/main_mailer_type select Local only' | $(SUDO) debconf-set-selections; \
  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "$${missing[@]}" </dev/null; \
fi
endef

# Every target brings its own tools first. `make` alone lists the targets.
STACK ?= dev
PYTHON := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help up prove example preview down purge check test bench parity format generate

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /make \1\t/' | expand -t 16

up: .venv/ready ## a measured mesh, from nothing: cluster, Istio, stack STACK, table
	@$(PYTHON) -m lab up --stack $(STACK) $(foreach pair,$(SET),--set $(pair))

prove: .venv/ready ## measure stack STACK again
	@$(PYTHON) -m lab prove --stack $(STACK)

example: .venv/ready ## an example of examples/ beside stack STACK: NAME=bookinfo, and DO=up (default), prove or down
	@$(PYTHON) -m lab example $(or $(DO),up) $(or $(NAME),bookinfo) --stack $(STACK)

preview: .venv/ready ## what `pulumi up` would change in stack STACK
	@$(PYTHON) -m lab preview --stack $(STACK) $(foreach pair,$(SET),--set $(pair))

down: .venv/ready ## end all that the lab runs and leave nothing; with KUBECONFIG, destroy stack STACK there
	@$(PYTHON) -m lab down $(if $(or $(KUBECONFIG),$(filter command line environment,$(origin STACK))),--stack $(STACK))

purge: .venv/ready ## down, and the caches too
	@$(PYTHON) -m lab purge
	@rm -rf .venv policy/.venv

check: .venv/ready ## the fast part of the tests: format, lint, types, layers, unit, Go
	@./check

test: check ## all tests, those on the lab included
	@$(PYTHON) -m pytest -m lab

bench: .venv/ready ## benchmarks, as ratios
	@$(PYTHON) -m bench

parity: .venv/ready ## how far our validation and istiod's agree, by Istio's own cases
	@$(PYTHON) -m tests.parity

format: .venv/ready ## rewrite the sources as the formatter wants them
	@$(PYTHON) -m ruff check --fix --quiet . ; $(PYTHON) -m ruff format --quiet . ; gofmt -w servicex lab/tools

generate: .venv/ready ## rewrite components/api from Istio's definitions
	@$(PYTHON) -m generate.api

.venv/ready: requirements.txt requirements-dev.txt setup
	@./setup

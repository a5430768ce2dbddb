# A second door: each target calls Maven or a script.
.DEFAULT_GOAL := help
.PHONY: help build test format bench docs run inputs fuzz drills histories soak guards

MVN := mvn --batch-mode --no-transfer-progress
SUITE ?= local
FUZZ ?= EntryDecoderFuzzTest
TIME ?= 120s
RUN ?=
GUARD ?=

help: ## lists the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

build: ## compiles and packs everything, without tests
	$(MVN) package -DskipTests

test: ## builds and tests everything
	$(MVN) verify

format: ## formats the Java sources
	$(MVN) spotless:apply

bench: ## measures a suite, quickly: make bench SUITE=redis
	benchmarks/run $(SUITE) --quick

docs: ## writes what is generated in the documentation anew
	$(MVN) test -pl examples -am -Dupdate.docs=true -Dtest='ConfigurationDocTest,RefreshPageTest,io.cacheservice.examples.documentation.DocumentationTest' -Dsurefire.failIfNoSpecifiedTests=false

run: ## starts the program
	./cache-service serve

drills: ## kills, moves and fails over real servers under load and says what it cost
	$(MVN) -q test -pl redis -am -Dtest='*DrillTest' -Dsurefire.failIfNoSpecifiedTests=false

histories: ## lets JVMs use the cache while all fails: make histories RUN='--topology cluster'
	redis/drills/histories $(RUN)

soak: ## lets JVMs use the cache for an hour while all fails now and then, and says what grew: make soak RUN='5 --seed 1'
	redis/drills/soak $(RUN)

guards: ## switches off each guard of local copies and leases, and shows that its test fails: make guards GUARD=slot
	java redis/guards/Guards.java $(GUARD)

inputs: ## gives mutated inputs to everything that parses bytes: make inputs RUN='--inputs 1m --targets http'
	server/drills/fuzz $(RUN)

fuzz: ## searches for inputs that break a decoder: make fuzz FUZZ=RedisKeysFuzzTest TIME=10m
	JAZZER_FUZZ=1 JAZZER_MAX_DURATION=$(TIME) $(MVN) test -pl core -Dtest='$(FUZZ)'

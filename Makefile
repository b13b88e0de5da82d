# entente. One word per habit: make, make test, make check, make conformance, make bench, make demo, make install, make clean.
# V=1 shows commands; SAN=1 builds with sanitizers; CC=clang builds beside gcc's objects.
.DEFAULT_GOAL := all
VERSION := 0.1.0
CC ?= cc
PREFIX ?= /usr/local
BUILD ?= build
PKGS := libxml-2.0 harfbuzz harfbuzz-subset icu-uc libdeflate nettle jansson
WARN := -Wall -Wextra -Wconversion -Wshadow -Wmissing-prototypes -Wstrict-prototypes -Wvla -Werror
CFLAGS ?= -O2 -g
Q := $(if $(V),,@)
ifdef SAN
BUILD := $(BUILD)/san
CFLAGS := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif
ifneq ($(filter clang%,$(notdir $(CC))),)
BUILD := $(BUILD)/clang
endif

# Which folders a folder of src/ may include: data goes one way. `make deps` holds the code against it.
DEPS_base :=
DEPS_xml := base
DEPS_sheet := base xml
DEPS_locale := base xml
DEPS_facts := base xml sheet
DEPS_narrative := base xml locale facts
DEPS_doc := base
DEPS_layout := base xml doc
DEPS_compose := base xml locale facts narrative layout doc
DEPS_text := base
DEPS_page := base text
DEPS_chart := base locale doc text page
DEPS_flow := base locale doc text chart page
DEPS_render := base page text
DEPS_roster := base xml
DEPS_batch := base xml roster entente.h
DEPS_cli := base entente.h roster batch
FOLDERS := base xml sheet locale facts narrative doc layout compose text page chart flow render roster
comma := ,
export DEPS_TABLE := $(foreach f,$(FOLDERS) batch cli,$(f):$(subst $() $(),$(comma),$(strip $(DEPS_$(f)))))

PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
CPPFLAGS += -D_GNU_SOURCE -DENTENTE_VERSION='"$(VERSION)"' -DENTENTE_DATA='"$(PREFIX)/share/entente"' -Isrc $(PKG_CFLAGS)
ALL_CFLAGS = -std=c11 $(WARN) $(CFLAGS) -fPIC -fvisibility=hidden -MMD -MP
LIBS := $(PKG_LIBS) -lhpdf -lhyphen -lz -lm

objects = $(patsubst src/%.c,$(BUILD)/obj/%.o,$(wildcard src/$(1)/*.c))
LIB_OBJ := $(foreach f,$(FOLDERS),$(call objects,$(f))) $(patsubst src/%.c,$(BUILD)/obj/%.o,$(wildcard src/*.c))
PROGRAM_OBJ := $(call objects,batch) $(call objects,cli)

all: $(BUILD)/entente $(BUILD)/libentente.so $(BUILD)/entente.pc

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(if $(V),,@echo "  CC $<")
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/libentente.a: $(LIB_OBJ)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(BUILD)/libentente.so: $(LIB_OBJ)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,libentente.so.0 -o $@ $^ $(LIBS)

$(BUILD)/entente: $(PROGRAM_OBJ) $(BUILD)/libentente.a
	$(if $(V),,@echo "  LD $@")
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/entente.pc: Makefile
	@mkdir -p $(@D)
	@printf '%s\n' 'prefix=$(PREFIX)' 'Name: entente' 'Description: XML briefings to tagged, archival PDF' 'Version: $(VERSION)' \
		'Requires.private: $(PKGS)' 'Cflags: -I$${prefix}/include' 'Libs: -L$${prefix}/lib -lentente' \
		'Libs.private: -lhpdf -lhyphen -lz -lm' > $@

# ---- install ----

DATA := $(DESTDIR)$(PREFIX)/share/entente
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DATA) \
		$(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(BUILD)/entente $(DESTDIR)$(PREFIX)/bin/
	install -m 644 src/entente.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 $(BUILD)/libentente.a $(DESTDIR)$(PREFIX)/lib/
	install -m 755 $(BUILD)/libentente.so $(DESTDIR)$(PREFIX)/lib/libentente.so.0
	ln -sf libentente.so.0 $(DESTDIR)$(PREFIX)/lib/libentente.so
	install -m 644 $(BUILD)/entente.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig/
	install -m 644 src/cli/entente.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	cp -R layouts library fonts $(DATA)/

# ---- unit tests: one program a file under tests/unit, linked with its folder and the folders below it ----

deps_closure = $(sort $(1) $(foreach d,$(filter $(FOLDERS),$(DEPS_$(1))),$(call deps_closure,$(d))))
unit_programs = $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_$(1).c tests/unit/test_$(1)_*.c))
define unit_rules
obj-$(1): $$(call objects,$(1))
unit-$(1): $$(call unit_programs,$(1))
	@for t in $$^; do $$$$t > $$$$t.log 2>&1 || { cat $$$$t.log; exit 1; }; tail -2 $$$$t.log; done
$$(call unit_programs,$(1)): $$(foreach f,$$(call deps_closure,$(1)),$$(call objects,$$(f)))
.PHONY: obj-$(1) unit-$(1)
endef
$(foreach f,$(FOLDERS),$(eval $(call unit_rules,$(f))))
# batch is no part of the library and stands on all of it.
obj-batch: $(call objects,batch)
unit-batch: $(call unit_programs,batch)
	@for t in $^; do $$t > $$t.log 2>&1 || { cat $$t.log; exit 1; }; tail -2 $$t.log; done
$(call unit_programs,batch): $(call objects,batch) $(LIB_OBJ)
# What stands at the library's top.
unit-entente: $(call unit_programs,entente)
	@for t in $^; do $$t > $$t.log 2>&1 || { cat $$t.log; exit 1; }; tail -2 $$t.log; done
$(call unit_programs,entente): $(LIB_OBJ)
.PHONY: obj-batch unit-batch unit-entente

$(BUILD)/tests/%: tests/unit/%.c
	@mkdir -p $(@D)
	$(if $(V),,@echo "  CC $<")
	$(Q)$(CC) $(CPPFLAGS) $(filter-out -fvisibility=hidden,$(ALL_CFLAGS)) -Wno-unused-parameter -o $@ $(filter %.c %.o,$^) $(LIBS) -lcmocka

UNITS := $(foreach f,$(FOLDERS) batch entente,$(call unit_programs,$(f)))
unit: $(UNITS)
	@tests/run-unit $(UNITS)

# ---- tests, checks, conformance, measurements ----

test: dependencies-test
	@$(MAKE) --no-print-directory all unit
	@tests/run-golden $(BUILD)/entente
	@tests/run-bad $(BUILD)/entente
	@tests/run-system $(BUILD)/entente
	@tests/run-loop $(BUILD)/entente
	@tests/run-review $(BUILD)/entente
	@tests/run-survey $(BUILD)/entente
	@tests/run-words $(BUILD)/entente
	@tests/run-torture $(BUILD)/entente

golden-update: all
	@tests/run-golden --update $(BUILD)/entente
	@tests/run-bad --update $(BUILD)/entente

deps:
	@tests/check-deps

check: dependencies-check deps
	@tests/check-shape
	@$(MAKE) --no-print-directory CC=clang all
	@$(MAKE) --no-print-directory SAN=1 all unit
	@ENTENTE_SANITIZED=1 tests/run-golden $(BUILD)/san/entente
	@ENTENTE_SANITIZED=1 tests/run-bad $(BUILD)/san/entente
	@ENTENTE_SANITIZED=1 tests/run-system $(BUILD)/san/entente
	@ENTENTE_SANITIZED=1 tests/run-loop $(BUILD)/san/entente
	@ENTENTE_SANITIZED=1 tests/run-review $(BUILD)/san/entente
	@ENTENTE_SANITIZED=1 tests/run-survey $(BUILD)/san/entente
	@ENTENTE_SANITIZED=1 tests/run-words $(BUILD)/san/entente
	@ENTENTE_SANITIZED=1 tests/run-torture $(BUILD)/san/entente
	@tests/check-static

conformance: dependencies-conformance
	@$(MAKE) --no-print-directory all $(call unit_programs,render)
	@tests/run-conformance $(BUILD)/entente

bench: all $(BUILD)/bench/empty $(BUILD)/bench/measure $(BUILD)/bench/shaping
	@tests/bench/run $(BUILD)/entente

# Linked with all libraries, though it uses none: what starting costs.
$(BUILD)/bench/empty: tests/bench/empty.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 $(WARN) $(CFLAGS) -o $@ $< -Wl,--no-as-needed $(LIBS)

$(BUILD)/bench/measure: tests/bench/measure.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -o $@ $<

$(BUILD)/bench/shaping: tests/bench/shaping.c $(call objects,text) $(call objects,base)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -std=c11 $(WARN) $(CFLAGS) -o $@ $^ $(LIBS)

# ---- from a bare machine ----

APT_BUILD := build-essential pkg-config libhpdf-dev libxml2-dev libharfbuzz-dev libicu-dev libhyphen-dev libdeflate-dev zlib1g-dev \
	nettle-dev libjansson-dev libqpdf-dev libzip-dev hyphen-en-gb hyphen-en-us hyphen-de fonts-inter fonts-noto-core fonts-lato
APT_TEST := $(APT_BUILD) libcmocka-dev qpdf poppler-utils libxml2-utils fonts-dejavu-core unicode-data python3=python3
APT_CHECK := $(APT_TEST) clang clang-tidy libclang-rt-14-dev
APT_CONFORMANCE := $(APT_TEST) fonts-noto-cjk mupdf-tools javac=default-jdk-headless mvn=maven
dependencies-build:
	@tests/install-dependencies $(APT_BUILD)
dependencies-test:
	@tests/install-dependencies $(APT_TEST)
dependencies-check:
	@tests/install-dependencies $(APT_CHECK)
dependencies-conformance:
	@tests/install-dependencies $(APT_CONFORMANCE)

demo: dependencies-build
	@$(MAKE) --no-print-directory all
	@tests/demo $(BUILD)/entente

clean:
	rm -rf build
.PHONY: all install unit test golden-update deps check conformance bench demo clean \
	dependencies-build dependencies-test dependencies-check dependencies-conformance
-include $(wildcard $(BUILD)/obj/*/*.d $(BUILD)/obj/*.d $(BUILD)/tests/*.d)

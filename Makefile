# entente: see README.md. One word per habit: make, make test, make check, make conformance, make bench, make demo.
.DEFAULT_GOAL := all
VERSION := 0.1.0
CC ?= cc
PREFIX ?= /usr/local
BUILD ?= build
PKGS := libxml-2.0 harfbuzz harfbuzz-subset icu-uc libdeflate nettle jansson lcms2
WARN := -Wall -Wextra -Wconversion -Wshadow -Wmissing-prototypes -Wstrict-prototypes -Wvla -Werror
CFLAGS ?= -O2 -g
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
ifdef SAN
BUILD := $(BUILD)/san
CFLAGS := -O1 -g $(SANFLAGS)
endif
ifneq ($(filter clang%,$(notdir $(CC))),)
BUILD := $(BUILD)/clang
endif

# Which folders a folder of src/ may include (DESIGN: data goes one way). `make deps` holds the code against it.
DEPS_base :=
DEPS_xml := base
DEPS_locale := base xml
DEPS_facts := base xml
DEPS_narrative := base xml facts
DEPS_layout := base xml doc
DEPS_doc := base
DEPS_compose := base locale facts narrative layout doc
DEPS_text := base
DEPS_page := base
DEPS_chart := base locale doc text page
DEPS_flow := base locale doc text chart page
DEPS_render := base page text
FOLDERS := base xml locale facts narrative doc layout compose text page chart flow render

CPPFLAGS += -D_GNU_SOURCE -DENTENTE_VERSION='"$(VERSION)"' -DENTENTE_DATA='"$(PREFIX)/share/entente"' -Isrc $(shell pkg-config --cflags $(PKGS))
ALL_CFLAGS = -std=c11 $(WARN) $(CFLAGS) -fPIC -fvisibility=hidden -MMD -MP
LIBS := $(shell pkg-config --libs $(PKGS)) -lhpdf -lhyphen -lz -lm

objects = $(patsubst src/%.c,$(BUILD)/obj/%.o,$(wildcard src/$(1)/*.c))
LIB_OBJ := $(foreach f,$(FOLDERS) ,$(call objects,$(f))) $(patsubst src/%.c,$(BUILD)/obj/%.o,$(wildcard src/*.c))
PROGRAM_OBJ := $(call objects,batch) $(call objects,cli)

all: $(BUILD)/entente

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/libentente.a: $(LIB_OBJ)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/entente: $(PROGRAM_OBJ) $(BUILD)/libentente.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# Unit tests: one program per file under tests/unit, linked with its folder and the folders below it.
deps_closure = $(sort $(1) $(foreach d,$(DEPS_$(1)),$(call deps_closure,$(d))))
define unit_rules
obj-$(1): $$(call objects,$(1))
unit-$(1): $$(patsubst tests/unit/%.c,$$(BUILD)/tests/%,$$(wildcard tests/unit/test_$(1).c tests/unit/test_$(1)_*.c))
	@for t in $$^; do echo "== $$$$t"; $$$$t || exit 1; done
$$(BUILD)/tests/test_$(1) $$(BUILD)/tests/test_$(1)_%: $$(foreach f,$$(call deps_closure,$(1)),$$(call objects,$$(f)))
.PHONY: obj-$(1) unit-$(1)
endef
$(foreach f,$(FOLDERS),$(eval $(call unit_rules,$(f))))

$(BUILD)/tests/%: tests/unit/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(filter-out -fvisibility=hidden,$(ALL_CFLAGS)) -o $@ $(filter %.c %.o,$^) $(LIBS) -lcmocka

clean:
	rm -rf build
.PHONY: all clean
-include $(wildcard $(BUILD)/obj/*/*.d $(BUILD)/obj/*.d)

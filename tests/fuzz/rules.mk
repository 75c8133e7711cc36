# rules.mk: libFuzzer's targets: any bytes into what reads strangers' bytes.
#
#   make fuzz          each target for a minute (SECONDS=600: for ten)
#   make fuzz ONLY=markup
#   make fuzzers       builds them into $(B)/fuzz/; CC is clang

FUZZ_FILTERS = bayes duplicate language links
FUZZ_NAMES = text markup request records token review packets $(FUZZ_FILTERS)
FUZZ_HELP = tests/fuzz/fuzz.c tests/fuzz/fuzz.h
FUZZ_LINK = $(CC) $(CFLAGS_ALL) -fsanitize=fuzzer $(LDFLAGS_ALL) -o $@

fuzzers: $(FUZZ_NAMES:%=$(B)/fuzz/%)

$(filter-out $(FUZZ_FILTERS:%=$(B)/fuzz/%),$(FUZZ_NAMES:%=$(B)/fuzz/%)): \
    $(B)/fuzz/%: tests/fuzz/%.c $(FUZZ_HELP) $(ARCHIVES)
	@mkdir -p $(@D)
	$(FUZZ_LINK) $(filter %.c,$^) -Wl,--start-group $(filter %.a,$^) \
	    -Wl,--end-group $(PKG_LIBS)
$(FUZZ_FILTERS:%=$(B)/fuzz/%): $(B)/fuzz/%: tests/fuzz/plugin.c $(FUZZ_HELP) \
    $$(wildcard plugins/$$*/*.[ch] plugins/$$*/libs) \
    $$(addprefix plugins/shared/,$$(file <plugins/$$*/shares)) $(B)/lib/base.a
	@mkdir -p $(@D)
	$(FUZZ_LINK) -Iplugins/shared $(filter %.c %.a,$^) -lm \
	    $(if $(filter %/libs,$^),$$(pkg-config --libs $$(cat \
	    $(filter %/libs,$^)))) $(PKG_LIBS)

fuzz:
	@$(MAKE) -s --no-print-directory B=build/fuzzed CC=clang SAN=1 \
	    CFLAGS=-fsanitize=fuzzer-no-link fuzzers
	tests/fuzz/run build/fuzzed/fuzz $(ONLY)

.PHONY: fuzz fuzzers

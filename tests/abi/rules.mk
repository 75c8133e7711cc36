# rules.mk: the ABI tests: plugins built wrong on purpose, the real host.
#
#   make abi        builds them into $(B)/abi/; each $(ABI) runs by itself

ABI_TESTS = refused misbehave breaker outside hear shipped signs lists duplicate \
    lua bayes bayes_table bayes_text challenge pow
ABI = $(patsubst %,$(B)/abi/%,$(ABI_TESTS))
ABI_BAYES = $(filter $(B)/abi/bayes%,$(ABI))
ABI_WRONG = magic major minor short absurd nameless badname longname \
    judgeless null unopening deferred crashing hanging right
ABI_PLUGINS = $(patsubst %,$(B)/abi/plugins/%.so,good-a good-b mad keeper counter porter slow frozen \
    symbolless unresolved $(patsubst %,wrong-%,$(ABI_WRONG)))
# Never sanitized: a plugin comes as it is.
ABI_CC = $(CC) -std=c11 -D_GNU_SOURCE $(WARN) -O1 -g -fPIC -shared \
    -fvisibility=hidden
ABI_HEADER = plugins/include/foyer/plugin.h
ABI_CXX = $(if $(findstring clang,$(CC)),clang++,$(CXX))

abi: $(ABI)

$(filter-out $(ABI_BAYES) %/pow,$(ABI)): $(B)/abi/%: tests/abi/%.c tests/abi/abi.c tests/abi/abi.h \
    $(B)/lib/filter.a $(B)/lib/model.a $(B)/lib/base.a $(ABI_PLUGINS)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -DABI_CC='"$(CC)"' -DABI_CXX='"$(ABI_CXX)"' \
	    -DABI_INCLUDE='"$(CURDIR)/plugins/include"' \
	    -DABI_SHIPPED='"$(abspath $(B))/plugins"' $(LDFLAGS_ALL) -o $@ \
	    $(filter %.c,$^) -Wl,--start-group $(filter %.a,$^) \
	    -Wl,--end-group $(PKG_LIBS) -lcmocka
$(B)/abi/shipped $(B)/abi/signs $(B)/abi/lists $(B)/abi/duplicate $(B)/abi/lua: | $(PLUGINS)
# By themselves, without a host.
$(ABI_BAYES): $(B)/abi/%: tests/abi/%.c $(wildcard plugins/bayes/*.[ch]) $(ABI_HEADER)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -Iplugins $(LDFLAGS_ALL) -o $@ $(filter %.c,$^) \
	    $$(pkg-config --libs $$(cat plugins/bayes/libs)) -lm -lcmocka -lpthread

$(B)/abi/pow: tests/abi/pow.c $(wildcard plugins/pow/*.[ch]) $(ABI_HEADER)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -Iplugins/pow $(LDFLAGS_ALL) -o $@ \
	    $(filter %.c,$^) $(PKG_LIBS) -lcmocka

$(B)/abi/plugins/good-%.so: tests/abi/plugins/good.c $(ABI_HEADER)
	@mkdir -p $(@D)
	$(ABI_CC) -Iplugins/include -DNAME='"good-$*"' -o $@ $<
$(B)/abi/plugins/wrong-%.so: tests/abi/plugins/wrong.c $(ABI_HEADER)
	@mkdir -p $(@D)
	$(ABI_CC) -Iplugins/include -DWRONG=wrong_$* -o $@ $<
# Built from the header as it was when 1.0 was released, for ever.
$(B)/abi/plugins/frozen.so: tests/abi/plugins/frozen.c \
    tests/abi/frozen-1.0/foyer/plugin.h
	@mkdir -p $(@D)
	$(ABI_CC) -Itests/abi/frozen-1.0 -o $@ $<
$(B)/abi/plugins/%.so: tests/abi/plugins/%.c $(ABI_HEADER)
	@mkdir -p $(@D)
	$(ABI_CC) -Iplugins/include -o $@ $<

.PHONY: abi

# rules.mk: the tests of store, which want a database: test_store.py has one.
#
#   make store-tests    builds them into $(B)/store/

STORE_HELP = tests/store/house.c tests/store/relay.c tests/store/walk.c
STORE_TESTS = $(patsubst tests/store/%.c,$(B)/store/%,\
    $(filter-out $(STORE_HELP),$(wildcard tests/store/*.c)))

store-tests: $(STORE_TESTS)

$(STORE_TESTS): $(B)/store/%: tests/store/%.c $(STORE_HELP) \
    tests/store/house.h tests/store/relay.h tests/store/walk.h $(B)/lib/store.a $(B)/lib/seal.a $(B)/lib/model.a \
    $(B)/lib/base.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $(filter %.c,$^) \
	    -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS) \
	    -lcmocka

.PHONY: store-tests

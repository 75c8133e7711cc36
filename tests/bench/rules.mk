# rules.mk: the bench: what everything costs beside the least it could cost.
#
#   make bench                  every row but `admin`; build/bench.json, bench-growth.svg
#   make bench ONLY=read_hit    one, or several: ONLY="post read_miss"
#   make bench ONLY=admin       moderators' pages, in a place of 1,000,000

BENCH = $(B)/bench/load $(B)/bench/floor_read
BENCH_CC = $(CC) $(BASE_CFLAGS) $(PKG_CFLAGS) $(CFLAGS) -MMD -MP

$(B)/bench/load: tests/bench/load.c tests/bench/http.c tests/bench/load.h
	@mkdir -p $(@D)
	$(BENCH_CC) -o $@ $(filter %.c,$^) $(LDFLAGS)
$(B)/bench/floor_read: tests/bench/floor_read.c
	@mkdir -p $(@D)
	$(BENCH_CC) -o $@ $< $(LDFLAGS) -lfcgi -lpq

bench: all $(BENCH)
	FOYER_BUILD=$(B) /usr/bin/python3 tests/bench/bench.py $(ONLY)

.PHONY: bench

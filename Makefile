# Makefile: builds into build/ (B=... for another folder, SAN=1 for sanitizers).
#
#   make            the daemon, the operators' tool, the plugins
#   make check      every test; ends with "N passed, N failed"
#   make pot        collects what pages say into po/, to be translated
#   make bench      what it costs; build/bench.json (ONLY=read_hit: one row)
#   make fault      what must go on while much goes wrong: longer, and timed
#   make fuzz       any bytes into what reads them, a minute each (ONLY=markup)
#   make demo       the whole thing on a loopback port; make demo-reset forgets
#   make vmcheck    the package in a Debian that is booted for it (as root)
#   make deb        Debian's packages, in build/deb/

B ?= build
CC ?= cc
PREFIX ?= /usr/local
DESTDIR ?=

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
OPT = -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong
ifdef SAN
OPT = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
    -fno-sanitize-recover=all
endif
BASE_CFLAGS = -std=c11 -D_GNU_SOURCE $(WARN) $(OPT) -fvisibility=hidden
CFLAGS_ALL = $(BASE_CFLAGS) -fPIE -Isrc -Iplugins/include -I$(B)/gen \
    $(PKG_CFLAGS) $(CFLAGS)
LDFLAGS_ALL = $(OPT) -pie -Wl,-z,relro,-z,now $(LDFLAGS)

PKGS = libutf8proc jansson libsodium libpq libcmark zlib libseccomp \
    libxml-2.0 libsystemd libconfuse libidn2 libcrypto libqrencode \
    libcurl
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lfcgi -ldl -lm

# A room's archive, and the rooms below it that its unit tests link.
ROOMS = base model settings wire seal store markup page snapshot filter \
    ingest net proc app ctl
BELOW_base =
BELOW_model = base
BELOW_settings = base
BELOW_wire = base
BELOW_seal = model base
BELOW_store = model base
BELOW_markup = base
BELOW_page = model base
BELOW_snapshot = base
BELOW_filter = model base
BELOW_ingest = model base
BELOW_net = base
BELOW_proc = base
BELOW_app = page wire store seal markup snapshot filter ingest net proc \
    settings model base
BELOW_ctl = app $(BELOW_app)

room_objs = $(patsubst %.c,$(B)/%.o,$(wildcard src/$(1)/*.c))
ARCHIVES = $(foreach r,$(ROOMS),$(if $(wildcard src/$(r)/*.c),$(B)/lib/$(r).a))
PLUGINS = $(patsubst plugins/%/,$(B)/plugins/%.so,\
    $(filter-out plugins/include/ plugins/shared/,$(wildcard plugins/*/)))
UNITS = $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/*.c))

all: $(B)/foyerd $(B)/foyerctl plugins
plugins: $(PLUGINS)
units: $(UNITS)

$(B)/foyerd: $(B)/src/foyerd.o $(ARCHIVES)
$(B)/foyerctl: $(B)/src/foyerctl.o $(ARCHIVES)
$(B)/foyerd $(B)/foyerctl:
	$(CC) $(LDFLAGS_ALL) -o $@ $< -Wl,--start-group $(ARCHIVES) \
	    -Wl,--end-group $(PKG_LIBS)

define ROOM_RULES
$(B)/lib/$(1).a: $(call room_objs,$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	$(AR) rcs $$@ $$^
$(B)/unit/$(1)_%: tests/unit/$(1)_%.c $(B)/lib/$(1).a \
    $(foreach r,$(BELOW_$(1)),$(B)/lib/$(r).a)
	@mkdir -p $$(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -MF $$@.d $(LDFLAGS_ALL) -o $$@ $$< \
	    -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group \
	    $(PKG_LIBS) -lcmocka
endef
$(foreach r,$(ROOMS),$(eval $(call ROOM_RULES,$(r))))

$(B)/src/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# A plugin is one folder: NAME/*.c, NAME/libs with what pkg-config names, and
# NAME/shares with what it takes from plugins/shared/.
.SECONDEXPANSION:
$(B)/plugins/%.so: $$(wildcard plugins/$$*/*.[ch] plugins/$$*/libs) \
    plugins/include/foyer/plugin.h plugins/shared/outward.h \
    $$(addprefix plugins/shared/,$$(file <plugins/$$*/shares))
	@mkdir -p $(@D)
	$(CC) $(BASE_CFLAGS) -fPIC -shared -Iplugins/include \
	    -Iplugins/shared -o $@ $(filter %.c,$^) $(LDFLAGS) -Wl,--as-needed -lm -lresolv $(if $(filter %/libs,$^),\
	    $$(pkg-config --cflags --libs $$(cat $(filter %/libs,$^))))

# SQL into C: the statements and the migrations.
$(B)/gen/statements.h: sql/statements.awk $(sort $(wildcard sql/queries/*.sql))
	@mkdir -p $(@D)
	LC_ALL=C awk -f sql/statements.awk $(filter %.sql,$^) > $@.tmp
	@mv $@.tmp $@
$(B)/gen/migrations.h: sql/migrations.awk $(sort $(wildcard sql/migrations/*.sql))
	@mkdir -p $(@D)
	LC_ALL=C awk -v table=migrations -f sql/migrations.awk \
	    $(filter %.sql,$^) > $@.tmp
	@mv $@.tmp $@
$(B)/gen/optional.h: sql/migrations.awk $(sort $(wildcard sql/optional/*.sql))
	@mkdir -p $(@D)
	LC_ALL=C awk -v table=optional -v sign=-1 -f sql/migrations.awk \
	    $(filter %.sql,$^) > $@.tmp
	@mv $@.tmp $@
$(B)/gen/roles.h: sql/migrations.awk sql/roles.sql
	@mkdir -p $(@D)
	LC_ALL=C awk -v table=roles -f sql/migrations.awk sql/roles.sql > $@.tmp
	@mv $@.tmp $@
$(call room_objs,store): $(B)/gen/statements.h $(B)/gen/migrations.h \
    $(B)/gen/optional.h $(B)/gen/roles.h

# Words into C: each language is one file, po/TAG.po.
CATALOGUES = $(sort $(wildcard po/*.po))
$(B)/gen/catalogues.h: po/catalogues.awk $(CATALOGUES)
	@mkdir -p $(@D)
	for po in $(CATALOGUES); do \
	    msgfmt --check-format --check-domain --output-file=/dev/null $$po || exit 1; \
	    po=$${po##*/}; echo "# language $${po%.po}"; \
	    msgattrib --translated --no-fuzzy --no-obsolete --no-wrap \
	        --no-location po/$$po || exit 1; \
	done > $@.po
	LC_ALL=C awk -f po/catalogues.awk $@.po > $@.tmp
	@mv $@.tmp $@
$(call room_objs,page): $(B)/gen/catalogues.h

# What readers load, under its name and once more with a hash of what it holds
# in its name: pages link that one, which never changes.
WEB = $(sort $(wildcard src/web/*))
$(B)/gen/assets.h: $(WEB)
	@mkdir -p $(@D)
	rm -rf $(B)/web
	mkdir $(B)/web
	cp $(WEB) $(B)/web
	cd $(B)/web && for file in *.css *.js; do \
	    hash=$$(sha256sum "$$file" | cut -c 1-12); \
	    copy=$${file%.*}.$$hash.$${file##*.}; \
	    cp "$$file" "$$copy" || exit 1; \
	    echo "	ASSET(\"$$file\", \"$$copy\")"; \
	done >../gen/assets.h.tmp
	@mv $@.tmp $@
$(call room_objs,page): $(B)/gen/assets.h

# What is marked in the source into po/foyer.pot and each language.
pot:
	po/collect po/foyer.pot
	for po in $(CATALOGUES); do \
	    msgmerge --quiet --update --backup=none --no-fuzzy-matching \
	        --previous --sort-by-file $$po po/foyer.pot || exit 1; \
	    msgattrib --no-obsolete --sort-by-file -o $$po $$po; \
	done

# Where things go: DESTDIR stages, PREFIX places (foyerd looks for its plugins
# in the folder that foyer.conf names).
SHARE = $(DESTDIR)$(PREFIX)/share
UNITDIR ?= $(PREFIX)/lib/systemd/system
UNITS_TO = $(DESTDIR)$(UNITDIR)
install: all
	install -d $(SHARE)/foyer/web $(SHARE)/foyer/sql $(SHARE)/foyer/lua \
	    $(SHARE)/foyer/nginx $(SHARE)/foyer/systemd \
	    $(SHARE)/foyer/prometheus $(UNITS_TO) \
	    $(DESTDIR)$(PREFIX)/lib/sysusers.d $(DESTDIR)$(PREFIX)/lib/tmpfiles.d \
	    $(DESTDIR)$(PREFIX)/sbin $(DESTDIR)$(PREFIX)/bin \
	    $(DESTDIR)$(PREFIX)/lib/foyer/plugins \
	    $(DESTDIR)$(PREFIX)/include/foyer $(DESTDIR)/etc/foyer \
	    $(SHARE)/man/man5 $(SHARE)/man/man7 $(SHARE)/man/man8
	install -m 0755 $(B)/foyerd $(DESTDIR)$(PREFIX)/sbin/
	install -m 0755 $(B)/foyerctl $(DESTDIR)$(PREFIX)/bin/
	install -m 0644 $(PLUGINS) $(DESTDIR)$(PREFIX)/lib/foyer/plugins/
	install -m 0644 plugins/include/foyer/plugin.h \
	    $(DESTDIR)$(PREFIX)/include/foyer/
	install -m 0644 $(B)/web/* $(SHARE)/foyer/web/
	install -m 0644 sql/roles.sql $(SHARE)/foyer/sql/
	install -m 0644 plugins/lua/scripts/*.lua $(SHARE)/foyer/lua/
	install -m 0644 conf/nginx/* $(SHARE)/foyer/nginx/
	install -m 0644 deploy/prometheus/* $(SHARE)/foyer/prometheus/
	install -m 0644 conf/foyer.conf.5 $(SHARE)/man/man5/
	install -m 0644 plugins/foyer-plugin.7 plugins/foyer-filters.7 \
	    $(SHARE)/man/man7/
	install -m 0644 deploy/foyerd.8 deploy/foyerctl.8 $(SHARE)/man/man8/
	install -d $(SHARE)/bash-completion/completions \
	    $(SHARE)/zsh/vendor-completions
	$(B)/foyerctl completion bash \
	    >$(SHARE)/bash-completion/completions/foyerctl
	$(B)/foyerctl completion zsh \
	    >$(SHARE)/zsh/vendor-completions/_foyerctl
	install -m 0644 deploy/systemd/foyer.socket deploy/systemd/foyer.service \
	    deploy/systemd/foyer-retrain.service \
	    deploy/systemd/foyer-retrain.timer $(UNITS_TO)/
	install -m 0644 deploy/systemd/network.conf $(SHARE)/foyer/systemd/
	install -m 0644 deploy/systemd/foyer.sysusers \
	    $(DESTDIR)$(PREFIX)/lib/sysusers.d/foyer.conf
	install -m 0644 deploy/systemd/foyer.tmpfiles \
	    $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/foyer.conf
	test -e $(DESTDIR)/etc/foyer/foyer.conf || \
	    install -m 0640 conf/foyer.conf $(DESTDIR)/etc/foyer/foyer.conf

# The tree as it is, with debian/ where Debian's tools look for it.
deb:
	deploy/setup-debian deb
	rm -rf $(B)/deb
	mkdir -p $(B)/deb/foyer
	tar -c --exclude=./build --exclude=./.git . | tar -x -C $(B)/deb/foyer
	mv $(B)/deb/foyer/deploy/debian $(B)/deb/foyer/debian
	cd $(B)/deb/foyer && dpkg-buildpackage -us -uc -b
	ls $(B)/deb/*.deb

check:
	deploy/check
fault: all abi
	FOYER_HURT=1000 FOYER_BUILD=$(B) /usr/bin/python3 -m pytest -q -s \
	    tests/service/test_hurting.py
	FOYER_SECONDS=60 FOYER_BUILD=$(B) /usr/bin/python3 -m pytest -q -s \
	    tests/service/test_restart.py
vmcheck:
	deploy/vmcheck
demo:
	deploy/demo
demo-reset:
	deploy/demo reset
clean:
	rm -rf $(B)

-include $(shell find $(B)/src -name '*.d' 2>/dev/null)
-include $(wildcard $(B)/unit/*.d)
-include tests/abi/rules.mk
-include tests/store/rules.mk
-include tests/bench/rules.mk
-include tests/fuzz/rules.mk

.PHONY: all plugins units pot install deb check fault vmcheck demo demo-reset clean
.DELETE_ON_ERROR:

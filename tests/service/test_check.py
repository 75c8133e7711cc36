"""test_check.py: foyerctl check names what is wrong with a running foyer: each
is broken here, named, and mended."""

import contextlib
import json
import os
import shutil
import signal
import subprocess

import pytest

from foyer import own
from process import wait_until

SKEW = """
#include <time.h>
#include <sys/syscall.h>
#include <unistd.h>
int clock_gettime(clockid_t clock, struct timespec *ret)
{
	int e = (int)syscall(SYS_clock_gettime, clock, ret);
	if (clock == CLOCK_REALTIME)
		ret->tv_sec -= 3600;
	return e;
}
"""


def check(foyer, conf=None, status=1):
    """What is said of each thing."""
    done = foyer.ctl("check", "--nginx",
                     conf or foyer.folder / "nginx/private.filled",
                     check=False)
    assert done.returncode == status, done
    return dict(line.split(": ", 1) for line in done.stdout.splitlines())


@pytest.fixture
def nginx(foyer):
    """Writes nginx's settings, changed, where only check reads them."""
    def write(old, new):
        text = (foyer.folder / "nginx/private.filled").read_text()
        text = text.replace(f"include {foyer.folder}/nginx/",
                            f"include {foyer.folder}/other/")
        other = foyer.folder / "other"
        shutil.copytree(foyer.folder / "nginx", other, dirs_exist_ok=True)
        for path in other.glob("*.conf"):
            path.write_text(path.read_text().replace(old, new))
        (other / "nginx.conf").write_text(text.replace(old, new))
        own(other)
        return other / "nginx.conf"
    yield write
    shutil.rmtree(foyer.folder / "other", ignore_errors=True)


@contextlib.contextmanager
def mode(path, bits):
    before = path.stat().st_mode & 0o7777
    path.chmod(bits)
    try:
        yield
    finally:
        path.chmod(before)


def test_a_running_foyer_is_well(foyer):
    said = check(foyer, status=0)
    assert len(said) >= 17
    assert said["running"] == "ok (its filters are loaded)"
    assert all(what.startswith("ok (") for what in said.values()), said
    assert said["socket"] == f"ok ({foyer.socket})"
    assert said["server"] == "ok (PostgreSQL 15)"
    assert said["room"].startswith(f"ok ({foyer.cluster.data}: ")
    assert foyer.query("SELECT 1 FROM sso_used") == []  # it was taken back


def test_the_nginx_that_serves_foyer_is_found_among_others(foyer):
    """Without --nginx: the system's has nothing to do with foyer, either."""
    said = dict(line.split(": ", 1) for line in foyer.ctl("check")
                .stdout.splitlines())
    assert said["nginx"] == f"ok ({foyer.folder}/nginx/private.filled)"
    settings = dict(foyer.settings)
    try:
        foyer.write_conf(origin="https://journal.example")
        said = foyer.ctl("check").stdout
        assert "private.filled, behind what serves https://journal.example" \
            ": it does not listen on port 443)" in said
        foyer.write_conf(listen=str(foyer.folder / "run/none.sock"))
        said = foyer.ctl("check", check=False).stdout
        assert f"unix:{foyer.folder}/run/none.sock\n" in said
    finally:
        foyer.settings = settings
        foyer.write_conf()


@pytest.mark.parametrize("attrs, line", [("read-write", "database"),
                                         ("any", "writes")])
def test_a_database_that_is_set_to_read_only_is_named(foyer, attrs, line):
    settings = dict(foyer.settings)
    role = f"ALTER ROLE foyer_web IN DATABASE {foyer.database} "
    foyer.query(role + "SET default_transaction_read_only = on")
    try:
        foyer.write_conf(database=f"{settings['database']}"
                                  f" target_session_attrs={attrs}")
        said = check(foyer)[line]
        assert said.startswith("wrong: ")
        assert "default_transaction_read_only is on" in said
    finally:
        foyer.query(role + "RESET default_transaction_read_only")
        foyer.settings = settings
        foyer.write_conf()


def test_a_table_that_takes_no_row_is_named(foyer):
    foyer.query("REVOKE INSERT ON sso_used FROM foyer_web")
    try:
        said = check(foyer)["writes"]
    finally:
        foyer.query("GRANT INSERT ON sso_used TO foyer_web")
    assert "permission denied for table sso_used: run sql/roles.sql" in said


@pytest.mark.parametrize("old, new, line, why", [
    ("fastcgi_request_buffering on", "fastcgi_request_buffering off", "nginx",
     ": fastcgi_request_buffering is off"),
    ("fastcgi_keep_conn off", "fastcgi_keep_conn on", "nginx",
     "fastcgi_keep_conn is on"),
    ("foyer.sock", "another.sock", "nginx", "it passes nothing to unix:"),
    ("set $foyer_cache ", "set $foyer_cache /nowhere; set $other ", "files",
     "nginx's $foyer_cache is /nowhere, foyerd writes to "),
    ("worker_processes", "user no-such-user; worker_processes", "nginx",
     "there is no user no-such-user"),
    ("set $foyer_cache", "# set $foyer_cache", "files",
     "nginx's $foyer_cache is not set"),
])
def test_what_nginx_asks_wrongly_is_named(foyer, nginx, old, new, line, why):
    said = check(foyer, nginx(old, new))
    assert said[line].startswith("wrong: ")
    assert why in said[line], said


def test_settings_of_nginx_that_are_not_there_are_named(foyer):
    said = check(foyer, "/nowhere/nginx.conf")
    assert said["nginx"].startswith(
        "wrong: /nowhere/nginx.conf: No such file or directory: ")


def test_a_socket_or_cache_that_nginx_does_not_reach_is_named(foyer, nginx):
    other = nginx("worker_processes", "user nobody; worker_processes")
    assert f"{foyer.folder} does not let nginx's user nobody in" in check(
        foyer, other)["socket"]
    with mode(foyer.folder, 0o755):
        said = check(foyer, other)
        assert f"{foyer.socket}: nginx's user nobody may not connect" in (
            said["socket"])
        assert said["files"].startswith("ok (")
        with mode(foyer.folder / "cache", 0o750):
            said = check(foyer, other)
            assert "nginx's user nobody can't read it" in said["files"]
            assert said["cache"].startswith("wrong: ")
    with mode(foyer.socket, 0o666):
        assert "everybody may connect" in check(foyer)["socket"]


def test_keys_that_others_can_read_are_named(foyer):
    key = next((foyer.folder / "keys").glob("*.key"))
    with mode(key, 0o644):
        assert key.name in check(foyer)["keys"]


def test_a_plugin_that_does_not_load_is_named(foyer):
    plugin = foyer.folder / "plugins/links.so"
    whole = plugin.read_bytes()
    try:
        plugin.unlink()
        plugin.write_bytes(whole[:1000])
        assert check(foyer)["filter links"].startswith("wrong: ")
    finally:
        plugin.unlink()
        plugin.write_bytes(whole)
        own(foyer.folder / "plugins")


def test_a_plugin_that_does_not_take_its_settings_is_named(foyer):
    filters = dict(foyer.filters)
    try:
        foyer.filters["pow"] = {"challenge": True}
        foyer.write_conf()
        assert "the setting key is missing: 32 to 200 letters" in check(
            foyer)["filter pow"]
        foyer.filters["pow"] = {"challenge": True, "key": "k" * 32}
        foyer.write_conf()
        said = check(foyer)
        assert said["filter pow"].startswith("ok (pow ")
        assert said["running"] == ("wrong: foyerd does not know the filter pow"
                                   " yet: systemctl reload foyer")
    finally:
        foyer.filters = filters
        foyer.write_conf()


def test_a_plugin_that_loads_here_but_not_in_foyerd_is_named(foyer):
    """What is hidden from foyerd when it starts, as by its unit."""
    plugin = foyer.folder / "plugins/links.so"
    away = plugin.with_suffix(".away")

    def reloaded(states):
        before = foyer.others()
        foyer.daemon.kill(signal.SIGHUP)
        wait_until(lambda: not set(before) & set(foyer.others()),
                   "fresh children", 30)
        wait_until(lambda: foyer.reader().get("/foyer/health").json[
            "filters"][0]["state"] == states, states, 30)

    plugin.rename(away)
    try:
        reloaded("not loaded")
    finally:
        away.rename(plugin)
    said = check(foyer)
    assert said["filter links"].startswith("ok (")
    assert "foyerd could not load the filter links: the log says why" in (
        said["running"])
    reloaded("ok")
    check(foyer, status=0)


def test_what_is_wrong_is_told_as_json_too(foyer, nginx):
    conf = nginx("fastcgi_keep_conn off", "fastcgi_keep_conn on")
    done = foyer.ctl("check", "--json", "--nginx", conf, check=False)
    rows = {row["check"]: row for row in json.loads(done.stdout)}
    assert done.returncode == 1
    assert [name for name, row in rows.items() if not row["ok"]] == ["nginx"]
    assert "fastcgi_keep_conn is on" in rows["nginx"]["told"]
    lines = check(foyer, conf)
    assert lines.keys() == rows.keys()
    for name, row in rows.items():
        told = "ok ({told})" if row["ok"] else "wrong: {told}"
        if name not in ("disk", "room"):    # how much is free changes by itself
            assert lines[name] == told.format(**row)


def test_a_clock_that_is_wrong_is_named(foyer, tmp_path):
    (tmp_path / "skew.c").write_text(SKEW)
    shim = foyer.folder / "skew.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", shim,
                    tmp_path / "skew.c"], check=True)
    shim.chmod(0o755)
    foyer.daemon.env |= {"LD_PRELOAD": str(shim),
                         "ASAN_OPTIONS": "verify_asan_link_order=0"}
    try:
        said = check(foyer)["server"]
    finally:
        del foyer.daemon.env["LD_PRELOAD"], foyer.daemon.env["ASAN_OPTIONS"]
    assert "PostgreSQL's clock is 3600 seconds ahead of" in said or (
        "PostgreSQL's clock is 3599 seconds ahead of" in said)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to mount")
def test_a_disk_that_is_full_is_named(foyer):
    small = foyer.folder / "small"
    small.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m,mode=0777",
                           "none", small], capture_output=True)
    if done.returncode != 0:
        pytest.skip(f"can't mount: {done.stderr}")
    settings = dict(foyer.settings)
    try:
        foyer.write_conf(state=str(small))
        assert check(foyer)["disk"].startswith(f"wrong: {small}: 1 MiB and ")
        subprocess.run(["mount", "-o", "remount,ro", small], check=True)
        assert "Read-only file system" in check(foyer)["state"]
        foyer.write_conf(state=settings["state"], cache=str(small))
        assert check(foyer)["cache"] == (
            f"wrong: {small}: it is mounted to read only")
    finally:
        subprocess.run(["umount", small], check=True)
        foyer.settings = settings
        foyer.write_conf()


def test_a_socket_that_nobody_serves_is_named(foyer):
    foyer.daemon.kill(signal.SIGKILL)
    foyer.daemon.stop()
    wait_until(lambda: not foyer.ready(), "the end of the workers")
    said = check(foyer)
    assert "nobody answers there" in said["socket"]
    assert "nobody answers there" in said["running"]
    foyer.socket.unlink()
    assert check(foyer, status=0)["socket"] == "ok (foyerd does not run)"
    foyer.start()


OLDER = """
CREATE SCHEMA older;
CREATE FUNCTION older.current_setting(text) RETURNS text LANGUAGE sql AS
    $$SELECT CASE $1 WHEN 'server_version_num' THEN '140010'
        ELSE pg_catalog.current_setting($1) END$$;
GRANT USAGE ON SCHEMA older TO foyer_web;
ALTER ROLE foyer_web IN DATABASE {0}
    SET search_path = older, pg_catalog, public;
"""
AS_BEFORE = """
ALTER ROLE foyer_web IN DATABASE {0} RESET search_path;
DROP SCHEMA older CASCADE;
"""


def test_a_server_or_a_schema_that_is_too_old_is_named(foyer):
    foyer.query(OLDER.format(foyer.database))       # says that it is
    try:
        assert check(foyer)["server"] == (
            "wrong: PostgreSQL 14 is too old: foyer needs 15")
    finally:
        foyer.query(AS_BEFORE.format(foyer.database))
    newest, = foyer.query("DELETE FROM schema_migration WHERE number = "
                          "(SELECT max(number) FROM schema_migration) "
                          "RETURNING number, name")
    try:
        assert "run foyerctl migrate" in check(foyer)["database"]
    finally:
        foyer.query("INSERT INTO schema_migration (number, name)"
                    " VALUES (%s, %s)", *newest)

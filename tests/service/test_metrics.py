"""test_metrics.py: what Prometheus and a load balancer are told."""

import json
import os
import re
import shutil
import signal
import subprocess

import pytest

import fcgi
from postgres import ROOT
from process import wait_until
from prometheus import Metrics

SETTINGS = {"policy": "first"}
PATH = "/foyer/metrics"
WATCH = ROOT / "deploy/prometheus"
POST = {"method": "POST", "route": "/foyer/threads/{}/comments"}


def read(foyer):
    got = foyer.reader().get(PATH)
    assert got.status == 200, got
    assert got.headers["Content-Type"] == (
        "text/plain; version=0.0.4; charset=utf-8")
    assert got.headers["Cache-Control"] == "no-store"
    return Metrics(got.text)


def more(after, before, name, **labels):
    return (after.get(name, **labels) or 0) - (before.get(name, **labels) or 0)


def test_each_request_is_counted_by_route_and_status(foyer, slug):
    before = read(foyer)
    reader = foyer.reader()
    assert reader.comment(slug, "Worth counting.").status == 201
    assert reader.comment(slug, "").status == 422
    reader.get("/foyer/nowhere")
    after = read(foyer)
    total, seconds = "foyer_requests_total", "foyer_request_duration_seconds"
    assert more(after, before, total, **POST, status="201") == 1
    assert more(after, before, total, **POST, status="422") == 1
    assert more(after, before, total, method="", route="", status="404") == 1
    assert more(after, before, total, method="GET", route=PATH,
                status="200") == 1
    assert more(after, before, seconds + "_count", **POST) == 2
    assert more(after, before, seconds + "_sum", **POST) > 0
    assert more(after, before, "foyer_comments_total", state="held") == 1
    assert more(after, before, "foyer_database_trips_total") >= 1
    assert more(after, before, "foyer_database_wait_seconds_total") > 0


def test_a_reply_that_waits_with_what_it_answers_is_counted_as_held(
        foyer):
    reader, slug = foyer.reader(), foyer.slugs[-1]
    policy = ("UPDATE thread SET policy = %s FROM review r "
              "WHERE r.id = thread.id AND r.slug = %s")
    first = reader.comment(slug, "This waits.").json
    foyer.query(policy, "open", slug)
    before = read(foyer)
    reply = reader.comment(slug, "So does this.", parent=first["id"]).json
    foyer.query(policy, "first", slug)
    assert reply["state"] == "held"
    after = read(foyer)
    assert more(after, before, "foyer_comments_total", state="held") == 1
    assert more(after, before, "foyer_comments_total", state="shown") == 0


def test_the_queue_filters_snapshots_and_feed_are_told(foyer, slug, moderator):
    before = read(foyer)
    posted = foyer.reader().comment(slug, "Waits for somebody.").json["id"]
    told = read(foyer)
    assert more(told, before, "foyer_queue_comments") == 1
    assert more(told, before, "foyer_filter_asked_total", filter="links") == 1
    assert told.get("foyer_filter_loaded", filter="links") == 1
    assert told.get("foyer_filter_out", filter="links") == 0
    moderator.post_json(f"/foyer/admin/threads/{slug}/comments/{posted}/rule",
                        {"act": "approve"})
    wait_until(lambda: more(read(foyer), told, "foyer_changes_total") >= 1,
               "the feed")
    foyer.reader().get(f"/reviews/{slug}")
    wait_until(lambda: more(read(foyer), told, "foyer_snapshots_total",
                            result="published") >= 1, "a file")
    assert read(foyer).get("foyer_change_feed_age_seconds") < 60
    assert read(foyer).get("foyer_database_up") == 1


def test_an_outbox_that_is_empty_keeps_nobody_waiting(foyer):
    told = read(foyer)
    assert told.get("foyer_outbox_mails") == 0
    assert told.get("foyer_outbox_age_seconds") == 0


def test_what_nginx_serves_as_files_is_counted_without_a_log(foyer):
    """What it was asked less what foyerd was: no file is looked at twice."""
    reader, path = foyer.reader(), f"/reviews/{foyer.slugs[1]}"
    file = foyer.folder / f"cache/t/{foyer.slugs[1]}/review..html"
    wait_until(lambda: reader.get(path).status == 200 and file.exists(),
               "a file")
    before = read(foyer)
    for _ in range(10):
        assert reader.get(path).status == 200
    after = read(foyer)
    asked = "foyer_requests_total"
    assert more(after, before, "foyer_nginx_requests_total") == 10 + 1
    assert sum(after.get(name, **dict(labels)) - (before.get(
        name, **dict(labels)) or 0) for name, labels in after.samples
        if name == asked) == 1              # both ones: these metrics


def test_nginx_is_asked_for_its_count_by_nobody_else(foyer):
    for path in ["/nginx", "/nginx/status"]:
        assert foyer.reader().get(PATH + path).status == 404


def test_without_nginx_its_count_is_a_comment(foyer):
    text = fcgi.ask(foyer.socket, **fcgi.environment(path=PATH)).body.decode()
    assert text.splitlines()[-1].startswith("# nginx: <!--#include ")
    assert "foyer_nginx_requests_total" not in Metrics(text).names


def test_a_worker_that_died_is_counted_and_so_is_a_reload(foyer):
    before = read(foyer)
    os.kill(foyer.others()[0], signal.SIGKILL)
    wait_until(lambda: more(read(foyer), before, "foyer_restarts_total",
                            process="worker")
               + more(read(foyer), before, "foyer_restarts_total",
                      process="background") == 1, "the count")
    foyer.daemon.kill(signal.SIGHUP)
    wait_until(lambda: more(read(foyer), before, "foyer_reloads_total",
                            result="done") == 1, "the reload")
    good = foyer.conf.read_text()
    foyer.conf.write_text(good + "nonsense = 1\n")
    foyer.daemon.kill(signal.SIGHUP)
    wait_until(lambda: more(read(foyer), before, "foyer_reloads_total",
                            result="refused") == 1, "the refusal")
    foyer.conf.write_text(good)


def test_only_watchers_read_it(foyer):
    reader = foyer.reader()
    for header in ["X-Forwarded-For", "Forwarded"]:
        refused = reader.get(PATH, {header: "192.0.2.1",
                                    "Accept": "application/json"})
        assert refused.status == 403 and "_total" not in refused.text
    settings = dict(foyer.settings)
    try:
        for ranges, status in [("", 403), ("192.0.2.0/24 ::1", 403),
                               ("10.0.0.0/8 127.0.0.1/32", 200)]:
            foyer.write_conf(watchers=ranges)
            foyer.daemon.kill(signal.SIGHUP)
            wait_until(lambda: reader.get(PATH).status == status,
                       f"{ranges!r}: {status}")
    finally:
        foyer.settings = settings
        foyer.write_conf()


def test_live_and_ready_differ_when_the_database_is_away(foyer, cluster):
    reader = foyer.reader()
    for path in ["live", "ready"]:
        got = reader.get(f"/foyer/health/{path}")
        assert got.status == 200 and got.json == {"status": "ok"}
    cluster.stop()
    try:
        ready = reader.get("/foyer/health/ready")
        assert ready.status == 503 and ready.json == {"status": "down"}
        assert ready.headers["Retry-After"] == "2"
        assert reader.get("/foyer/health/live").status == 200
        away = read(foyer)
        assert away.get("foyer_database_up") == 0
        assert away.get("foyer_queue_comments") is None
    finally:
        cluster.start()
    wait_until(lambda: reader.get("/foyer/health/ready").status == 200,
               "the database")


# ---- what is made of it ----

def expressions():
    """Where each expression of the dashboard and of the rules is."""
    board = json.loads((WATCH / "dashboard.json").read_text())
    for panel in board["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"]
    for line in (WATCH / "alerts.yml").read_text().split("\n"):
        if match := re.match(r" +expr: (.*)", line):
            yield line, match[1]


def test_dashboard_and_alerts_ask_for_metrics_that_there_are(foyer, slug):
    foyer.reader().comment(slug, "So that there is a histogram.")
    names = read(foyer).names
    found = list(expressions())
    assert len(found) > 15
    for where, expression in found:
        used = re.findall(r"\bfoyer_\w+", expression)
        assert used and set(used) <= names, (where, set(used) - names)


def test_dashboard_panels_do_not_overlap():
    board = json.loads((WATCH / "dashboard.json").read_text())
    taken = set()
    for panel in board["panels"]:
        at = panel["gridPos"]
        here = {(x, y) for x in range(at["x"], at["x"] + at["w"])
                for y in range(at["y"], at["y"] + at["h"])}
        assert at["x"] + at["w"] <= 24 and not here & taken, panel["title"]
        taken |= here
    assert len({panel["id"] for panel in board["panels"]}) == len(
        board["panels"])


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool (package "
                    "prometheus) is not installed; the parser above ran")
def test_promtool_agrees(foyer):
    text = foyer.reader().get(PATH).text
    done = subprocess.run(["promtool", "check", "metrics"], input=text,
                          text=True, capture_output=True)
    assert done.returncode == 0, done
    subprocess.run(["promtool", "check", "rules", WATCH / "alerts.yml"],
                   check=True)

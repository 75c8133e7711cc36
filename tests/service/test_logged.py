"""test_logged.py: what foyerd logs, in each of its three forms: every line can
be taken apart, and none tells what somebody wrote, their mail or IP address."""

import json
import re
import shlex
import uuid

import pytest

from foyer import FILTERS, Foyer
from process import wait_until

BODY = "Marzipan zeppelin, said nobody."
MAIL = "nobody.at.all@mail.example"
PASSWORD = "correct horse battery"
SECRETS = ["arzipan", "zeppelin", "nobody", "mail.example", PASSWORD,
           "127.0.0.1", "192.0.2.7"]
PAIR = re.compile(r'[a-z_]+=("(\\.|[^"\\])*"|[^ "]+)')


def text(line):
    found = re.fullmatch(r"foyerd (\w+)\[(\d+)\]: (\S.*)", line)
    assert found, line
    who, pid, rest = found.groups()
    said = {"process": who, "pid": pid, "message": rest}
    if rest.startswith("request "):
        said |= dict(PAIR.fullmatch(each).group().split("=", 1)
                     for each in rest.split()[1:]) | {"message": "request"}
    return said


def pairs(line):
    rest = line
    while rest:
        found = PAIR.match(rest)
        assert found, line
        rest = rest[found.end():].removeprefix(" ")
    return dict(each.split("=", 1) for each in shlex.split(line))


def as_json(line):
    said = json.loads(line)
    assert list(said)[:5] == ["time", "level", "process", "pid", "message"]
    return {name: str(value) for name, value in said.items()}


@pytest.fixture(scope="module", params=[("text", text), ("pairs", pairs),
                                        ("json", as_json)],
                ids=lambda param: param[0])
def read(request, cluster):
    """Everything happens once; then a function that takes the log apart."""
    form, parse = request.param
    with Foyer(cluster, policy="open", log="debug", log_format=form,
               filters={name: {} for name in FILTERS}) as foyer:
        foyer.filters |= {"words": {"file": "/nowhere/list"}}
        foyer.write_conf()
        happen(foyer)
        yield lambda: [parse(line) for line
                       in foyer.daemon.output().splitlines()]


def happen(foyer):
    slug, reader = foyer.slugs[0], foyer.reader(X_Forwarded_For="192.0.2.7")
    posted = reader.comment(slug, BODY, author="A Nobody", email=MAIL)
    assert posted.status == 201
    there = f"/foyer/threads/{slug}/comments/{posted.json['id']}"
    assert reader.post_json(f"{there}/edit", {"body": BODY + "!"}).status \
        == 200
    reader.comment(slug, BODY * 1000)
    reader.comment(slug, BODY, email="nobody@" * 50)
    reader.post_json(f"{there}/report", {"reason": "other", "note": BODY})
    for path in [f"/foyer/threads/{MAIL}.json", f"/foyer/{MAIL}/zeppelin",
                 "/foyer/threads/nobody%40mail.html",
                 f"/reviews/?q={MAIL}", f"/foyer/search?q={BODY[:8]}",
                 f"/foyer/queue/nobody-{uuid.uuid4()}.atom",
                 "/foyer/join?token=nobody"]:
        reader.get(path.replace(" ", "+"))
    refuse(foyer, slug)
    editor = foyer.moderator()
    editor.get("/foyer/admin/people?q=nobody")
    editor.post("/foyer/session", {"name": MAIL, "password": PASSWORD})
    foyer.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'foyer_web'")
    foyer.reader().comment(slug, BODY, author="A Nobody", email=MAIL)
    before = foyer.others()
    foyer.daemon.kill(1)
    wait_until(lambda: not set(before) & set(foyer.others()), "a reload", 30)
    foyer.reader().get(f"/reviews/{slug}?{MAIL}")
    foyer.daemon.wait_for("filter words is not loaded", 30)


def refuse(foyer, slug):
    """Of what the database refuses it says what it was."""
    foyer.query("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                " $$BEGIN RAISE USING MESSAGE = 'no: ' || NEW.lexemes::text; END$$;"
                "CREATE TRIGGER refuse BEFORE INSERT ON search_comment"
                " FOR EACH ROW EXECUTE FUNCTION refuse()")
    foyer.reader().comment(slug, BODY + " Again.")
    foyer.daemon.wait_for("database: it refuses a value", 30)
    foyer.query("DROP TRIGGER refuse ON search_comment")
    for body in [b"author=nobody&body=" + BODY.encode() + b"%ff",
                 b"body=zeppelin&body=\xff", b'{"body": "zeppelin', b"%"]:
        for kind in ["application/x-www-form-urlencoded", "application/json",
                     "multipart/form-data; boundary=zeppelin"]:
            got = foyer.reader().request(
                "POST", f"/foyer/threads/{slug}/comments", body,
                {"Content-Type": kind})
            assert 400 <= got.status < 500, got


def test_every_line_can_be_taken_apart(read):
    lines = read()
    assert {"worker", "filters"} <= {line["process"] for line in lines}
    assert all(line["pid"].isdigit() and line["message"] for line in lines)
    asked = [line for line in lines if line["message"] == "request"]
    assert all(line["status"].isdigit() and line["usec"].isdigit()
               for line in asked)
    assert {("POST", "201"), ("GET", "404")} <= {
        (line["method"], line["status"]) for line in asked}
    assert "/foyer/queue/{}.atom" in {line["path"] for line in asked}
    assert "?" in {line["path"] for line in asked}


def test_no_line_tells_text_mail_or_address(read):
    said = "\n".join(" ".join(line.values()) for line in read())
    assert not [each for each in SECRETS if each.lower() in said.lower()], said

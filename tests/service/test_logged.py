"""test_logged.py: what foyerd logs, in each of its three forms: every line can
be taken apart, and none tells what somebody wrote, their mail or IP address."""

import json
import re
import shlex
import shutil
import signal
import uuid

import pytest

from foyer import BUILD, FILTERS, Foyer, own
from process import wait_until
from services import Akismet

BODY = "Marzipan zeppelin, said nobody."
MAIL = "nobody.at.all@mail.example"
PASSWORD = "correct horse battery"
SECRETS = ["arzipan", "zeppelin", "nobody", "mail.example", PASSWORD,
           "127.0.0.1", "192.0.2.7"]
SCRIPTS = {
    "body": "if c.body:find('script') then error(c.body) end",
    "name": "if c.body:find('named') then error('by ' .. c.author) end",
    "rest": "if c.body:find('whose') then error(c.mail_domain .. ' ' .."
            " c.sender .. ' ' .. c.email_hash .. ' ' .. c.parent) end"}
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


class Loud(Foyer):
    """Its filters quote the comment wherever they may say something."""
    crashes = True

    def prepare(self):
        super().prepare()
        shutil.copy(BUILD / "abi/plugins/mad.so", self.folder / "plugins")
        for name, what in SCRIPTS.items():
            (self.folder / f"{name}.lua").write_text(
                f"function judge(c) {what} return 1, c.body end")
        (self.folder / "list").write_text("zeppelin body,name 1 zeppelin\n")
        own(self.folder)
        port = self.service.port
        self.filters |= {
            "pace": {"per_minute": "1000", "per_hour": "1000"},
            "lua": {name: str(self.folder / f"{name}.lua")
                    for name in SCRIPTS},
            "words": {"file": str(self.folder / "list")}, "mad": {},
            "bayes": {}, "duplicate": {}, "language": {}, "newcomer": {},
            "pow": {"challenge": True, "key": "k" * 32},
            "akismet": {"deferred": True, "api_key": "key1",
                        "url": f"http://127.0.0.1:{port}/1.1",
                        "blog": "https://journal", "allow": "127.0.0.1"},
            "rspamd": {"deferred": True,
                       "url": f"http://127.0.0.1:{port}/checkv2"},
            "spamassassin": {"deferred": True, "port": str(port)},
            "dnsbl": {"deferred": True, "zones": "list.example",
                      "server": "127.0.0.1", "port": str(port)}}
        self.write_conf()


class Quoting(Akismet):
    """Akismet and rspamd, who answer with the text."""
    def answer(self, what, form):
        if what == "/checkv2":
            return json.dumps({
                "score": 3, "required_score": 15, "action": "no action",
                "symbols": {"ZEPPELIN": {"name": "ZEPPELIN", "score": 3,
                                         "options": [BODY]}}}), None
        return form["comment_content"], form["comment_content"]


@pytest.fixture(scope="module", params=[("text", text), ("pairs", pairs),
                                        ("json", as_json)],
                ids=lambda param: param[0])
def read(request, cluster, box):
    """Everything happens once; then a function that takes the log apart."""
    form, parse = request.param
    server = {"mail_server": f"smtp://localhost:{box.port}"}
    box.answers.clear()
    Loud.service = Quoting()
    with Loud(cluster, policy="open", log="debug", log_format=form,
              filter_pause=1, deferred_wait=2,
              filters={name: {} for name in FILTERS},
              **box.settings | server) as foyer:
        quote(foyer)
        refuse_mail(foyer, box)
        lose_database(foyer)
        reload(foyer, {name: {} for name in FILTERS})
        happen(foyer)
        yield lambda: [parse(line) for line
                       in foyer.daemon.output().splitlines()]
    Loud.service.shutdown()


def post(foyer, body, **more):
    reader = foyer.reader(X_Forwarded_For="192.0.2.7")
    return reader.comment(foyer.slugs[0], body, author="A Nobody",
                          key=str(uuid.uuid4()), **{"email": MAIL} | more)


def reload(foyer, filters):
    foyer.filters = filters
    foyer.write_conf()
    before = foyer.others()
    foyer.daemon.kill(signal.SIGHUP)
    wait_until(lambda: not set(before) & set(foyer.others()), "a reload", 30)


def quote(foyer):
    """Filters fail, crash and answer, each with what the comment says."""
    parent = post(foyer, BODY).json["id"]
    wait_until(lambda: foyer.query(
        "SELECT 1 FROM evidence WHERE filter = 'rspamd'"
        " AND reason = 'no action: ZEPPELIN'"), "the services", 30)
    assert foyer.moderator("ruler").post_json(
        f"/foyer/admin/threads/{foyer.slugs[0]}/comments/{parent}/rule",
        {"act": "approve"}).status == 200
    for words, line in [("script", "script: body:"),
                        ("named", "script: name:"),
                        ("whose", "script: rest:")]:
        assert post(foyer, f"{BODY} {words}", parent=parent).status == 201
        foyer.daemon.wait_for(line, 30)
    assert post(foyer, "abort").status == 201
    foyer.daemon.wait_for("filter mad gave up (abort)", 30)
    reader = foyer.reader(X_Forwarded_For="192.0.2.7")
    reader.comment(foyer.slugs[0], "For a session.")
    assert reader.post(
        f"/foyer/threads/{foyer.slugs[0]}/comments/{parent}/report",
        {"reason": "other", "words": BODY * 1000}).status == 413


def refuse_mail(foyer, box):
    """In words that quote the address."""
    for where, code, gone in [("RCPT", 550, 1), ("RCPT", 450, 1),
                              ("DATA", 554, 2)]:
        asked = box.asked
        box.answers[where] = f"{code} 5.1.1 <{MAIL}>: no zeppelin, 127.0.0.1"
        assert post(foyer, BODY, follow=True,
                    email=f"{code}.{MAIL}").status == 201
        wait_until(lambda: box.asked > asked and foyer.daemon.output().count(
            "given up") == gone, "the mail server's answer", 30)
        box.answers.clear()


def lose_database(foyer):
    name = foyer.database
    with foyer.cluster.connect() as db:
        db.autocommit = True
        db.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        db.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                   f" WHERE datname = '{name}'")
        got = post(foyer, BODY)
        db.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert got.status == 503, got
    wait_until(lambda: post(foyer, BODY + str(uuid.uuid4())).status == 201,
               "the database", 30)


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
    reload(foyer, foyer.filters | {"words": {"file": "/nowhere/list"}})
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

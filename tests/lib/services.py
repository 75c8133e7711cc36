"""services.py: real servers that foyer's deferred filters ask: rspamd, spamd,
dnsmasq; and one that answers as Akismet's documentation says.

Each is a Process on a loopback port of its own with the least it needs to
know: mail that speaks of a casino is spam.
"""

import http.server
import json
import re
import socket
import subprocess
import threading
import urllib.parse
import urllib.request

from foyer import free_port
from postgres import as_user
from process import Process, wait_until

RSPAMD = """
options {{ pidfile = "{folder}/rspamd.pid"; disable_hyperscan = true;
    url_tld = "{folder}/tld"; tempdir = "{folder}"; dns {{ nameserver = \
["127.0.0.1:{dns}"]; timeout = 0.2s; retransmits = 1; }} }}
logging {{ type = "console"; level = "error"; }}
worker "normal" {{ bind_socket = "127.0.0.1:{port}"; count = 1; }}
worker "controller" {{ bind_socket = "127.0.0.1:{control}"; count = 1;
    password = "q1"; secure_ip = "127.0.0.1"; }}
actions {{ reject = 15; add_header = 6; }}
lua = "{folder}/rules.lua";
classifier "bayes" {{ tokenizer {{ name = "osb"; }} backend = "sqlite3";
    min_tokens = 1; min_learns = 1000; languages_enabled = false;
    statfile {{ symbol = "BAYES_HAM"; path = "{folder}/ham"; spam = false; }}
    statfile {{ symbol = "BAYES_SPAM"; path = "{folder}/spam"; spam = true; }}
    learn_condition = "return function() return true end";
}}
"""
RULES = """
rspamd_config:register_symbol({ name = 'CASINO', score = 9.0,
    callback = function(task)
        return task:get_rawbody():find('casino') ~= nil end })
rspamd_config:set_metric_symbol({ name = 'CASINO', score = 9.0 })
"""
SPAMD = """required_score 5
body CASINO /casino/
score CASINO 7
use_bayes 1
bayes_auto_learn 0
bayes_path {folder}/learned/bayes
"""
LISTED, ZONE = "listed.example", "uribl.test"


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Service:
    """A server in its folder; with: started, then ended."""
    patience = 30

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        folder.mkdir()
        folder.chmod(0o777)
        self.process = Process(folder.name, self.command(), folder)

    def __enter__(self):
        self.process.start()
        wait_until(lambda: listens(self.port) or not self.process.alive(),
                   self.folder.name, self.patience)
        assert self.process.alive(), self.process.output()
        return self

    def __exit__(self, *_):
        self.process.stop()


class Rspamd(Service):
    def command(self):
        self.control = free_port()
        (self.folder / "rules.lua").write_text(RULES)
        (self.folder / "tld").write_text("com\nexample\n")
        conf = self.folder / "rspamd.conf"
        conf.write_text(RSPAMD.format(
            folder=self.folder, port=self.port, control=self.control,
            dns=free_port()))
        return ["/usr/bin/rspamd", "-f", "-c", conf]

    def __enter__(self):
        """Twice: its processes make their files at once, and one that finds a
        file locked then does without it for ever."""
        super().__enter__()
        wait_until(lambda: all((self.folder / name).exists()
                               for name in ["ham", "spam"]), "its files", 30)
        self.process.stop()
        return super().__enter__()

    def learned(self):
        """How many mails it knows as spam, and as none."""
        with urllib.request.urlopen(
                f"http://127.0.0.1:{self.control}/stat", timeout=10) as got:
            counts = {each["symbol"]: each["revision"]
                      for each in json.load(got)["statfiles"]}
        # A file that nothing was learned into may be left out.
        return [counts.get(name, 0) for name in ["BAYES_SPAM", "BAYES_HAM"]]


class Spamd(Service):
    def command(self):
        for name in ["rules", "site"]:
            (self.folder / name).mkdir()
        (self.folder / "learned").mkdir()
        (self.folder / "learned").chmod(0o777)
        (self.folder / "site/v320.pre").write_text("".join(
            f"loadplugin Mail::SpamAssassin::Plugin::{name}\n"
            for name in ["Check", "Bayes"]))
        (self.folder / "rules/casino.cf").write_text(
            SPAMD.format(folder=self.folder))
        return ["/usr/sbin/spamd", "--local", "--nouser-config",
                "--allow-tell",
                "--max-children=1", "--syslog=stderr",
                f"--listen=127.0.0.1:{self.port}",
                f"--configpath={self.folder}/rules",
                f"--siteconfigpath={self.folder}/site",
                f"--pidfile={self.folder}/spamd.pid"]

    def learned(self):
        """How many mails it knows as spam, and as none."""
        if not (self.folder / "learned/bayes_toks").exists():
            return [0, 0]
        said = subprocess.run(
            as_user("/usr/bin/sa-learn", "--dump", "magic",
                    f"--siteconfigpath={self.folder}/site",
                    f"--configpath={self.folder}/rules"),
            stdout=subprocess.PIPE, text=True, check=True,
            env={"HOME": str(self.folder), "PATH": "/usr/bin"}).stdout
        return [int(re.search(rf"(\d+) +\d+ +non-token data: {name}\n",
                              said)[1]) for name in ["nspam", "nham"]]


class Dnsmasq(Service):
    """Asked over UDP, it listens with TCP too."""
    def command(self):
        return ["/usr/sbin/dnsmasq", "--keep-in-foreground", "--no-resolv",
                "--no-hosts", "--conf-file=/dev/null", "--log-facility=-",
                f"--pid-file={self.folder}/pid", f"--port={self.port}",
                "--listen-address=127.0.0.1", "--bind-interfaces",
                f"--local=/{ZONE}/",
                f"--address=/{LISTED}.{ZONE}/127.0.0.2",
                f"--address=/refused.example.{ZONE}/127.255.255.254"]


class Akismet(http.server.ThreadingHTTPServer):
    """comment-check, submit-spam and submit-ham: what it heard in `heard`."""
    daemon_threads = True

    class RequestHandlerClass(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            form = dict(urllib.parse.parse_qsl(
                self.rfile.read(length).decode(), keep_blank_values=True))
            what = self.path.removeprefix("/1.1/")
            self.server.heard.append((what, form))
            answer, tip = self.server.answer(what, form)
            if self.server.leads:
                self.send_response(307)
                self.send_header("Location", self.server.leads + self.path)
            else:
                self.send_response(200)
            if tip:
                self.send_header("X-akismet-pro-tip", tip)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_):
            pass

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.RequestHandlerClass)
        self.heard, self.leads, self.port = [], None, self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def answer(self, what, form):
        needed = {"api_key", "blog", "user_ip", "comment_content"}
        if form.get("api_key") != "key1" or not needed <= form.keys():
            return "invalid", None
        if what != "comment-check":
            return "Thanks for making the web a better place.", None
        body = form["comment_content"]
        return ("true" if "casino" in body else "false",
                "discard" if "casino!!!" in body else None)

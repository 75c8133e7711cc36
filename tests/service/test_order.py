"""test_order.py: a page that is made from old rows does not stay, and it is
the order of a publication's steps that sees to it.

A change on node one falls between node two's reading of a page and its
publication. foyerd as it is passes; two that are built from sources with the
steps in another order must not, or this test would prove nothing.
"""

import contextlib
import itertools
import os
import re
import shutil
import signal
import subprocess

import pytest

from foyer import BUILD, Foyer, own
from postgres import ROOT
from process import wait_until
from test_nodes import heard_all, ids, page

PLAIN = {"policy": "open", "filters": {}, "workers": 1, "log": "debug"}
FILE = "thread.newest.json"
NUMBERS = itertools.count()

# ---- other orders: (source, what is there, what is there instead) ----

PUT = "snapshot_put(app->snapshots, app->arena, &s->page, s->ticket)"
LOOK_FIRST = [
    ("app/shared.c", f"if (!s->kept ||\n\t    !{PUT})\n\t\treturn;",
     "if (!s->kept)\n\t\treturn;"),
    ("app/shared.c", "\tif (e != OK ||", f"\tif (!{PUT})\n\t\treturn;\n"
     "\tif (e != OK ||")]
TICKET_FIRST = [
    ("snapshot/put.c", "(folder = thread_folder(s, thread)) >= 0) {",
     "ticket_good(s, page->thread, ticket) &&\n"
     "\t    (folder = thread_folder(s, thread)) >= 0) {"),
    ("snapshot/put.c", "good = ticket_good(s, page->thread, ticket) &&\n",
     "good =\n")]
LINK = """
include Makefile
variant:
\t$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $(OUT) $(SOURCES) \\
\t    $(B)/src/foyerd.o -Wl,--start-group $(ARCHIVES) -Wl,--end-group \\
\t    $(PKG_LIBS)
"""


def sanitized():
    return b"__asan_init" in (BUILD / "foyerd").read_bytes()


def build(folder, edits):
    """A foyerd of these sources, edited, and of $FOYER_BUILD's objects: those
    of the same name are not taken from the archives."""
    texts = {}
    for source, old, new in edits:
        text = texts.get(source) or (ROOT / "src" / source).read_text()
        assert text.count(old) == 1, f"{source} is no longer what it was"
        texts[source] = text.replace(old, new)
    for source, text in texts.items():
        (folder / os.path.basename(source)).write_text(text)
    subprocess.run(
        ["make", "-s", "-f", "-", f"B={BUILD}", f"OUT={folder}/foyerd",
         f"SAN={'1' if sanitized() else ''}", "variant", "SOURCES="
         + " ".join(str(path) for path in folder.glob("*.c"))],
        cwd=ROOT, input=LINK, text=True, check=True)
    return folder / "foyerd"


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    made = tmp_path_factory.mktemp("shim") / "hold.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-D_GNU_SOURCE", "-o", made,
                    ROOT / "tests/service/hold.c"], check=True)
    return made


class Held(Foyer):
    """A node whose foyerd can be held; another program, if one is given."""

    def __init__(self, cluster, shim, program, **settings):
        super().__init__(cluster, **settings)
        self.shim, self.program = shim, program
        self.gates = self.folder / "gates"
        self.daemon.env |= {
            "LD_PRELOAD": str(self.folder / "hold.so"),
            "FOYER_HOLD": str(self.gates),
            "ASAN_OPTIONS": "verify_asan_link_order=0"}

    def prepare(self):
        shutil.copy(self.shim, self.folder / "hold.so")
        self.gates.mkdir()
        super().prepare()
        if self.program:
            shutil.copy(self.program, self.folder / "foyerd")
            own(self.folder)

    @contextlib.contextmanager
    def hold(self, call, name):
        """Whoever makes that call waits until the end."""
        gate = self.gates / f"{call}.{name}"
        os.mkfifo(gate)
        own(self.gates)
        held = gate.with_name(gate.name + ".held")
        try:
            yield lambda: wait_until(held.exists, f"{call} of {name}")
        finally:
            if held.exists():
                with open(gate, "w", encoding="ascii"):
                    gate.unlink()
                held.unlink()
            else:
                gate.unlink()

    @contextlib.contextmanager
    def deaf(self):
        """The one that follows the changes stands still."""
        pid = int(re.findall(r"background\[(\d+)\]: following",
                             self.daemon.output())[-1])
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)


@pytest.fixture(scope="module")
def one(cluster):
    with Foyer(cluster, **PLAIN) as made:
        yield made


@pytest.fixture(scope="module", params=["real", "look", "ticket"])
def two(request, cluster, one, shim, tmp_path_factory):
    edits = {"real": [], "look": LOOK_FIRST,
             "ticket": LOOK_FIRST + TICKET_FIRST}[request.param]
    program = build(tmp_path_factory.mktemp("foyerd"), edits) if edits else None
    with Held(cluster, shim, program, like=one, **PLAIN) as made:
        made.order = request.param
        wait_until(lambda: "following the changes" in made.daemon.output(),
                   "the feed")
        yield made


def late(one, two, call, name, deaf):
    """A page is read on node two, something is said on node one, and the page
    is published. Whether node two's readers see what was said."""
    slug, number = one.slugs[0], next(NUMBERS)
    one.reader().comment(slug, f"Before {number}.")
    heard_all(two)                      # so there is no file
    with contextlib.ExitStack() as after:
        if deaf:
            after.enter_context(two.deaf())
        with two.hold(call, name.format(slug)) as held:
            before = ids(page(two, slug))
            held()
            said = one.reader().comment(slug, f"Meanwhile {number}.")
            posted = said.json["id"]
            assert posted not in before
            if not deaf:
                heard_all(two)
        two.reader().get("/foyer/health")       # its worker is done with it
        return posted in ids(page(two, slug))


# Where it is held, whether the feed stands still, which orders let the old
# page stay. The first is seen by the second look at the version alone, the
# last by that and by the ticket.
@pytest.mark.parametrize("call, name, deaf, wrong", [
    ("renameat2", FILE, True, ["look", "ticket"]),
    ("mkdirat", "{0}", True, ["look", "ticket"]),
    ("renameat2", FILE, False, []),
    ("mkdirat", "{0}", False, ["ticket"])])
def test_an_old_page_stays_only_if_the_order_is_broken(
        one, two, call, name, deaf, wrong):
    assert late(one, two, call, name, deaf) == (two.order not in wrong)

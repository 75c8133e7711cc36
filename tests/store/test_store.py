"""test_store.py: runs the C tests of store, each against a fresh database.

The tests are tests/store/*.c (cmocka); house.h says what they are told. Each
runs in a process of its own, so that a crash costs one. They talk back over a
socket when the server itself shall stop or hang.
"""

import os
import re
import socket
import subprocess

import pytest

from postgres import ROOT, cluster  # noqa: F401

BUILD = os.environ.get("FOYER_BUILD", "build")
HERE = ROOT / "tests/store"
TESTS = [(path.stem, name) for path in sorted(HERE.glob("*.c"))
         for name in re.findall(r"HOUSE_TEST\((\w+)\)", path.read_text())]
LIMIT = 120                             # seconds a test may take


@pytest.fixture(scope="module", autouse=True)
def built():
    done = subprocess.run(["make", "-s", f"B={BUILD}", "store-tests"],
                          cwd=ROOT, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout


def obey(control, server):
    """Does what the test asks for, until it is over."""
    commands = {"stop": lambda: server.stop("immediate"),
                "start": server.start, "restart": server.restart,
                "hang": server.hang, "unhang": server.unhang}
    control.settimeout(LIMIT)
    while line := control.recv(64).decode():
        commands[line.strip()]()
        control.send(b".")


@pytest.mark.parametrize("program,name", TESTS)
def test_store(program, name, cluster, tmp_path):  # noqa: F811
    database = cluster.fresh()
    ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
    told = os.environ | {
        "FOYER_TEST_DB": cluster.conninfo(database, "foyer_web"),
        "FOYER_TEST_ADMIN": cluster.conninfo(database),
        "FOYER_TEST": name, "FOYER_TEST_CONTROL": str(theirs.fileno()),
        "TMPDIR": str(tmp_path)}
    with open(tmp_path / "out", "w+") as out, ours, subprocess.Popen(
            [ROOT / BUILD / "store" / program], env=told, stdout=out,
            stderr=out, pass_fds=[theirs.fileno()]) as run:
        theirs.close()
        try:
            obey(ours, cluster)
            assert run.wait(LIMIT) == 0, (tmp_path / "out").read_text()
            assert f"ok 1 - {name}" in (tmp_path / "out").read_text()
        finally:
            run.kill()
            if cluster.server is None:
                cluster.start()
            cluster.unhang()

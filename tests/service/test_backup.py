"""test_backup.py: what deploy/backup.md tells to type restores everything."""

import os
import re
import subprocess

from postgres import BIN, ROOT, Cluster, as_user

SETTINGS = {"filters": {}, "policy": "open"}
RECIPES = re.findall(r"```sh\n(.*?)```", (ROOT / "deploy/backup.md"
                                          ).read_text(), re.S)


def typed(foyer, recipe, **names):
    done = subprocess.run(
        as_user("sh", "-eu", "-c", recipe), cwd=foyer.folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={"PATH": f"{BIN}:{os.environ['PATH']}"} | names)
    assert done.returncode == 0, done.stdout


def rows(connect):
    with connect as db:
        return [db.execute(f"SELECT t::text FROM {name} t ORDER BY 1"
                           ).fetchall() for name, in db.execute(
            "SELECT name FROM kept_tables()").fetchall()]


def test_a_dump_and_a_base_backup_hold_everything(foyer, slug):
    dump, restore, base = RECIPES
    reader = foyer.reader()
    for number in range(20):
        reader.comment(slug, f"Comment {number}, kept.")
    foyer.add_account("keeper", "owner")
    foyer.stop()
    before = rows(foyer.cluster.connect(foyer.database))
    typed(foyer, dump, FOYER_DATABASE=foyer.cluster.conninfo(foyer.database))
    again = foyer.cluster.fresh(migrate=False)
    typed(foyer, restore, FOYER_RESTORED=foyer.cluster.conninfo(again))
    assert rows(foyer.cluster.connect(again)) == before
    typed(foyer, base, FOYER_CLUSTER=foyer.cluster.conninfo())
    other = Cluster()
    try:
        os.rename(foyer.folder / "foyer-base", other.data)
        other.start()
        assert rows(other.connect(foyer.database)) == before
    finally:
        other.close()
    verified = foyer.ctl("--database", foyer.cluster.conninfo(
        again, "foyer_web"), "log", "verify").stdout
    assert "unbroken" in verified
    foyer.settings["database"] = foyer.cluster.conninfo(again, "foyer_web")
    foyer.write_conf()
    foyer.start()
    assert "Comment 7, kept." in foyer.reader().get(f"/reviews/{slug}").text
    assert foyer.reader().comment(slug, "After the restore.").status == 201

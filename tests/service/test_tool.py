"""test_tool.py: keys that are retired."""

import datetime

from test_foyerctl import empty  # noqa: F401


def dated(name, days):
    """A key's file, as if it had been made so many days before."""
    day = datetime.datetime.strptime(name[:8], "%Y%m%d")
    return (day - datetime.timedelta(days)).strftime("%Y%m%d") + name[8:]


def test_a_key_is_retired_when_its_sessions_are_over(empty):
    empty("key", "new")
    empty("key", "rotate")
    folder = empty.folder / "keys"
    sign = sorted(path.name for path in folder.glob("*.sign.key"))
    for name, days in zip(sign, [400, 200, 0]):
        (folder / name).rename(folder / dated(name, days))
    sign = sorted(path.name for path in folder.glob("*.sign.key"))
    assert empty("key", "retire", "--dry-run").stdout == (
        f"would retire {sign[0]}\n")
    assert empty("key", "retire").stdout == f"{sign[0]}\n"
    assert empty("key", "retire").stdout == ""
    assert sorted(path.name for path in folder.glob("*.sign.key")) == sign[1:]
    assert "rotate first" in empty("key", "retire", sign[2], status=1).stderr
    assert empty("key", "retire", sign[1]).stdout == f"{sign[1]}\n"
    empty("key", "retire", "none.key", status=1)
    empty("key", "list")

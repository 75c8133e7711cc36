"""test_eval.py: foyerctl filter eval measures a filter, and says what is
wrong with a file. FOYER_DATA names a folder of labelled comments."""

import json
import os
import pathlib
import random
import re
import subprocess

import pytest

import disguise
from foyer import BUILD
from postgres import ROOT

KEYS = ["n", "spam", "accuracy", "precision", "recall", "fpr", "f1", "mcc",
        "one_minus_auc_percent", "recall_at_fpr_0_5", "recall_at_fpr_1",
        "score_us_p50", "learn_us_p50", "model_bytes",
        "refused_recall", "refused_fpr"]
DATA = pathlib.Path(os.environ.get("FOYER_DATA", "/nowhere")) / "spam"
YOUTUBE = ["youtube-1-psy", "youtube-2-katyperry", "youtube-3-lmfao"]
MIB = 1 << 20


def evaluate(*words, plugin="bayes", status=0):
    done = subprocess.run(
        [BUILD / "foyerctl", "filter", "eval", "--plugin", plugin, *words],
        text=True, capture_output=True, cwd="/",
        env={"PATH": os.environ["PATH"], "FOYER_CONF": "/nowhere"})
    assert done.returncode == status, done
    return done.stdout if status == 0 else done.stderr


def figures(*words, **more):
    return json.loads(evaluate("--json", "--seed", "1", *words, **more))


def line(number, label, text, at="", author=""):
    return f"{number}\t{at}\t{author}\t{label}\t{text}\n"


def made(path, n=400):
    """Comments that are easy to tell apart, but for one in fifty."""
    chance = random.Random(4)
    words = {"spam": "buy cheap casino click bonus www.win.example".split(),
             "ham": "film scene actor sound review bridge light".split()}
    with open(path, "w", encoding="utf-8") as to:
        for k in range(n):
            label = chance.choice(["spam", "ham"])
            kind = words[label if chance.random() > .02 else "ham"]
            to.write(line(k, label, " ".join(
                chance.choice(kind + ["the", "a"]) for _ in range(9))))
    return path


@pytest.fixture(scope="module")
def easy(tmp_path_factory):
    return made(tmp_path_factory.mktemp("eval") / "easy.tsv")


def test_one_object_with_exactly_these_keys(easy):
    got = figures("--prequential", easy)
    assert list(got) == KEYS
    assert got["n"] == 400 and 150 < got["spam"] < 250
    assert got["accuracy"] > 90 and got["model_bytes"] <= 8 * MIB
    table = evaluate("--prequential", easy).split()
    assert table[::2] == KEYS


def test_the_figures_are_those_of_the_scores(easy, tmp_path):
    scores = tmp_path / "scores.tsv"
    got = figures("--prequential", easy, "--scores", scores)
    rows = [row.split("\t") for row in scores.read_text().splitlines()]
    assert [row[0] for row in rows] == [str(k) for k in range(400)]
    spam = [float(s) for _, label, s, _ in rows if label == "spam"]
    ham = [float(s) for _, label, s, _ in rows if label == "ham"]
    pairs = sum((s > h) + (s == h) / 2 for s in spam for h in ham)
    area = 100 * (1 - pairs / len(spam) / len(ham))
    assert abs(area - got["one_minus_auc_percent"]) < 1e-3
    right = sum(label == said for _, label, _, said in rows)
    assert abs(100 * right / 400 - got["accuracy"]) < 1e-3
    at = sorted(ham)[-1 - int(len(ham) * .01)]
    caught = 100 * sum(s > at for s in spam) / len(spam)
    assert abs(caught - got["recall_at_fpr_1"]) < 1e-3


def test_what_would_be_refused_is_told_beside_what_is_held(easy):
    got = figures("--prequential", easy)
    strict = figures("--prequential", easy, "--at", "90")
    assert 0 < got["refused_recall"] == strict["recall"] < got["recall"]
    assert got["refused_fpr"] == strict["fpr"] <= got["fpr"]


def test_what_is_trained_helps_and_the_same_seed_says_the_same(easy):
    once = figures("--train", easy, "--test", easy)
    again = figures("--test", easy, "--train", easy)
    for name in "score_us_p50", "learn_us_p50":
        once.pop(name), again.pop(name)
    assert once == again
    assert once["accuracy"] >= figures("--prequential", easy)["accuracy"]


def test_late_and_wrong_labels_cost(easy):
    best = figures("--prequential", easy)["accuracy"]
    assert figures("--prequential", easy, "--delay", "150")["accuracy"] < best
    assert figures("--prequential", easy, "--wrong", "40")["accuracy"] < best
    small = figures("--prequential", easy, "--table-bits", "12")
    assert small["model_bytes"] < MIB and small["accuracy"] > 85


def test_what_is_learned_too_late_is_not_learned(easy):
    late = figures("--prequential", easy, "--delay", "400")
    never = figures("--test", easy)
    some = figures("--prequential", easy, "--delay", "399")
    assert late["learn_us_p50"] == 0 < some["learn_us_p50"]
    assert all(late[key] == never[key] == some[key]
               for key in KEYS if "_us_" not in key)


def peak(path, *words):
    """KiB that measuring takes, at most."""
    child = subprocess.Popen(
        [BUILD / "foyerctl", "filter", "eval", "--plugin", "honeypot",
         "--prequential", path, *words], cwd="/", stdout=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "FOYER_CONF": "/nowhere",
             "ASAN_OPTIONS": "quarantine_size_mb=1"})
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return used.ru_maxrss


@pytest.mark.parametrize("words", [[], ["--delay", "500"]])
def test_texts_are_kept_no_longer_than_they_are_needed(tmp_path, words):
    few, many = tmp_path / "few.tsv", tmp_path / "many.tsv"
    text = "a scene of the film " * 100
    few.write_text("".join(line(k, "ham", text) for k in range(2000)))
    many.write_text("".join(line(k, "ham", text) for k in range(20000)))
    more = (peak(many, *words) - peak(few, *words)) * 1024
    assert more < many.stat().st_size / 4


def test_any_plugin_can_be_measured(easy):
    got = json.loads(evaluate("--json", "--test", easy, plugin="honeypot"))
    assert list(got) == KEYS and got["model_bytes"] == 0
    path = str(BUILD / "plugins/bayes.so")
    assert figures("--prequential", easy, plugin=path)["accuracy"] > 90


def test_the_plugin_that_readme_shows_is_one(tmp_path):
    readme = (ROOT / "README.md").read_text()
    [source] = re.findall(r"```c\n(.*?)```", readme, re.S)
    [command] = re.findall(r"`(cc [^`]*shouting\.c)`", readme)
    (tmp_path / "shouting.c").write_text(source)
    subprocess.run(command.split(), cwd=tmp_path, check=True,
                   env=os.environ | {"CPATH": ROOT / "plugins/include"})
    (tmp_path / "two").write_text(line(1, "spam", "BUY!!!")
                                  + line(2, "ham", "A slow film."))
    got = json.loads(evaluate("--json", "--test", tmp_path / "two",
                              plugin=tmp_path / "shouting.so"))
    assert got["recall"] == 100 and got["fpr"] == 0


@pytest.mark.parametrize("bad, sentence", [
    (line(2, "spam", "x").encode()[:-3], "there are less than 5 columns"),
    (line(2, "spam", "x\ty").encode(), "there are more than 5 columns"),
    (line(2, "eggs", "x").encode(), "neither spam nor ham"),
    (line(2, "ham", "x", at="noon").encode(), "no Unix time"),
    (line(2, "ham", "a\\b").encode(), "after a \\ comes t, n, r or \\"),
    (line(2, "ham", "a\\").encode(), "after a \\ comes t, n, r or \\"),
    (b"2\t\t\tham\t\xff\xfe\n", "this is no UTF-8"),
    (b"2\t\t\tham\ta\0b\n", "this is no UTF-8")])
def test_a_bad_line_is_named(tmp_path, bad, sentence):
    path = tmp_path / "bad.tsv"
    path.write_bytes(line(1, "ham", "fine").encode() + bad)
    said = evaluate("--test", path, status=1)
    assert f"{path}:2: " in said and sentence in said


def test_a_file_of_another_system_reads_the_same(easy, tmp_path):
    lines, scores = easy.read_text(encoding="utf-8"), tmp_path / "scores"
    other = tmp_path / "other.tsv"
    other.write_bytes(b"\xef\xbb\xbf" + lines.replace("\n", "\r\n").encode())
    got = figures("--prequential", other, "--scores", scores)
    assert scores.read_text(encoding="utf-8").startswith("0\t")
    want = figures("--prequential", easy)
    assert all(got[key] == want[key] for key in KEYS if "_us_" not in key)


@pytest.mark.parametrize("label, name", [("ham", "fpr"), ("spam", "recall")])
def test_where_all_are_alike_there_is_no_curve(tmp_path, label, name):
    path = tmp_path / "alike.tsv"
    path.write_text(line(1, label, "one") + line(2, label, "two"))
    got = figures("--train", path, "--test", path)
    assert list(got) == KEYS and got["one_minus_auc_percent"] is None
    assert got["accuracy"] == (100 - got[name] if label == "ham" else
                               got[name])
    table = evaluate("--test", path).split()
    assert table[table.index("one_minus_auc_percent") + 1] == "-"


@pytest.mark.parametrize("words, sentence", [
    (["--test", "/nowhere.tsv"], "/nowhere.tsv: the file can't be read"),
    (["--test", "/dev/null"], "there are no comments to judge")])
def test_a_missing_file_is_named(words, sentence):
    assert sentence in evaluate(*words, status=1)


@pytest.mark.parametrize("words", [
    [], ["--train", "/dev/null"], ["--test", "a", "--prequential", "b"],
    ["--test", "a", "--passes", "0"], ["--test", "a", "--wrong", "101"],
    ["--test", "a", "--delay", "soon"], ["--test", "a", "--what", "1"]])
def test_a_wrong_call_is_told_the_usage(words):
    assert "usage: foyerctl filter eval" in evaluate(*words, status=2)


def test_a_plugin_that_is_not_there_is_named(easy):
    said = evaluate("--test", easy, plugin="nobody", status=1)
    assert "nobody.so: there is no such file" in said


# ---- the learner on public sets ----

def public(*names):
    paths = [DATA / f"{name}.tsv" for name in names]
    for path in paths:
        if not path.exists():
            pytest.skip(f"{path} is not there: FOYER_DATA names the folder")
    return paths


def test_youtube_leaving_one_video_out():
    """Two videos teach less than the four of the whole set."""
    paths, got = public(*YOUTUBE), []
    for path in paths:
        others = [other for other in paths if other != path]
        got.append(figures("--train", *others, "--test", path))
    assert sum(g["accuracy"] for g in got) / 3 >= 95
    assert sum(g["one_minus_auc_percent"] for g in got) / 3 <= .9


def test_youtube_as_it_came(tmp_path):
    lines = [row for path in public(*YOUTUBE)
             for row in path.read_text(encoding="utf-8").splitlines()]
    lines.sort(key=lambda row: float(row.split("\t")[1] or 0))
    stream = tmp_path / "stream.tsv"
    stream.write_text("\n".join(lines) + "\n", encoding="utf-8")
    got = figures("--prequential", stream)
    assert got["accuracy"] >= 96 and got["one_minus_auc_percent"] <= .8
    assert got["recall_at_fpr_0_5"] >= 83
    assert got["score_us_p50"] <= 500 and got["learn_us_p50"] <= 1000
    refused = figures("--prequential", stream, "--at", "90")
    assert refused["fpr"] <= 1.3 and refused["recall"] > 50


def test_russian_chats(tmp_path):
    path, = public("ru-tg-spam")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    random.Random(1).shuffle(lines)
    part = len(lines) * 7 // 10
    train, test = tmp_path / "train.tsv", tmp_path / "test.tsv"
    train.write_text("".join(lines[:part]), encoding="utf-8")
    test.write_text("".join(lines[part:]), encoding="utf-8")
    got = figures("--train", train, "--test", test)
    assert got["accuracy"] >= 98 and got["one_minus_auc_percent"] <= .5
    refused = figures("--prequential", path, "--at", "90")
    assert refused["fpr"] <= 1.3


def test_disguises_hide_little(tmp_path):
    lines = [row for path in public(*YOUTUBE, "ru-tg-spam")
             for row in path.read_text(encoding="utf-8").splitlines()]
    plain, masked = tmp_path / "plain.tsv", tmp_path / "masked.tsv"
    lines = list(disguise.stream(lines, 1, share=0))
    plain.write_text("".join(lines), encoding="utf-8")
    masked.write_text("".join(disguise.stream(lines, 1)), encoding="utf-8")
    bare, got = (figures("--prequential", path) for path in (plain, masked))
    assert got["accuracy"] >= bare["accuracy"] - .5 >= 94
    assert got["one_minus_auc_percent"] <= 1.1
    refused = figures("--prequential", masked, "--at", "90")
    assert refused["fpr"] <= 1.3

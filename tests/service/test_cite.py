"""test_cite.py: a comment can be cited, whatever its author is called."""

import bibtexparser
import pytest
from bibtexparser.bparser import BibTexParser

SETTINGS = {"filters": {}}
# Name, and how BibTeX has it.
NAMES = [
    ("Ada Lovelace", "{Ada Lovelace}"),
    ("Ольга Б.", "{Ольга Б.}"),
    ("דנה", "{דנה}"),
    ("李安", "{李安}"),
    ("50 % & {Co} #1_$", r"{50 \% \& \textbraceleft{}Co\textbraceright{} \#1\_"
                         r"\$}"),
    ('a\\b~^"', r"{a\textbackslash{}b\textasciitilde{}\textasciicircum{}''}"),
    ("Unbalanced }{", r"{Unbalanced \textbraceright{}\textbraceleft{}}"),
    ("Ann and Bob", "{Ann and Bob}"),
]
TIMES = [("2026-01-01 00:05", "12:05 a.m.", "January 1, 2026", "1 Jan. 2026"),
         ("2026-05-31 12:00", "12:00 p.m.", "May 31, 2026", "31 May 2026"),
         ("2026-09-09 23:59", "11:59 p.m.", "September 9, 2026",
          "9 Sept. 2026")]


@pytest.fixture(scope="module")
def cited(foyer, slug):
    """cited(name, at): the number of a comment that stands at that time."""
    def make(name="Ada", at="2026-01-10 19:04"):
        done = foyer.reader().comment(slug, f"Words of {name} at {at}.",
                                      author=name)
        assert done.status == 201, done
        foyer.query("UPDATE comment SET posted_at = %s::timestamp"
                    " AT TIME ZONE 'UTC' WHERE id = %s", at, done.json["id"])
        return done.json["id"]
    return make


@pytest.fixture(scope="module")
def review(foyer, slug):
    names = ["heading", "reviewer", "issue", "year"]
    row, = foyer.query(f"SELECT {', '.join(names)} FROM review"
                       " WHERE slug = %s", slug)
    return dict(zip(names, row))


def entry(reader, number):
    answer = reader.get(f"/foyer/comments/{number}/cite.bib")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("application/x-bibtex")
    found, = bibtexparser.loads(
        answer.text, BibTexParser(common_strings=True)).entries
    return found


@pytest.mark.parametrize("name, tex", NAMES)
def test_a_name_of_any_script_survives_bibtex(reader, cited, name, tex):
    found = entry(reader, cited(name))
    assert found["author"] == tex
    assert found["ENTRYTYPE"] == "misc"


def test_the_entry_has_what_a_reference_needs(reader, foyer, cited, slug):
    number = cited()
    found = entry(reader, number)
    assert found["ID"] == f"{slug}-comment-{number}"
    assert found["url"] == f"{foyer.settings['origin']}/foyer/comments/{number}"
    assert (found["year"], found["month"], found["day"]) == \
        ("2026", "January", "10")
    assert found["title"].startswith("{Comment on ``")
    assert "The Sample Journal" in found["howpublished"]
    assert found["note"] == "Posted at 19:04 UTC"


@pytest.mark.parametrize("name, tex", NAMES)
def test_csl_json_has_the_name_as_it_is_signed(reader, cited, name, tex):
    number = cited(name)
    answer = reader.get(f"/foyer/comments/{number}/cite.json")
    assert answer.headers["Content-Type"] == \
        "application/vnd.citationstyles.csl+json"
    item, = answer.json
    assert item["author"] == [{"literal": name}]
    assert item["issued"] == {"date-parts": [[2026, 1, 10]]}
    assert item["URL"].endswith(f"/foyer/comments/{number}")
    assert (item["type"], item["container-title"]) == \
        ("post", "The Sample Journal")


@pytest.mark.parametrize("at, clock, chicago, mla", TIMES)
def test_the_manuals_forms_are_kept(reader, foyer, cited, review, at, clock,
                                    chicago, mla):
    number = cited("Ada", at)
    url = f"{foyer.settings['origin']}/foyer/comments/{number}"
    title = review["heading"].replace("“", "‘").replace("”", "’")
    issue = f", no. {review['issue']}" if review["issue"] else ""
    year = f" ({review['year']})" if review["year"] else ""
    page = reader.get(f"/foyer/comments/{number}/cite").valid()
    said = ["".join(p.itertext()) for p in page.tree.iter("p")
            if p.get("lang") == "en"]
    assert said == [
        f"Ada, {chicago} ({clock} UTC), comment on {review['reviewer']}, "
        f"“{title},” The Sample Journal{issue}{year}, {url}.",
        f"Ada. Comment on “{title}.” The Sample Journal{issue}, {mla}, "
        f"{clock} UTC, {url}."]


def test_the_page_shows_what_the_files_hold(reader, cited):
    number = cited("O’Hara & Söhne")
    page = reader.get(f"/foyer/comments/{number}/cite")
    shown = ["".join(pre.itertext()) for pre in page.tree.iter("pre")]
    assert shown == [reader.get(f"/foyer/comments/{number}/cite.{kind}").text
                     for kind in ("bib", "json")]


def test_each_comment_leads_to_its_citation(reader, cited, slug):
    number = cited("Somebody cited")
    page = reader.get(f"/reviews/{slug}").valid()
    article = page.tree.find(f".//*[@id='comment-{number}']")
    links = {a.get("href") for a in article.iter("a")}
    assert f"/foyer/comments/{number}/cite" in links


def test_what_is_not_shown_is_not_cited(reader, foyer, cited, moderator,
                                        slug):
    number = cited("Removed soon")
    moderator.post_json(
        f"/foyer/admin/threads/{slug}/comments/{number}/rule",
        {"act": "remove", "seen": "shown", "reason": "Off the film"})
    for end in ["", ".bib", ".json"]:
        assert reader.get(f"/foyer/comments/{number}/cite{end}").status == 404
    assert reader.get("/foyer/comments/999999999/cite").status == 404

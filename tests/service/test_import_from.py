"""test_import_from.py: comments of other systems arrive, once and whole."""

import pytest

SETTINGS = {"filters": {}}
DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com"
  xmlns:dsq="http://disqus.com/disqus-internals"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<category dsq:id="1"><forum>journal</forum><title>General</title></category>
<post dsq:id="1003"><id/><message><![CDATA[<p>She <b>walks</b> out
 &amp; smiles.</p>]]></message><createdAt>2014-05-02T12:00:00Z</createdAt>
 <isDeleted>false</isDeleted><isSpam>false</isSpam>
 <author><name>Вера</name><isAnonymous>false</isAnonymous>
 <username>vera</username></author>
 <thread dsq:id="77"/><parent dsq:id="1001"/></post>
<thread dsq:id="77"><id>{slug}</id><forum>journal</forum>
 <link>https://old.example/60/elsewhere.shtml</link><title>A film</title>
 </thread>
<thread dsq:id="78"><id/><link>https://old.example/about</link></thread>
<post dsq:id="1001"><id/><message><![CDATA[<p>First <em> here </em>.<br>1. No
 list</p><blockquote>Cited</blockquote><p><a href="https://a.example/x_(y)">a
 *link*</a> https://bare.example/q_r</p>]]></message>
 <createdAt>2014-05-01T10:00:00Z</createdAt><isDeleted>false</isDeleted>
 <isSpam>false</isSpam><author><name>Ilya</name></author>
 <thread dsq:id="77"/></post>
<post dsq:id="1002"><id/><message>Buy</message>
 <createdAt>2014-05-01T11:00:00Z</createdAt><isDeleted>false</isDeleted>
 <isSpam>true</isSpam><author><name>Shop</name></author>
 <thread dsq:id="77"/></post>
<post dsq:id="1004"><id/><message>Lost</message>
 <createdAt>2014-05-03T11:00:00Z</createdAt><isDeleted>false</isDeleted>
 <isSpam>false</isSpam><author><name>Somebody</name></author>
 <thread dsq:id="78"/></post>
</disqus>
"""
WORDPRESS = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Journal</title><wp:wxr_version>1.2</wp:wxr_version>
<item><title>A film</title><link>https://j.example/2011/02/a-film/</link>
<wp:post_name><![CDATA[a-film]]></wp:post_name>
{comments}
</item></channel></rss>
"""
COMMENT = """<wp:comment><wp:comment_id>{id}</wp:comment_id>
<wp:comment_author><![CDATA[{author}]]></wp:comment_author>
<wp:comment_author_email>{mail}</wp:comment_author_email>
<wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>
<wp:comment_date>2011-02-03 07:05:06</wp:comment_date>
<wp:comment_date_gmt>2011-02-03 04:0{id}:06</wp:comment_date_gmt>
<wp:comment_content><![CDATA[{body}]]></wp:comment_content>
<wp:comment_approved>{approved}</wp:comment_approved>
<wp:comment_type>{type}</wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"""


def wordpress(*comments):
    plain = {"author": "Ivan", "mail": "ivan@j.example", "approved": "1",
             "type": "comment", "parent": "0", "body": "Fine."}
    return WORDPRESS.format(comments="".join(
        COMMENT.format(**plain | each, id=n + 1)
        for n, each in enumerate(comments)))


@pytest.fixture
def bring(foyer):
    """bring(system, text, *words): what foyerctl import said."""
    def run(system, text, *words):
        path = foyer.folder / "export.xml"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)
        return foyer.ctl("import", "--from", system, *words, path,
                         check=False)
    return run


def here(foyer, slug):
    return foyer.query(
        "SELECT c.author, c.body, c.state::text, c.posted_at::text, p.author,"
        " c.person FROM comment c JOIN review r ON r.id = c.thread_id"
        " LEFT JOIN comment p ON p.thread_id = c.thread_id AND p.id = c.parent"
        " WHERE r.slug = %s AND c.posted_at < '2020-01-01' ORDER BY c.id",
        slug)


def test_a_disqus_export_comes_under_its_review_and_comes_once(foyer, bring):
    slug = foyer.slugs[0]
    text = DISQUS.replace("{slug}", slug)
    told = bring("disqus", text, "--dry-run")
    assert "2 comments would be imported" in told.stdout, told
    assert not here(foyer, slug)
    for again in range(2):
        done = bring("disqus", text)
        assert done.returncode == 1             # for a page without a review
        assert f"{0 if again else 2} comments imported" in done.stdout, done
        assert "1 deleted or spam, 1 of pages without" in done.stdout
        assert "https://old.example/about: no review" in done.stderr
    first, second = here(foyer, slug)
    assert first[:5] == (
        "Ilya", "First *here* .\\\n1\\. No list\n\n> Cited\n\n"
        "[a \\*link\\*](<https://a.example/x_(y)>) https://bare.example/q_r",
        "shown", "2014-05-01 10:00:00+00", None)
    assert second[:5] == ("Вера", "She **walks** out & smiles.", "shown",
                          "2014-05-02 12:00:00+00", "Ilya")
    shown = {each["author"]["name"]: each
             for each in foyer.reader().thread(slug)["comments"]}
    assert "<strong>walks</strong> out &amp; smiles" in shown["Вера"]["html"]
    assert shown["Вера"]["depth"] == 1
    assert "no list" in shown["Ilya"]["html"].lower()
    assert "<ol" not in shown["Ilya"]["html"]


def test_a_wordpress_export_is_told_where_it_belongs(foyer, bring):
    slug = foyer.slugs[1]
    text = wordpress(
        {"body": "Two\nlines.\n\nAnd <i>one</i> more, ||is it?||"},
        {"approved": "0", "author": "Anna", "mail": "no address"},
        {"parent": "2", "body": "To what waits."},
        {"approved": "spam"}, {"type": "pingback"}, {"body": ""})
    assert "no review has this path" in bring("wordpress", text).stderr
    told = foyer.folder / "map"
    told.write_text(f"https://j.example/2011/02/a-film/ {slug}\n")
    done = bring("wordpress", text, "--map", told)
    assert "3 comments imported, 2 of them wait" in done.stdout, done
    assert "comment 6: " in done.stderr and "1 with faults" in done.stdout
    ivan, anna, answer = here(foyer, slug)
    assert ivan[1] == "Two\\\nlines.\n\nAnd *one* more, \\|\\|is it?\\|\\|"
    assert [row[2] for row in (ivan, anna, answer)] == [
        "shown", "held", "held"]
    assert answer[4] == "Anna" and answer[5] == ivan[5] != anna[5]
    assert ivan[3] == "2011-02-03 04:01:06+00"
    queue = foyer.moderator().get(f"/foyer/admin/?review={slug}").valid()
    assert "It waited where it was imported from." in queue.words


@pytest.mark.parametrize("words, status, complaint", [
    (["disqus"], 1, "expected XML"),
    (["wordpress"], 1, "expected XML"),
    (["facebook"], 2, "--from is disqus or wordpress"),
    (["disqus", "--unsigned"], 2, "--unsigned is for what export wrote"),
    (["disqus", "--map", "/nonexistent"], 1, "/nonexistent: No such file"),
])
def test_what_can_not_be_imported_is_told(bring, words, status, complaint):
    done = bring(words[0], "<rss><channel>", *words[1:])
    assert done.returncode == status and complaint in done.stderr, done


def test_a_file_that_is_not_there_is_told(foyer):
    for words in [["import", "--from", "disqus"],
                  ["review", "import", "--root", "/", "--sitemap"]]:
        done = foyer.ctl(*words, "/nonexistent", check=False)
        assert done.returncode == 1
        assert "/nonexistent: the file can't be read" in done.stderr


def test_an_export_of_something_else_is_refused(bring):
    done = bring("disqus", wordpress({}))
    assert done.returncode == 1
    assert "expected an export of disqus: <disqus>" in done.stderr


def test_all_may_wait(foyer, bring):
    slug = foyer.slugs[2]
    text = wordpress({}).replace("a-film", slug)
    done = bring("wordpress", text, "--hold")
    assert done.returncode == 0 and "1 of them wait" in done.stdout, done
    assert [row[2] for row in here(foyer, slug)] == ["held"]

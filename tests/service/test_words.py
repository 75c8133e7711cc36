"""test_words.py: everything is said in the language of what it belongs to."""

import re

import pytest

SETTINGS = {"filters": {}, "policy": "all"}
LATIN = re.compile(r"[A-Za-z]{2,}")
# What a Russian page may say in Latin letters: names, marks, units.
ALLOWED = {"The", "Sample", "Journal", "Atom", "UTC", "JSON"}


@pytest.fixture(scope="module")
def russian(foyer):
    """A review in Russian; everything about it is in Cyrillic letters."""
    slug = foyer.slugs[1]
    foyer.query(
        "UPDATE review SET language = 'ru', heading = 'Вертов', title = "
        "'Человек', original = '', reviewer = 'Автор', affiliation = '', "
        "epigraph = '', country = 'СССР', colour = 'цв.', minutes = 22, "
        "published = '', updated = 'вчера', paragraphs = '{Текст.}', "
        "works = '{Книга.}', credits = '[]', directors = '{Вертов}' "
        "WHERE slug = %s", slug)
    return slug


def elsewhere(page):
    """Latin words of a page that are not in what says another language."""
    words = []

    def walk(element):
        if element.tag in ("code", "time", "script", "option") or \
                element.get("lang") not in (None, "ru"):
            return words.extend(LATIN.findall(element.tail or ""))
        for name in ("aria-label", "title", "alt", "placeholder"):
            words.extend(LATIN.findall(element.get(name) or ""))
        words.extend(LATIN.findall(element.text or ""))
        for child in element:
            walk(child)
        words.extend(LATIN.findall(element.tail or ""))

    walk(page.tree.find("body"))
    return [word for word in words if word not in ALLOWED]


def check(page):
    assert page.valid().tree.get("lang") == "ru", page.path
    assert elsewhere(page) == [], page.path


def test_a_russian_review_is_russian_all_over(foyer, russian, moderator):
    reader = foyer.reader()
    page = reader.get(f"/reviews/{russian}")
    check(page)
    assert "22 минуты" in page.words and "Комментариев пока нет" in page.words
    number = reader.comment(russian, "Раз.", author="Читатель").json["id"]
    check(reader.get(f"/foyer/threads/{russian}/comments/{number}"))
    path = f"/foyer/admin/threads/{russian}/comments/{number}/rule"
    assert moderator.post_json(path, {"act": "approve"}).status == 200
    page = reader.get(f"/reviews/{russian}")
    check(page)
    assert "1 комментарий" in page.words
    assert re.search(r"\d+ (января|ноября|[а-я]+[ая]) 20\d\d", page.words)
    check(reader.get(f"/foyer/threads/{russian}/reply?parent={number}"))
    given_back = reader.submit(page.form("/comments"), author="Имя", body=" ")
    assert given_back.status == 422
    check(given_back)
    moderator.post_json(path, {"act": "remove", "seen": "shown",
                               "reason": "Шум"})
    feed = reader.get(f"/foyer/threads/{russian}.atom")
    assert "Комментарии к фильму «Человек»" in feed.text


def test_the_fragment_says_its_language_within_anothers_page(foyer, russian):
    fragment = foyer.reader().get(f"/foyer/threads/{russian}.html")
    assert re.search('id="comments"[^>]* lang="ru"', fragment.text)
    fragment = foyer.reader().get(f"/foyer/threads/{foyer.slugs[0]}.html")
    assert re.search('id="comments"[^>]* lang="en"', fragment.text)


def test_what_readers_share_is_not_in_one_readers_language(foyer):
    reader = foyer.reader(**{"Accept-Language": "ru"})
    for path in ["/reviews/", f"/reviews/{foyer.slugs[0]}"]:
        assert reader.get(path).tree.get("lang") == "en", path


@pytest.mark.parametrize("accepts, speaks", [
    ("ru", "ru"), ("ru-RU,ru;q=0.9,en;q=0.8", "ru"), ("en-GB,ru;q=0.5", "en"),
    ("fr,ru;q=0.3", "ru"), ("fr", "en"), ("ru;q=0,en", "en"), ("", "en"),
    (";q=1,,-;q", "en")])
def test_a_page_for_one_person_speaks_what_they_prefer(foyer, accepts,
                                                       speaks):
    page = foyer.reader(**{"Accept-Language": accepts}).get("/foyer/session")
    assert page.valid().tree.get("lang") == speaks


def test_moderators_pages_are_russian_all_over(foyer, russian):
    reader = foyer.reader()
    for text in ["Раз, два.", "Три."]:
        reader.comment(russian, text, author="Читатель")
    client = foyer.moderator("редактор")
    client.headers["Accept-Language"] = "ru"
    for path in ["/foyer/admin/", "/foyer/admin/log", "/foyer/session",
                 f"/foyer/admin/threads/{russian}"]:
        page = client.get(path)
        assert page.valid().tree.get("lang") == "ru", path
        left = [word for word in elsewhere(page) if word not in russian
                and word not in ("foyerctl", "editor", "moderator")]
        assert left == [], path


def test_an_unknown_language_is_kept_apart_from_the_pages(foyer):
    slug = foyer.slugs[2]
    foyer.query("UPDATE review SET language = 'fr' WHERE slug = %s", slug)
    page = foyer.reader().get(f"/reviews/{slug}").valid()
    assert page.tree.get("lang") == "en"
    said = [each for each in page.tree.iter() if each.get("lang") == "fr"]
    words = " ".join(" ".join("".join(each.itertext()) for each in said)
                     .split())
    heading, = foyer.query("SELECT heading FROM review WHERE slug = %s",
                           slug)[0]
    assert heading in words
    for ours in ["Works cited", "The film", "reviewed by"]:
        assert ours in page.words and ours not in words

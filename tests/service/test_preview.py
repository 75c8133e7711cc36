"""test_preview.py: a comment seen before it is posted, and words given back."""

SETTINGS = {"filters": {"links": {}}, "policy": "open"}
KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"


def counted(foyer):
    return foyer.query("SELECT count(*), max(id) FROM comment")


def words(page):
    return " ".join("".join(
        page.tree.find(".//section[@class='preview']").itertext()).split())


def test_the_form_shows_what_it_would_post_and_keeps_it(foyer, slug, reader):
    before = counted(foyer)
    form = reader.get(f"/reviews/{slug}").valid().form("/comments")
    assert ("preview", "1", "Preview") in form.acts
    page = reader.submit(form, preview="1", author="Ann", email="a@b.example",
                         body="\nIt *moved* me.\n\n> <b>quoted</b>", key=KEY)
    assert page.status == 200 and counted(foyer) == before
    assert not page.headers.get_all("Set-Cookie")
    assert "It moved me. <b>quoted</b>" in words(page.valid())
    again = page.form("/comments")
    assert again.fields["body"] == "\nIt *moved* me.\n\n> <b>quoted</b>"
    assert (again.fields["author"], again.fields["email"],
            again.fields["key"]) == ("Ann", "a@b.example", KEY)
    done = reader.submit(again)
    assert done.status == 303
    assert foyer.query("SELECT author FROM comment WHERE client_key = %s",
                       KEY) == [("Ann",)]


def test_a_preview_as_data(foyer, slug, reader):
    before = counted(foyer)
    done = reader.post_json(f"/foyer/threads/{slug}/preview",
                            {"body": "**So** good[^1]\n\n[^1]: A note."})
    assert done.status == 200 and list(done.json) == ["html"]
    assert "<strong>So</strong>" in done.json["html"]
    wrong = reader.post_json(f"/foyer/threads/{slug}/preview", {"body": " "})
    assert wrong.status == 422 and wrong.json["field"] == "body"
    assert counted(foyer) == before


def test_a_preview_without_words_says_so(slug, reader):
    form = reader.get(f"/reviews/{slug}").form("/comments")
    page = reader.submit(form, preview="1", author="Ann", body=" ").valid()
    assert page.status == 422 and "write a comment" in page.words
    assert page.form("/comments").fields["author"] == "Ann"


def test_a_reply_is_previewed_with_what_it_answers(foyer, slug, reader):
    number = reader.comment(slug, "Answer me.").json["id"]
    form = reader.get(f"/foyer/threads/{slug}/reply?parent={number}").form(
        "/comments")
    page = reader.submit(form, preview="1", body="Here.").valid()
    assert "Answer me." in page.words and words(page).startswith("How")
    again = page.form("/comments")
    assert again.fields["parent"] == str(number)
    assert again.fields["key"] == form.fields["key"]


def test_an_edit_is_previewed_and_not_saved(foyer, slug):
    author = foyer.reader()
    number = author.comment(slug, "Before.").json["id"]
    path = f"/foyer/threads/{slug}/comments/{number}"
    form = author.get(path).form("/edit")
    page = author.submit(form, preview="1", body="*After.*").valid()
    assert page.status == 200 and "After." in words(page)
    assert foyer.query("SELECT body, edited_at FROM comment WHERE id = %s",
                       number) == [("Before.", None)]
    again = page.form("/edit")
    assert again.fields["body"].strip() == "*After.*"
    assert author.submit(again).status == 303
    assert foyer.query("SELECT body FROM comment WHERE id = %s",
                       number) == [("*After.*",)]


def test_an_edit_that_is_refused_gives_the_words_back(foyer, slug):
    author = foyer.reader()
    number = author.comment(slug, "Mine to edit.").json["id"]
    path = f"/foyer/threads/{slug}/comments/{number}"
    form = author.get(path).form("/edit")
    for headers, status in [({"Sec-Fetch-Site": None}, 403), (None, 401)]:
        if status == 401:
            author.cookies.clear()
        else:
            form.fields.pop("token")
        page = author.submit(form, headers, body="Do not lose this.").valid()
        assert page.status == status
        kept = page.form("/edit").fields["body"]
        assert kept.strip() == "Do not lose this."

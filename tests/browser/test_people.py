"""test_people.py: a moderator's pass over one person, in a browser."""

import pytest


@pytest.mark.parametrize("javascript", [False, True])
def test_a_moderator_deals_with_one_person(foyer, person, place, javascript):
    name = "Loud Guest" + " with scripts" * javascript
    guest, _ = place.post(place.slug, name, f"Buy it, says {name}.")
    editor = person(javascript=javascript, width=360)
    editor.sign_in("boss", place.password)
    editor.go("/foyer/admin/people").fill(name=name)
    editor.click("Find", "main").click(name, "table")
    assert "held 1" in editor.words(".facts")
    editor.named("Ban or suspend").click()
    editor.fill(".more [open], .more", reason="Advertising")
    editor.click("Ban", ".more form")
    assert "refused, and told so" in editor.words(".facts")
    assert guest.comment(place.slug, "More!").status == 403
    editor.fill("section", value="Asked twice.").click("Save the note")
    editor.named("Remove all their comments").click()
    editor.click("Remove what is shown or waits, a hundred at a time")
    assert "removed 1" in editor.words(".facts")
    editor.click("Bring back what was removed all at once")
    assert "held 1" in editor.words(".facts")
    editor.click("Bans", "nav")
    editor.click(f"Lift: {name}", "table")
    assert guest.comment(place.slug, "Thanks.").status == 201
    assert foyer.ctl("log", "verify").returncode == 0

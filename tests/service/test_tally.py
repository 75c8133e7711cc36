"""test_tally.py: what moderators did, told to everybody or to nobody."""

from process import wait_until

SETTINGS = {"filters": {}, "policy": "first"}


def test_the_tally_is_told_where_the_owner_says_so(foyer, slug):
    owner = foyer.moderator("the owner", "owner")
    reader = foyer.reader()
    for act, reason, n in [("remove", "Off the film", 3),
                           ("remove", "About one person", 1),
                           ("approve", "", 2), ("spam", "", 1)]:
        for i in range(n):
            number = foyer.reader().comment(slug, f"{act} {reason} {i}"
                                            ).json["id"]
            foyer.query("UPDATE comment SET posted_at = posted_at - "
                        "interval '1 hour' WHERE id = %s", number)
            assert owner.post_json(
                f"/foyer/admin/threads/{slug}/comments/{number}/rule",
                {"act": act, "reason": reason}).status == 200
    for path in ["/foyer/tally", "/foyer/tally.json"]:
        assert reader.get(path).status == 404
    owner.post_json("/foyer/admin/choices", {"tally": "yes"})

    def told():
        months = reader.json("/foyer/tally.json")["months"]
        return months and (months[0]["shown"], months[0]["removed"],
                           months[0]["spam"], months[0]["ruled"]
                           ) == (2, 4, 1, 7) and months
    month = wait_until(told, "the sums")[0]
    assert month["reasons"] == [{"reason": "Off the film", "removed": 3}]
    assert 3000 < month["median_wait_seconds"] < 4500
    page = reader.get("/foyer/tally").valid()
    assert "Off the film" in page.words
    assert "About one person" not in page.text

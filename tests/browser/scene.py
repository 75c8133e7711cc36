"""scene.py: a thread as threads are, and a queue with something of each kind.

    scene = Scene(foyer, moderator)
    numbers = scene.talk(slug)          # rows of TALK below, shown
    scene.wait_in_queue(slug, numbers)
"""

# (name, the row that it answers or None, minutes after the first, text)
TALK = [
    ("A reader", None, 0,
     "Is there one cut of this film, or several?\n\n"
     "> re-edited shortly before its release\n\n"
     "If so, the *music* was written for a longer picture than the one that "
     "opened."),
    ("Another reader", 0, 47,
     "It was, and the players had to make up the difference in the hall.[^1] "
     "||In the last scene it is Louise’s grave that Jean digs.||\n\n"
     "[^1]: The score is Shostakovich’s opus 18, his first for a film."),
    ("A reader", 1, 65, "That must hurt most where *La Marseillaise* and "
     "Offenbach’s can-can are played **at once**."),
    ("Someone at the back", 2, 1440 + 130,
     "One slides into the other, bar by bar."),
    ("A projectionist", None, 1440 + 190,
     "At which speed was it shown? For 2,200 metres:\n\n"
     "```\n16 frames a second    120 minutes\n20 frames a second     96 "
     "minutes\n24 frames a second     80 minutes\n```\n\n"
     "The 93 minutes of the credits need `20` to `21`."),
    ("Loud voice", None, 1440 + 200, "Rubbish, all of it."),
    ("A patient reader", 5, 1440 + 260,
     "The two directors ran a workshop, not a factory:\n\n"
     "1. it was founded in Petrograd,\n2. it taught circus and boxing,\n"
     "3. and [it had a manifesto](https://en.wikipedia.org/wiki/"
     "Factory_of_the_Eccentric_Actor)."),
]

# (name, the row of TALK that it answers or None, text): all of them are held.
WAITING = [
    ("A newcomer", 0, "In the shop of the first reel one plane is sharp, and "
     "nothing behind it is."),
    ("Many links", None, "Three prints, three lengths, and each of the "
     "archives says that theirs is the whole film. See "
     "https://archive-one.example/ https://archive-two.example/ and "
     "https://archive-three.example/a/very/long/path/that/does/not/end/soon"
     "?with=a&query=that-goes-on-and-on-and-on-and-on-and-on-and-on"),
    ("Имя без пробелов" + "а" * 60, None, "Novyi Vavilon" + "!" * 200),
    ("اسم", None, "الفيلم طويل وجميل، شكرًا على المقال."),
    ("Preformatted", None, "```\n" + "wide " * 60 + "\n" + "w" * 300
     + "\n```\n\n> > > a quote " + "in a quote " * 20),
]

# Everybody here has one address.
FILTERS = {"honeypot": {}, "links": {},
           "pace": {"per_minute": "1000", "per_hour": "1000"}}


class Scene:
    def __init__(self, foyer, moderator):
        self.foyer, self.moderator = foyer, moderator

    def post(self, slug, author, body, **more):
        """A guest's comment: who posted it, and its number."""
        guest = self.foyer.reader()
        done = guest.comment(slug, body, author=author, **more)
        assert done.status in (201, 202), done
        return guest, done.json["id"]

    def rule(self, slug, number, act, **more):
        path = f"/foyer/admin/threads/{slug}/comments/{number}/rule"
        done = self.moderator.post_json(path, {"act": act} | more)
        assert done.status == 200, done

    def talk(self, slug, began="2026-01-10 19:04+00"):
        """Numbers of TALK's comments; the loud voice's is removed."""
        numbers = []
        for author, to, after, body in TALK:
            more = {} if to is None else {"parent": numbers[to]}
            _, number = self.post(slug, author, body, **more)
            self.foyer.query(
                "UPDATE comment SET posted_at = %s::timestamptz"
                " + %s * interval '1 minute' WHERE id = %s",
                began, after, number)
            self.rule(slug, number, "approve")
            numbers.append(number)
        self.rule(slug, numbers[5], "remove", seen="shown",
                  reason="Says nothing about the film")
        return numbers

    def wait_in_queue(self, slug, numbers):
        """Numbers of WAITING's comments; `numbers`: those of the talk."""
        made = []
        for author, to, body in WAITING:
            more = {} if to is None else {"parent": numbers[to]}
            made.append(self.post(slug, author, body, **more)[1])
        return made

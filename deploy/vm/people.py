"""people.py: readers and a moderator in the guest of deploy/vmcheck.

    people.py once PASSWORD     a comment's whole way
    people.py load FILE         eight readers post until FILE is there: each
                                thinks for a second between two, so that what
                                is tried is foyer and not the emulator's speed
"""

import pathlib
import sys
import threading
import time

from client import Client

SLUG = "hedgehog-in-the-fog-1975"
COMMENTS = f"/foyer/threads/{SLUG}/comments"


def once(password):
    reader, editor = Client(80), Client(80)
    for each in [reader, editor]:
        each.origin = "http://127.0.0.1"
    posted = reader.comment(SLUG, "The owl counts the stars.")
    assert posted.status == 201 and posted.json["state"] == "held", posted
    assert not reader.thread(SLUG)["comments"]
    page = editor.follow(editor.get("/foyer/admin/"))
    done = editor.submit(page.form("/foyer/session"), name="editor",
                         password=password)
    assert done.status == 303 and editor.cookies, done
    ruled = editor.post_json(
        f"/foyer/admin/threads/{SLUG}/comments/{posted.json['id']}/rule",
        {"act": "approve"})
    assert ruled.status == 200, ruled
    shown = reader.thread(SLUG)["comments"]
    assert [each["id"] for each in shown] == [posted.json["id"]]
    assert "owl counts" in reader.get(f"/reviews/{SLUG}").text


def load(file):
    stop, taken, failed = pathlib.Path(file), [], []

    def work(number):
        client, count = Client(80), 0
        while not stop.exists():
            count += 1
            began = time.monotonic()
            try:
                answer = client.comment(SLUG, f"{number} says {count}.")
            except OSError as error:
                failed.append(error)
                continue
            if answer.status != 201:
                failed.append(answer)
            taken.append(time.monotonic() - began)
            if len(taken) == 50:
                pathlib.Path(file + ".going").touch()
            time.sleep(1)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{len(taken)} posts by 8 readers, {len(failed)} failed, the slowest "
          f"took {max(taken):.2f} s", *failed[:3], sep="\n")
    sys.exit(bool(failed))


{"once": once, "load": load}[sys.argv[1]](sys.argv[2])

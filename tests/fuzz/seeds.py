"""seeds.py: what the fuzzers begin with: sound inputs, a file each.

usage: tests/fuzz/seeds.py FOLDER
"""

import json
import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "lib"), str(TESTS / "service")]

import fcgi                                                   # noqa: E402
import hostile                                                # noqa: E402
import test_import_from as elsewhere                          # noqa: E402

TEXTS = [
    "Ёжик в тумане, 1:02:03, and Ме́льница.", "a\u0301\u200b\ufeff\u202eb\tc",
    "*a* **b** `c` ||d|| [e](http://f.example/g?h=i&j \"k\") <http://l.m>\n",
    "> 1. a\n>    - b\n>\n> ```\n> c\n> ```\n\n---\n[^1] x\\*\n\n[^1]: y *z*",
    "<p>a <b>b</b><br>c</p><blockquote><ul><li>d</ul></blockquote>"
    "<a href='https://e.example/x_(y)'>f</a> &amp; &#x110000; <pre>g\nh</pre>",
    "2026-11-26T03:47:37Z", "e934c6f5-646b-41c2-b95e-329138709397",
    "::ffff:10.1.2.3", "fe80::1/64",
]
COMMENTS = [
    "spam\nShop\nhttp://xn--80ak6aa92e.com/buy\nBUY ch3ap v1agra at "
    "http://bit.ly/abc, b u y, p\u0430yp\u0430l, ｆｒｅｅ ⓜⓞⓝⓔⓨ!!!",
    "ham\nВера\n\nПоследняя сцена лучше всех, a long take over the bridge.",
]
FORMS = [
    ("application/x-www-form-urlencoded", "author=A+B&body=%D0%9A&select=1"),
    ("multipart/form-data; boundary=\"B\"", "--B\r\nContent-Disposition: "
     "form-data; name=\"body\"\r\n\r\nHello\r\n--B--\r\n"),
    ("application/json", json.dumps({"author": "A", "body": "\u041a\n\"",
                                     "parent": 7, "anchor": {"exact": "a"}})),
]


def requests():
    for kind, body in FORMS:
        yield kind, body, fcgi.environment(
            "POST", "/foyer/threads/a/comments?review=a&b=%2B",
            body.encode(), CONTENT_TYPE=kind, HTTPS="on",
            HTTP_COOKIE="foyer_session=a.b; __Host-foyer_session=c",
            HTTP_ACCEPT="application/json;q=0.5, text/html",
            HTTP_ACCEPT_LANGUAGE="ru-RU, en;q=0.7, *;q=0",
            HTTP_ORIGIN="https://www.journal.example",
            HTTP_SEC_FETCH_SITE="same-site")


def records():
    for kind, body, env in requests():
        yield (fcgi.begin() + fcgi.stream(fcgi.PARAMS, fcgi.parameters(env))
               + fcgi.stream(fcgi.STDIN, body.encode(), 50))
    yield fcgi.record(fcgi.GET_VALUES, fcgi.pair("FCGI_MAX_CONNS", ""), 0)


def reviews():
    for path in sorted((TESTS.parent / "samples").glob("*.[ht]*")):
        yield path.suffix[1:] + "\n" + path.read_text(encoding="utf-8")
    yield "disqus\n" + elsewhere.DISQUS.replace("{slug}", "a-film")
    yield "wordpress\n" + elsewhere.wordpress({}, {"parent": 1})
    yield ("sitemap\n<urlset><url><loc>https://j.example/60/a%20b.html</loc>"
           "</url><url><loc>https://j.example/../x/</loc></url></urlset>")


def markup():
    yield from TEXTS
    for scheme in hostile.SCHEMES:
        yield "\n\n".join(link.format(scheme) for link in hostile.LINKS)


ALL = {
    "text": TEXTS, "markup": [*markup()], "records": [*records()],
    "request": ["\n".join(f"{name}={value}" for name, value in env.items())
                + "\n\n" + body for _, body, env in requests()],
    "token": ["", "\0\5A", "\0\x20A\1\1B"], "packets": ["", "\0\0\xff"],
    "review": [*reviews()],
}


def main():
    top = pathlib.Path(sys.argv[1])
    for name in ["bayes", "duplicate", "language", "links"]:
        ALL[name] = COMMENTS
    for name, inputs in ALL.items():
        folder = top / name
        folder.mkdir(parents=True, exist_ok=True)
        for k, one in enumerate(inputs):
            one = one if isinstance(one, bytes) else one.encode()
            (folder / f"seed-{k}").write_bytes(one)


if __name__ == "__main__":
    main()

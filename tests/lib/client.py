"""client.py: a reader's browser without scripts: requests, cookies, forms."""

import http.client
import io
import json
import urllib.parse

import html5lib


class Form:
    """A form of a page: where it goes and what it holds."""

    def __init__(self, element, page):
        self.action = urllib.parse.urljoin(page, element.get("action", ""))
        self.method = element.get("method", "get").lower()
        self.fields = {}
        self.acts = []          # (name, value, text) of its buttons
        for inner in element.iter():
            self.read(inner)

    def read(self, inner):
        name, kind = inner.get("name"), inner.get("type", "text")
        if inner.tag == "button" or kind == "submit":
            self.acts.append((name, inner.get("value", ""),
                              "".join(inner.itertext()).strip()))
        elif name is None:
            return
        elif inner.tag == "textarea":
            self.fields[name] = "".join(inner.itertext())
        elif inner.tag == "select":
            chosen = [option for option in inner.iter("option")
                      if option.get("selected") is not None]
            chosen = chosen or list(inner.iter("option"))
            self.fields[name] = chosen[0].get("value")
        elif inner.tag == "input" and kind in ("radio", "checkbox"):
            if inner.get("checked") is not None:
                self.fields[name] = inner.get("value", "on")
        elif inner.tag == "input":
            self.fields[name] = inner.get("value", "")


class Response:
    def __init__(self, path, answer, body):
        self.path, self.body = path, body
        self.status, self.headers = answer.status, answer.headers
        self.location = answer.headers.get("Location")

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def tree(self):
        return html5lib.parse(self.text, namespaceHTMLElements=False)

    @property
    def words(self):
        """What a reader sees, in one line."""
        return " ".join(" ".join(self.tree.find("body").itertext()).split())

    @property
    def forms(self):
        return [Form(form, self.path) for form in self.tree.iter("form")]

    def form(self, ending):
        """The first form whose action ends so."""
        for form in self.forms:
            if form.action.endswith(ending):
                return form
        raise AssertionError(f"no form to …{ending} in {self.path}: "
                             f"{[form.action for form in self.forms]}")

    def valid(self):
        """HTML5 without a parse error (WHATWG); self."""
        html5lib.HTMLParser(strict=True).parse(io.BytesIO(self.body),
                                               transport_encoding="utf-8")
        return self

    def __repr__(self):
        return f"<{self.status} {self.path} {self.body[:300]!r}>"


class Client:
    """Keeps cookies. Sends what a browser sends with its own pages' forms
    unless `headers` say otherwise (None leaves one out)."""

    def __init__(self, port, **headers):
        self.port = port
        self.cookies = {}
        self.origin = f"http://127.0.0.1:{port}"
        self.headers = {"Sec-Fetch-Site": "same-origin"}
        self.headers |= {name.replace("_", "-"): value
                         for name, value in headers.items()}

    def request(self, method, path, body=None, headers=None):
        send = self.headers | (headers or {})
        if self.cookies:
            send["Cookie"] = "; ".join(f"{name}={value}" for name, value
                                       in self.cookies.items())
        send = {name: value for name, value in send.items()
                if value is not None}
        path = path.removeprefix(self.origin).partition("#")[0]
        connection = http.client.HTTPConnection("127.0.0.1", self.port,
                                                timeout=20)
        try:
            connection.request(method, path, body, send)
            answer = connection.getresponse()
            response = Response(path, answer, answer.read())
        finally:
            connection.close()
        self.keep(response)
        return response

    def keep(self, response):
        for line in response.headers.get_all("Set-Cookie", []):
            pair, *attributes = [part.strip() for part in line.split(";")]
            name, _, value = pair.partition("=")
            if "max-age=0" in [a.lower() for a in attributes] or not value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value

    def get(self, path, headers=None):
        return self.request("GET", path, headers=headers)

    def json(self, path):
        response = self.get(path, {"Accept": "application/json"})
        assert response.status == 200, response
        return response.json

    def json_lines(self, path):
        return [json.loads(line) for line in
                self.get(path).text.splitlines()]

    def post(self, path, fields=None, headers=None):
        """As an HTML form does."""
        return self.request(
            "POST", path, urllib.parse.urlencode(fields or {}),
            {"Content-Type": "application/x-www-form-urlencoded"}
            | (headers or {}))

    def post_json(self, path, data, headers=None):
        return self.request(
            "POST", path, json.dumps(data),
            {"Content-Type": "application/json", "Accept": "application/json"}
            | (headers or {}))

    def comment(self, slug, body, author="A Reader", **more):
        """Posts as JSON; numbers and texts as they are given."""
        return self.post_json(f"/foyer/threads/{slug}/comments",
                              {"author": author, "body": body} | more)

    def thread(self, slug):
        """The thread's first page as data."""
        return self.json(f"/foyer/threads/{slug}.json")

    def submit(self, form, headers=None, **fields):
        """A form as the page gave it, some fields filled in."""
        return self.post(form.action, form.fields | fields, headers)

    def follow(self, response):
        """Where a redirect leads."""
        assert response.status in (302, 303), response
        return self.get(urllib.parse.urljoin(response.path, response.location))

"""openapi.py: the description of foyer's HTTP interface, and what fits it."""

import json
import re

from jsonschema import Draft202012Validator, RefResolver

from postgres import ROOT

TEXT = (ROOT / "src/web/openapi.json").read_text()
DOCUMENT = json.loads(TEXT)
ROUTES = ROOT / "src/app/routes.c"
DEFINE = re.compile(r'^#define (\w+)\s+((?:"[^"]*"|\w+)(?: (?:"[^"]*"|\w+))*)$',
                    re.M)
ROW = re.compile(r"\{ METHOD_(\w+), ([^,]+), ")


def source_routes():
    """(method, pattern) of each row of src/app/routes.c."""
    text = ROUTES.read_text()
    names = {}

    def joined(words):
        return "".join(word[1:-1] if word[0] == '"' else names[word]
                       for word in re.findall(r'"[^"]*"|\w+', words))

    for name, words in DEFINE.findall(text):
        if '"' in words:
            names[name] = joined(words)
    return [(method.lower(), joined(words).replace("~", "/reviews/"))
            for method, words in ROW.findall(text)]


def operations():
    """(method, path, operation) of the description."""
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def resolved(node):
    while "$ref" in node:
        found = DOCUMENT
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def references(node):
    if isinstance(node, dict):
        yield from [node] if "$ref" in node else []
        node = list(node.values())
    for inner in node if isinstance(node, list) else []:
        yield from references(inner)


def strict(node):
    """A copy of a schema to which nothing may be added."""
    if isinstance(node, list):
        return [strict(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    made = {name: strict(inner) for name, inner in node.items()}
    if made.get("type") == "object" and "properties" in made:
        made.setdefault("additionalProperties", False)
    return made


STRICT = strict(DOCUMENT)


def complaints(schema, data):
    """What of the data the schema does not describe."""
    checker = Draft202012Validator(
        strict(schema), resolver=RefResolver("", STRICT),
        format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{list(error.absolute_path)}: {error.message}"
            for error in checker.iter_errors(data)]


def unlike(operation, response):
    """How an answer differs from what the operation promises, or None."""
    promised = operation["responses"]
    status = str(response.status)
    if status not in promised and response.status < 400:
        return f"status {status} is not described"
    promise = resolved(promised.get(status, promised["default"]))
    kind = (response.headers["Content-Type"] or "").partition(";")[0]
    if "content" not in promise:
        return None if response.location else "it leads nowhere"
    if kind not in promise["content"]:
        return f"{kind} is not described"
    schema = promise["content"][kind].get("schema")
    return complaints(schema, response.json) or None if schema else None

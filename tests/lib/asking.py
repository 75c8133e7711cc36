"""asking.py: how a test of the description asks foyer."""


def get(w, name, who=None, query="", **values):
    return (who or w.reader).get(w.path(name, **values) + query)


def both(w, name, fields, who=None, **values):
    """As a form and as JSON."""
    who, path = who or w.reader, w.path(name, **values)
    return [who.post(path, fields), who.post_json(path, fields)]

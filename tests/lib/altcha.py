"""altcha.py: solving a challenge as ALTCHA's widget does (protocol 1)."""

import base64
import hashlib
import json


def solve(challenge):
    """The number that it hides."""
    salt, wanted = challenge["salt"], challenge["challenge"]
    for number in range(challenge["maxnumber"] + 1):
        text = f"{salt}{number}".encode()
        if hashlib.sha256(text).hexdigest() == wanted:
            return number
    raise AssertionError(f"no number: {challenge}")


def encoded(payload):
    return base64.b64encode(json.dumps(payload).encode()).decode()


def answer(challenge):
    return encoded(challenge | {"number": solve(challenge), "took": 1})

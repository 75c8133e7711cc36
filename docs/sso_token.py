"""sso_token.py: signs a token for foyer, as the journal's software would.

    python3 docs/sso_token.py journal.secret https://journal.example 4711 \
        "Ann Example"

Needs Python and OpenSSL only: PASETO v4.public (paseto-spec, "Sign") is one
Ed25519 signature over the pieces below. Write it anew in any language, or take
a PASETO library: the footer names the key, the implicit assertion is foyer-sso.
"""

import base64
import datetime
import hashlib
import json
import subprocess
import sys
import tempfile
import uuid

HEADER, IMPLICIT = b"v4.public.", b"foyer-sso"
PKCS8 = bytes.fromhex("302e020100300506032b657004220420")   # RFC 8410


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def pae(*pieces):
    """PASETO's pre-authentication encoding."""
    def size(n):
        return n.to_bytes(8, "little")
    return size(len(pieces)) + b"".join(size(len(p)) + p for p in pieces)


def ed25519(seed, message):
    with tempfile.NamedTemporaryFile() as key, \
            tempfile.NamedTemporaryFile() as text:
        key.write(PKCS8 + seed)
        key.flush()
        text.write(message)
        text.flush()
        return subprocess.run(
            ["openssl", "pkeyutl", "-sign", "-rawin", "-keyform", "DER",
             "-inkey", key.name, "-in", text.name], check=True,
            stdout=subprocess.PIPE).stdout


def key_id(public):
    """PASERK k4.pid of a public key."""
    text = b"k4.pid." + b"k4.public." + b64(public)
    return b"k4.pid." + b64(hashlib.blake2b(text, digest_size=33).digest())


def claims(origin, subject, name, **more):
    now = datetime.datetime.now(datetime.timezone.utc)
    def time(seconds):
        moment = now + datetime.timedelta(seconds=seconds)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"aud": origin, "sub": subject, "name": name, "iat": time(0),
            "exp": time(120), "jti": str(uuid.uuid4())} | more


def token(secret, body, implicit=IMPLICIT, footer=None):
    """secret: a k4.secret line; body: the claims."""
    raw = base64.urlsafe_b64decode(secret.strip()[len("k4.secret."):] + "==")
    seed, public = raw[:32], raw[32:]
    message = json.dumps(body, ensure_ascii=False).encode()
    if footer is None:
        footer = json.dumps({"kid": key_id(public).decode()}).encode()
    signature = ed25519(seed, pae(HEADER, message, footer, implicit))
    return (HEADER + b64(message + signature) + b"." + b64(footer)).decode()


if __name__ == "__main__":
    file, origin, subject, name = sys.argv[1:]
    with open(file, encoding="ascii") as line:
        print(token(line.read(), claims(origin, subject, name)))

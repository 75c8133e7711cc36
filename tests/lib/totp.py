"""totp.py: RFC 6238 by itself, apart from foyer."""

import base64
import hashlib
import hmac
import struct
import time


def code(secret, step=0):
    """Of a secret in base32, so many steps from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    mac = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = mac[-1] & 15
    number = struct.unpack(">I", mac[at:at + 4])[0] & 0x7fffffff
    return f"{number % 10 ** 6:06}"

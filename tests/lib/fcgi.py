"""fcgi.py: the FastCGI protocol byte by byte, to say it right or wrong.

FastCGI 1.0: a record is an 8-byte header and at most 65,535 bytes.
"""

import socket
import struct

BEGIN, ABORT, END, PARAMS, STDIN, STDOUT, STDERR, DATA = range(1, 9)
GET_VALUES, GET_VALUES_RESULT, UNKNOWN = 9, 10, 11
RESPONDER, AUTHORIZER, FILTER = 1, 2, 3
KEEP = 1


def record(kind, content=b"", request=1, version=1, padding=0):
    return struct.pack("!BBHHBx", version, kind, request, len(content),
                       padding) + content + b"\0" * padding


def begin(role=RESPONDER, flags=0, request=1):
    return record(BEGIN, struct.pack("!HB5x", role, flags), request)


def length(n, wide=False):
    return struct.pack("!I", n | 1 << 31) if wide or n > 127 else bytes([n])


def pair(name, value, wide=False):
    name, value = name.encode(), value.encode()
    return length(len(name), wide) + length(len(value), wide) + name + value


def stream(kind, content, chunk=65535):
    """Records of one stream, and the empty one that ends it."""
    parts = [content[at:at + chunk] for at in range(0, len(content), chunk)]
    return b"".join(record(kind, part) for part in [*parts, b""])


def environment(method="GET", path="/foyer/health", body=b"", **more):
    path, _, query = path.partition("?")
    env = {"GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PROTOCOL": "HTTP/1.1",
           "SERVER_NAME": "127.0.0.1", "REQUEST_METHOD": method,
           "REQUEST_SCHEME": "http", "SCRIPT_NAME": "", "PATH_INFO": path,
           "REQUEST_URI": path + ("?" + query if query else ""),
           "QUERY_STRING": query, "REMOTE_ADDR": "127.0.0.1",
           "HTTP_HOST": "127.0.0.1", "CONTENT_TYPE": "", "CONTENT_LENGTH": ""}
    if body:
        env |= {"CONTENT_LENGTH": str(len(body)),
                "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    return env | more


def parameters(env):
    return b"".join(pair(name, value) for name, value in env.items())


def request(body=b"", flags=0, **env):
    """A whole request."""
    return (begin(flags=flags)
            + stream(PARAMS, parameters(environment(body=body, **env)))
            + stream(STDIN, body))


class Connection:
    """A web server's end."""

    def __init__(self, path, timeout=15):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(timeout)
        self.socket.connect(str(path))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        """False once the other end has had enough."""
        try:
            self.socket.sendall(data)
            return True
        except (BrokenPipeError, ConnectionResetError):
            return False

    def done(self):
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def read(self):
        """Everything until it is closed."""
        data = b""
        try:
            while part := self.socket.recv(65536):
                data += part
        except ConnectionResetError:
            pass
        return data

    def answer(self):
        return Answer(self.read())


class Answer:
    """What came back: status 0 when it was no answer at all."""

    def __init__(self, data):
        self.raw, self.out, self.err, self.ended = data, b"", b"", False
        self.kinds = []
        while len(data) >= 8:
            _, kind, _, size, padding = struct.unpack("!BBHHBx", data[:8])
            self.take(kind, data[8:8 + size])
            data = data[8 + size + padding:]
        head, _, self.body = self.out.partition(b"\r\n\r\n")
        self.headers = dict(line.split(": ", 1) for line
                            in head.decode().split("\r\n") if ": " in line)
        self.status = 0
        if self.out:
            self.status = int(self.headers.get("Status", "200")[:3])

    def take(self, kind, content):
        self.kinds.append(kind)
        if kind == STDOUT:
            self.out += content
        elif kind == STDERR:
            self.err += content
        elif kind == END:
            self.ended = True


def ask(where, /, **env):
    """One request, one answer."""
    with Connection(where) as connection:
        connection.send(request(**env))
        return connection.answer()

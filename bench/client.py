"""One keep-alive connection to a server, as thin as Python allows: for spot checks and for times of single requests."""
import json
import socket


class Failure(Exception):
    """Why a case has no figure."""


def whole_answer(received):
    """(status, body) of the bytes of one answer; None while some of them are missing."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return None
    at = received.lower().find(b"content-length:", 0, end)
    if at < 0:
        raise Failure("an answer without Content-Length")
    length = int(received[at + 15:received.index(b"\r\n", at)])
    if len(received) < end + 4 + length:
        return None
    return int(received[9:12]), received[end + 4:]


class Client:
    free_since = 0.0    # For those that keep several.

    def __init__(self, port, token=""):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.head = f" HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n"

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def text_of(self, method, path, body=None):
        """The bytes of a request; made beforehand, they cost no time when it is sent."""
        text = method + " " + path + self.head
        if body is not None:
            text += f"Content-Type: application/json\r\nContent-Length: {len(body.encode())}\r\n"
        return (text + "\r\n" + (body or "")).encode()

    def send(self, request):
        """(status, body) of the answer to the bytes of one request."""
        self.socket.sendall(request)
        received = self.more()
        while (answer := whole_answer(received)) is None:
            received += self.more()
        return answer

    def more(self):
        more = self.socket.recv(262144)
        if not more:
            raise Failure("the connection was closed within an answer")
        return more

    def ask(self, method, path, body=None, status=200):
        """The body of the answer; a Failure when its status is another."""
        got, answer = self.send(self.text_of(method, path, None if body is None else json.dumps(body)))
        if got != status:
            raise Failure(f"{method} {path} answered {got}, not {status}: {answer[:300].decode(errors='replace')}")
        return answer

    def get(self, path):
        """The object that a path answers."""
        return json.loads(self.ask("GET", path))

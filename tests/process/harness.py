"""Runs the real program for the tests of this folder: starts and stops it, gets tokens, speaks HTTP with it.

The program's path comes from the environment variable CONTACTD_BINARY. All traffic stays on the loopback interface.
"""
import contextlib
import http.client
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

# Generous, because a loaded machine is slow: every wait ends as soon as what it waits for is there.
START_SECONDS_MAX = 60
STOP_SECONDS_MAX = 60
ANSWER_SECONDS_MAX = 60
LISTENS = re.compile(rb"contactd listens on http://([0-9.]+):([0-9]+)\n")


def binary():
    path = os.environ.get("CONTACTD_BINARY", "")
    if not os.access(path, os.X_OK):
        raise RuntimeError(f"CONTACTD_BINARY must name the program; it is {path!r}")
    return path


def clean_environment(variables=None):
    """This process's environment without settings of the service, but with `variables`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONTACTD_")}
    return {**kept, **(variables or {})}


def run_program(*arguments, variables=None, folder=None, seconds=START_SECONDS_MAX):
    """Runs the program to its end. Gives a CompletedProcess with texts."""
    return subprocess.run([binary(), *map(str, arguments)], env=clean_environment(variables), cwd=folder,
                          capture_output=True, text=True, timeout=seconds, check=False)


def token(data, tenant="tenant-one", user="user-one1", *options):
    made = run_program("token", "--data", data, "--tenant", tenant, "--user", user, *options)
    if made.returncode != 0:
        raise RuntimeError(f"no token: {made.stderr}")
    return made.stdout.strip()


def wait_until(condition, seconds=ANSWER_SECONDS_MAX, what="the condition"):
    """Asks again and again, without hurry, until `condition` gives something true; gives that."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        result = condition()
        if result:
            return result
        time.sleep(0.01)
    raise AssertionError(f"{what} did not come about in {seconds} s")


class Service:
    """One run of `contactd serve` on a free port."""

    def __init__(self, data, *options, variables=None, prefix=()):
        self.data = Path(data)
        self.log_path = self.data.parent / (self.data.name + ".log")
        self.options = options
        self.variables = variables
        self.prefix = prefix
        self.process = None
        self.port = 0

    def command(self):
        return [*self.prefix, binary(), "serve", "--data", str(self.data), "--listen", "127.0.0.1:0",
                *map(str, self.options)]

    def start(self):
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                            stderr=log, env=clean_environment(self.variables))
        self.port = self.port_when_ready()
        return self

    def port_when_ready(self):
        printed, deadline = b"", time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline:
            readable, _, _ = select.select([self.process.stdout], [], [], 1)
            if not readable:
                continue
            some = os.read(self.process.stdout.fileno(), 4096)
            printed += some
            if found := LISTENS.search(printed):
                return int(found.group(2))
            if not some:
                break
        self.end()
        raise AssertionError(f"the service did not start: {printed!r}, log: {self.log()[-2000:]}")

    def log(self):
        return self.log_path.read_text(encoding="utf-8", errors="replace") if self.log_path.exists() else ""

    def log_lines(self):
        """Every line of the log as an object; a line that is none fails."""
        return [json.loads(line) for line in self.log().splitlines()]

    def send_signal(self, number):
        self.process.send_signal(number)

    def stop(self, number=signal.SIGTERM):
        """Gives the exit status."""
        self.send_signal(number)
        return self.wait()

    def wait(self):
        status = self.process.wait(STOP_SECONDS_MAX)
        self.process.stdout.close()
        return status

    def kill(self):
        return self.stop(signal.SIGKILL)

    def end(self):
        """For clean-up: whatever state it is in."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(STOP_SECONDS_MAX)
        self.process.stdout.close()

    def client(self, bearer=None):
        return Client(self.port, bearer)

    def raw(self):
        return RawConnection(self.port)


class Answer:
    def __init__(self, status, headers, content):
        self.status = status
        self.headers = headers
        self.content = content

    @property
    def json(self):
        return json.loads(self.content)

    @property
    def code(self):
        """The code of a problem."""
        return self.json["code"]

    def __repr__(self):
        return f"{self.status} {self.content[:600]!r}"


LOST = (http.client.HTTPException, OSError)


class Client:
    """One connection that is kept open. Raises one of LOST when the answer did not come whole."""

    def __init__(self, port, bearer=None):
        self.bearer = bearer
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS_MAX)

    def request(self, method, path, body=None, headers=None):
        sent = dict(headers or {})
        if self.bearer:
            sent.setdefault("Authorization", "Bearer " + self.bearer)
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
            body = body if isinstance(body, (bytes, str)) else json.dumps(body)
        try:
            self.connection.request(method, path, body=body, headers=sent)
            response = self.connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        except LOST:
            self.connection.close()
            raise

    def get(self, path):
        return self.request("GET", path)

    def post(self, path, body, key=None):
        return self.request("POST", path, body, {"Idempotency-Key": key} if key else None)

    def patch(self, path, body):
        return self.request("PATCH", path, body)

    def expect(self, status, method, path, body=None, headers=None):
        """The answer's JSON; any other status fails."""
        answer = self.request(method, path, body, headers)
        if answer.status != status:
            raise AssertionError(f"{method} {path} answered {answer!r}, not {status}")
        return answer.json if answer.content else None

    def walk(self, path, page_size=100):
        """Every row of a list by cursor, and the count that each page gave."""
        rows, counts, cursor = [], [], ""
        for _ in range(10_000):
            mark = "&" if "?" in path else "?"
            page = self.expect(200, "GET", f"{path}{mark}page_size={page_size}{cursor}")
            rows += page["results"]
            counts.append(page["count"])
            if not page["has_next"]:
                return rows, counts
            cursor = "&cursor=" + page["next_cursor"]
        raise AssertionError("the walk does not end")

    def close(self):
        self.connection.close()


class RawConnection:
    """A socket on which a test says exactly the bytes that it wants to."""

    def __init__(self, port, seconds=ANSWER_SECONDS_MAX):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=seconds)

    def send(self, content):
        # The service may have refused and closed already: what it answered is what counts.
        with contextlib.suppress(ConnectionError):
            self.socket.sendall(content)

    def receive_all(self):
        """Everything until the service closes."""
        received = b""
        while len(received) < 64 * 1024 * 1024:
            try:
                some = self.socket.recv(65536)
            except ConnectionError:
                break
            if not some:
                break
            received += some
        return received

    def close(self):
        self.socket.close()


def split_answers(stream):
    """The answers in what a service sent, as Answer; bytes that are no answer fail."""
    answers = []
    while stream:
        head, found, rest = stream.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        status_line = re.fullmatch(r"HTTP/1\.1 ([0-9]{3}) [ -~]*", lines[0])
        if not found or not status_line:
            raise AssertionError(f"this is no answer: {stream[:200]!r}")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
        length = int(headers.get("content-length", "0"))
        if len(rest) < length:
            raise AssertionError(f"an answer was cut off: {stream[:200]!r}")
        answers.append(Answer(int(status_line.group(1)), headers, rest[:length]))
        stream = rest[length:]
    return answers


def contact_body(name, namespace="Vayana", **fields):
    return {"name": name, "namespace": namespace, "status": "active", "type": "individual", "props": [], **fields}


class ServiceTestCase(unittest.TestCase):
    """A temporary folder, and services that end with the test."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="contactd-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.data = self.folder / "data"

    def service(self, *options, data=None, **settings):
        service = Service(data or self.data, *options, **settings)
        self.addCleanup(service.end)
        return service.start()

    def client(self, service, bearer=None):
        client = service.client(bearer or token(service.data))
        self.addCleanup(client.close)
        return client

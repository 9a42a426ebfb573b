"""The load that does not wait: a server that stands still once is seen by every request that was due meanwhile."""
import socket
import sys
import threading
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

from asked import Asked
from client import Failure
from open_loop import observe, percentile

PAUSE_SECONDS = 0.4


class StandingStill:
    """Answers at once, but for one pause of the whole server, some time after its first request."""

    def __init__(self, body=b'{"count":1}', pause_seconds=PAUSE_SECONDS):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.body, self.pause_seconds = body, pause_seconds
        self.lock, self.requests = threading.Lock(), 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            threading.Thread(target=self.serve, args=[self.listener.accept()[0]], daemon=True).start()

    def serve(self, connection):
        while connection.recv(65536):
            with self.lock:
                self.requests += 1
                if self.requests == 50:
                    time.sleep(self.pause_seconds)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(self.body) + self.body)


def ask(server, rate=200, seconds=1, connections=4):
    return observe(server.port, "", [Asked("GET", "/", None, b'"count":1')], rate, seconds, connections=connections)


class OpenLoop(unittest.TestCase):
    def test_every_request_that_was_due_in_a_pause_is_late(self):
        observed = ask(StandingStill())
        self.assertEqual(len(observed.milliseconds), 200)
        # Of 200 requests 80 were due while nothing was answered. Four connections alone would have shown four of them.
        late = [ms for ms in observed.milliseconds if ms > 20]
        self.assertGreater(len(late), 70)
        self.assertGreater(percentile(observed.milliseconds, 99), PAUSE_SECONDS * 900)
        self.assertGreater(percentile(observed.milliseconds, 80), PAUSE_SECONDS * 300)

    def test_no_pause_is_no_latency(self):
        observed = ask(StandingStill(pause_seconds=0))
        self.assertLess(percentile(observed.milliseconds, 50), PAUSE_SECONDS * 250)

    def test_a_wrong_answer_is_no_figure(self):
        with self.assertRaisesRegex(Failure, "without"):
            ask(StandingStill(body=b'{"count":2}', pause_seconds=0))


if __name__ == "__main__":
    unittest.main()

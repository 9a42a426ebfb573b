"""The load that does not wait: a server that stands still once is seen by every request that was due meanwhile."""
import os
import re
import socket
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

from client import Failure
from open_loop import observe

PAUSE_SECONDS = 0.4


class StandingStill:
    """Answers at once, but for one pause of the whole server, some time after its first request."""

    def __init__(self, body=b'{"count":1}', pause_seconds=PAUSE_SECONDS, status=b"200 OK", parts=1):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.answer = b"HTTP/1.1 %s\r\ncontent-length: %d\r\n\r\n%s" % (status, len(body), body)
        self.pause_seconds, self.parts = pause_seconds, parts
        self.lock, self.requests, self.bodies = threading.Lock(), 0, []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            threading.Thread(target=self.serve, args=[self.listener.accept()[0]], daemon=True).start()

    def serve(self, connection):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection:
            while request := connection.recv(65536):
                with self.lock:
                    self.requests += 1
                    self.bodies.append(request.partition(b"\r\n\r\n")[2])
                    if self.requests == 50:
                        time.sleep(self.pause_seconds)
                size = -(-len(self.answer) // self.parts)
                for at in range(0, len(self.answer), size):
                    connection.sendall(self.answer[at:at + size])


def ask(server, line='GET\t/\t\t"count":1', rate=200, seconds=1, connections=4, accepted=(200,)):
    with tempfile.NamedTemporaryFile("w") as lines:
        lines.write(line + "\n")
        lines.flush()
        return observe(os.environ["BENCH_OPEN_LOOP"], server.port, "x", lines.name, rate, seconds,
                       connections=connections, accepted=accepted)


class OpenLoop(unittest.TestCase):
    def test_every_request_that_was_due_in_a_pause_is_late(self):
        observed = ask(StandingStill())
        self.assertEqual(observed.sent, 200)
        # Of 200 requests 80 were due while nothing was answered; four connections alone would have shown four of them,
        # and the median of 200 would not have moved. Here the load lasts so long that most of it falls into the pause.
        self.assertGreater(observed.waited, 60)
        self.assertGreater(observed.latency().p99_ms, PAUSE_SECONDS * 900)
        short = ask(StandingStill(), seconds=0.5)
        self.assertGreater(short.latency().p50_ms, PAUSE_SECONDS * 250)

    def test_no_pause_is_no_latency(self):
        observed = ask(StandingStill(pause_seconds=0))
        self.assertLess(observed.latency().p50_ms, PAUSE_SECONDS * 250)

    def test_an_answer_in_many_pieces_is_one(self):
        observed = ask(StandingStill(pause_seconds=0, parts=7))
        self.assertEqual(observed.statuses[200].count, 200)

    def test_a_wrong_answer_is_no_figure(self):
        with self.assertRaisesRegex(Failure, "wrong: 200 of 200 .*without"):
            ask(StandingStill(body=b'{"count":2}', pause_seconds=0))

    def test_a_status_that_is_not_accepted_is_no_figure(self):
        with self.assertRaisesRegex(Failure, "refused: 200 .*was answered 500"):
            ask(StandingStill(pause_seconds=0, status=b"500 No"))

    def test_a_refusal_has_to_say_when_to_come_again(self):
        with self.assertRaisesRegex(Failure, "200 answers 503 had no Retry-After"):
            ask(StandingStill(pause_seconds=0, status=b"503 No"), accepted=(200, 503))
        observed = ask(StandingStill(pause_seconds=0, status=b"503 No\r\nretry-after: 1"), accepted=(200, 503))
        self.assertEqual(observed.statuses[503].count, 200)

    def test_no_two_requests_have_the_same_number(self):
        server = StandingStill(pause_seconds=0)
        ask(server, line='POST\t/\t{"ref_id":"a-{number}"}\t"count":1\tcreates')
        self.assertEqual(len(set(server.bodies)), 200)
        for body in server.bodies:
            self.assertTrue(re.fullmatch(rb'\{"ref_id":"a-\d{9}"\}', body), body)


if __name__ == "__main__":
    unittest.main()

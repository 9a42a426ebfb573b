"""One process per store, and how the service ends: SIGTERM and Ctrl-C under load lose nothing and are quick."""
import re
import signal
import socket
import threading
import time
import unittest

from harness import LOST, ServiceTestCase, contact_body, run_program, split_answers, token, wait_until

STOP_SECONDS = 10   # the contract's
CLIENTS = 4


class SecondProcess(ServiceTestCase):
    def test_it_refuses_and_names_the_one_that_holds_the_store(self):
        first = self.service()
        client = self.client(first)
        for _ in range(2):
            second = run_program("serve", "--data", self.data, "--listen", "127.0.0.1:0")
            self.assertEqual(second.returncode, 1)
            self.assertRegex(second.stderr, rf"in use by process {first.process.pid}\b")
            self.assertEqual(second.stderr.count("\n"), 1, second.stderr)
            self.assertEqual(second.stdout, "")
        client.expect(201, "POST", "/namespaces/", {"name": "Vayana"})

    def test_also_when_the_store_is_named_by_another_way(self):
        first = self.service()
        second = run_program("serve", "--data", self.folder / "elsewhere", "--listen", "127.0.0.1:0",
                             "--store", f"sqlite:{self.data}/../{self.data.name}/contacts.db")
        self.assertEqual(second.returncode, 1)
        self.assertIn(f"in use by process {first.process.pid}", second.stderr)

    def test_a_killed_process_holds_nothing(self):
        self.service().kill()
        self.client(self.service()).expect(200, "GET", "/healthz")


class Writers:
    """Threads that create contacts, each on connections of its own, until the service is gone."""

    def __init__(self, service, bearer):
        self.service, self.bearer = service, bearer
        self.changed = threading.Condition()
        self.names = []      # acknowledged
        self.refused = []    # answers that are neither 201 nor a closed connection
        self.cut = []        # what ended each thread, and whether its answer had begun
        self.threads = [threading.Thread(target=self.run, args=(place,)) for place in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def run(self, place):
        client = self.service.client(self.bearer)
        for number in range(1_000_000):
            name = f"Writer {place} {number}"
            try:
                answer = client.post("/contacts/", contact_body(name))
            except LOST as error:
                self.cut.append(repr(error))
                return
            with self.changed:
                (self.names if answer.status == 201 else self.refused).append(name)
                self.changed.notify_all()

    def wait_for(self, writes):
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.names) >= writes, 60):
                raise AssertionError(f"only {len(self.names)} writes were acknowledged")

    def join(self):
        for thread in self.threads:
            thread.join(60)
            if thread.is_alive():
                raise AssertionError("a client still waits for an answer")


class Stop(ServiceTestCase):
    def test_sigterm_under_load(self):
        self.stop_under_load(signal.SIGTERM)

    def test_sigint_under_load(self):
        self.stop_under_load(signal.SIGINT)

    def stop_under_load(self, number):
        service = self.service()
        bearer = token(self.data)
        self.client(service, bearer).expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        idle = [service.raw() for _ in range(20)]
        writers = Writers(service, bearer)
        writers.wait_for(100)
        began = time.monotonic()
        status = service.stop(number)
        seconds = time.monotonic() - began
        writers.join()
        for connection in idle:
            self.assertEqual(connection.receive_all(), b"")
            connection.close()
        self.assertEqual(status, 0, service.log()[-500:])
        self.assertLess(seconds, STOP_SECONDS)
        self.assertEqual(writers.refused, [])
        # Nobody was left in the middle of an answer: either it came whole or none of it.
        self.assertEqual([cut for cut in writers.cut if "IncompleteRead" in cut], [])
        with self.assertRaises(OSError):
            socket.create_connection(("127.0.0.1", service.port), timeout=5).close()
        rows, _ = self.client(self.service(), bearer).walk("/contacts/")
        found = {row["name"] for row in rows}
        self.assertLessEqual(set(writers.names), found)
        # A write that was done was also answered: clients never got one cut off between the two.
        self.assertEqual(found - set(writers.names), set())

    def test_a_request_whose_body_is_on_its_way_is_answered(self):
        service = self.service()
        bearer = token(self.data)
        self.client(service, bearer).expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        body = b'{"name":"Slow","namespace":"Vayana","status":"active","type":"individual","props":[]}'
        connection = service.raw()
        self.addCleanup(connection.close)
        connection.send(b"POST /contacts/ HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + bearer.encode() +
                        b"\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: " +
                        str(len(body)).encode() + b"\r\n\r\n")
        self.assertRegex(connection.socket.recv(4096), rb"^HTTP/1.1 100 ")
        service.send_signal(signal.SIGTERM)
        wait_until(lambda: not accepts(service.port), what="the end of accepting")
        connection.send(body)
        answers = split_answers(connection.receive_all())
        self.assertEqual([answer.status for answer in answers], [201])
        self.assertEqual(answers[0].headers.get("connection", "").lower(), "close")
        self.assertEqual(service.wait(), 0)

    def test_a_client_that_never_ends_its_request_does_not_hold_it_up(self):
        service = self.service()
        connection = service.raw()
        self.addCleanup(connection.close)
        connection.send(b"POST /contacts/ HTTP/1.1\r\nHost: a\r\nContent-Le")
        self.client(service).expect(200, "GET", "/contacts/")
        began = time.monotonic()
        self.assertEqual(service.stop(), 0)
        self.assertLess(time.monotonic() - began, STOP_SECONDS)

    def test_a_second_signal_changes_nothing(self):
        service = self.service()
        service.send_signal(signal.SIGTERM)
        service.send_signal(signal.SIGTERM)
        self.assertEqual(service.wait(), 0)

    def test_the_log_is_whole(self):
        service = self.service()
        client = self.client(service)
        for _ in range(50):
            client.expect(200, "GET", "/healthz")
        self.assertEqual(service.stop(), 0)
        lines = [line for line in service.log_lines() if re.match("/healthz", line.get("route", ""))]
        self.assertEqual(len(lines), 50)


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        return True
    except OSError:
        return False


if __name__ == "__main__":
    unittest.main()

"""Clients that are slow, idle or many: the others are answered all the same."""
import resource
import time
import unittest

from harness import ServiceTestCase, split_answers, token

IDLE_CONNECTIONS = 1_000
HEAD_SECONDS = 10   # the contract's time for a head


class Connections(ServiceTestCase):
    def test_slow_heads_end_with_408_while_others_are_answered(self):
        service = self.service()
        client = self.client(service)
        slow = [service.raw() for _ in range(20)]
        for connection in slow:
            connection.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        began = time.monotonic()
        answered = 0
        # One more byte now and then does not win more time.
        while time.monotonic() - began < HEAD_SECONDS - 1 and answered < 100_000:
            client.expect(200, "GET", "/contacts/")
            answered += 1
            if answered % 50 == 0:
                for connection in slow:
                    connection.send(b"a")
        self.assertGreater(answered, 50)
        for connection in slow:
            answers = split_answers(connection.receive_all())
            self.assertEqual([answer.status for answer in answers], [408])
            self.assertEqual(answers[0].headers["connection"].lower(), "close")
            connection.close()
        self.assertGreater(time.monotonic() - began, HEAD_SECONDS - 1)
        self.assertEqual(service.stop(), 0)

    def test_a_thousand_idle_connections(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = IDLE_CONNECTIONS + 200
        if hard not in (resource.RLIM_INFINITY,) and hard < wanted:
            self.skipTest(f"this process may open {hard} files only")
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
        service = self.service()
        idle = [service.raw() for _ in range(IDLE_CONNECTIONS)]
        self.addCleanup(lambda: [connection.close() for connection in idle])
        client = self.client(service)
        client.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        for _ in range(200):
            client.expect(200, "GET", "/namespaces/")
        # They are open, not forgotten: each is answered now.
        bearer = token(self.data).encode()
        for connection in idle:
            connection.send(b"GET /namespaces/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer " +
                            bearer + b"\r\n\r\n")
        statuses = [answer.status for connection in idle for answer in split_answers(connection.receive_all())]
        self.assertEqual(statuses, [200] * IDLE_CONNECTIONS)
        self.assertEqual(service.stop(), 0)

    def test_connections_beyond_the_limit_are_closed_and_others_live(self):
        service = self.service("--connections-max", "3")
        client = self.client(service)
        client.expect(200, "GET", "/healthz")
        others = [service.raw() for _ in range(2)]
        beyond = service.raw()
        self.assertEqual(beyond.receive_all(), b"")
        client.expect(200, "GET", "/healthz")
        others[0].send(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        self.assertEqual(split_answers(others[0].receive_all())[0].status, 200)
        for connection in (*others, beyond):
            connection.close()
        self.assertEqual(service.stop(), 0)


if __name__ == "__main__":
    unittest.main()

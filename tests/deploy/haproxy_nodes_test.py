"""Several nodes on one PostgreSQL behind haproxy, as deploy/haproxy/haproxy.cfg says for them: one of them may go."""
import time
import unittest

from front import Creator, Front, ServiceOnItsPort, check_creates, creating, free_port, wait_for_more
from databases import PostgresTestCase, node_folder
from harness import token, wait_until

CLIENTS = 6
NODES = 2
READS = 40
TWO_CHECKS_SECONDS = 1
SECONDS_MAX = 10   # less than haproxy waits for one that is alone


class NodesBehind(Front, PostgresTestCase):
    def setUp(self):
        super().setUp()
        self.nodes = []
        for number in range(NODES):
            self.nodes.append(ServiceOnItsPort(node_folder(self.folder, number), free_port(), "--store", self.url(),
                                               "--owner-store", self.url("contactd_owner")))
            self.addCleanup(self.nodes[-1].end)
            self.nodes[-1].start()
        self.bearer = token(self.nodes[0].data)
        self.front(("default_backend contactd", "default_backend nodes"),
                   *((f"192.0.2.{number + 1}:8080", f"127.0.0.1:{node.port}")
                     for number, node in enumerate(self.nodes)))
        self.api = self.tls_client(self.bearer)
        self.api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})

    def wait_until_back(self, number):
        """A node that answers is asked again when haproxy has seen it; until then there may be no other one."""
        def is_back():
            told, server = self.front_log.read_text(), f"Server nodes/contactd{number + 1} is "
            return told.count(server + "UP") == told.count(server + "DOWN")

        time.sleep(TWO_CHECKS_SECONDS)  # the last one that failed may not have been told yet
        wait_until(is_back, what="a node that haproxy has back")

    def test_one_after_the_other_is_replaced_and_nobody_waits(self):
        creators = [Creator(self.tls_client(self.bearer), place, keyed=place % 2 == 0) for place in range(CLIENTS)]
        with creating(creators):
            for number, node in enumerate(self.nodes):
                wait_for_more(creators)
                self.assertEqual(node.stop(), 0, node.log()[-500:])
                wait_for_more(creators)     # while it is away
                node.start()
                self.wait_until_back(number)
        check_creates(self, creators, self.client(self.nodes[0], self.bearer))
        self.assertLess(max(creator.slowest_seconds for creator in creators), SECONDS_MAX)

    def test_one_that_is_killed_is_not_asked_any_more(self):
        self.api.get("/namespaces/")
        self.nodes[0].kill()
        statuses = [self.tls_client(self.bearer).get("/namespaces/").status for _ in range(READS)]
        self.assertEqual(set(statuses), {200})
        self.assertEqual(self.nodes[1].stop(), 0)
        last = self.tls_client(self.bearer).get("/namespaces/")
        self.assertEqual((last.status, last.headers["Retry-After"], last.code), (503, "1", "unavailable"))


if __name__ == "__main__":
    unittest.main()

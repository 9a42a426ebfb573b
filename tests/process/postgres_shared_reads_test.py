"""Short reads on PostgreSQL that run together: each is answered for its own tenant, and none has to run again."""
import random
import unittest
from concurrent.futures import ThreadPoolExecutor

from databases import PostgresTestCase, free_port
from figures import figures_of
from harness import contact_body, token

TENANTS, CONTACTS, CLIENTS, READS_OF_EACH = ["tenant-one", "tenant-two"], 30, 16, 60


class SharedReads(PostgresTestCase):
    def setUp(self):
        super().setUp()
        self.port = free_port()
        self.node_at = self.node(0, "--metrics", f"127.0.0.1:{self.port}")
        self.bearers = {tenant: token(self.node_at.data, tenant) for tenant in TENANTS}
        self.contacts = {tenant: self.made(tenant) for tenant in TENANTS}

    def made(self, tenant):
        api = self.client(self.node_at, self.bearers[tenant])
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        made = [api.expect(201, "POST", "/contacts/", contact_body(f"Person {number} of {tenant}"))
                for number in range(CONTACTS)]
        return {contact["id"]: contact for contact in made}

    def read(self, number):
        """Of its own tenant's and of the other's contacts, alone and as pages of a search."""
        tenant, other = TENANTS[number % 2], TENANTS[(number + 1) % 2]
        mine, draw = self.contacts[tenant], random.Random(number)
        api = self.client(self.node_at, self.bearers[tenant])
        for _ in range(READS_OF_EACH):
            wanted = draw.choice(list(mine))
            self.assertEqual(api.expect(200, "GET", f"/contacts/{wanted}/"), mine[wanted])
            self.assertEqual(api.get(f"/contacts/{draw.choice(list(self.contacts[other]))}/").status, 404)
        names = [each["name"] for each in api.expect(200, "GET", "/contacts/?search=person&ordering=name")["results"]]
        self.assertEqual(names, sorted(each["name"] for each in mine.values())[:len(names)])
        self.assertEqual(len(names), 15)

    def run_again(self):
        return figures_of(self.port)["contactd_reads_run_again_total"]

    def test_each_is_answered_and_none_runs_again(self):
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(self.read, range(CLIENTS)))
        self.assertEqual(self.run_again(), 0)

    def test_those_that_lost_their_server_are_counted_and_answered(self):
        def read_all(number):
            api, tenant = self.client(self.node_at, self.bearers[TENANTS[number % 2]]), TENANTS[number % 2]
            for wanted in self.contacts[tenant]:
                api.expect(200, "GET", f"/contacts/{wanted}/")

        for _ in range(2):
            with ThreadPoolExecutor(CLIENTS) as pool:
                list(pool.map(read_all, range(CLIENTS)))
            self.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'contactd'")
        self.assertGreater(self.run_again(), 0)


if __name__ == "__main__":
    unittest.main()

"""--read-store: standbys answer searches, and nobody is shown less, or other, than the primary has acknowledged."""
import signal
import sys
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness import ServiceTestCase, contact_body, run_program, token, wait_until
from databases import node_folder
from figures import replica_reads

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "postgres"))
from cluster import free_port  # noqa: E402  (it is found only now)
from standbys import Server  # noqa: E402

WRITES_OF_EACH, CLIENTS = 40, 8


class ReadStore(ServiceTestCase):
    """A primary and one standby, for which it does not wait."""

    @classmethod
    def setUpClass(cls):
        cls.primary, cls.standby = Server("one"), Server("two")
        for server in (cls.primary, cls.standby):
            cls.addClassCleanup(server.remove)
        cls.primary.start()
        cls.standby.follow(cls.primary)
        cls.number = 0

    def setUp(self):
        super().setUp()
        ReadStore.number += 1
        self.database = f"store_{self.number}"
        self.primary.sql(f"CREATE DATABASE {self.database} OWNER contactd_owner")
        self.catch_up()
        self.metrics = {}

    def catch_up(self):
        here = self.primary.sql("SELECT pg_current_wal_lsn()")
        self.standby.wait_for(f"SELECT pg_last_wal_replay_lsn() >= '{here}'", "t")

    def read_url(self, role="contactd", database=None):
        return self.standby.url(role, database or self.database)

    def node(self, number=0, read_store=None):
        port = free_port()
        service = self.service("--store", self.primary.url(database=self.database), "--owner-store",
                               self.primary.url("contactd_owner", self.database), "--read-store",
                               read_store or self.read_url(), "--metrics", f"127.0.0.1:{port}",
                               data=node_folder(self.folder, number))
        self.metrics[service] = port
        self.catch_up()  # with the schema
        return service

    def reads(self, service):
        return replica_reads(self.metrics[service])

    def found(self, api, word):
        return [each["name"] for each in api.expect(200, "GET", f"/contacts/?search={word}")["results"]]

    def hold_back(self):
        """The standby sees nothing new from now on."""
        self.standby.sql("SELECT pg_wal_replay_pause()")
        self.addCleanup(self.standby.sql, "SELECT pg_wal_replay_resume()")
        self.standby.wait_for("SELECT pg_get_wal_replay_pause_state()", "paused")

    def test_a_standby_that_has_all_answers_and_one_that_lags_does_not(self):
        service = self.node()
        api, other = self.client(service), self.client(service, token(service.data, "tenant-two"))
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        api.expect(201, "POST", "/contacts/", contact_body("Asha Rao"))
        self.catch_up()
        self.assertEqual(self.found(api, "asha"), ["Asha Rao"])
        self.assertEqual(self.reads(service), {"answered": 1, "differed": 0, "failed": 0})
        self.assertEqual(self.found(other, "asha"), [])
        self.assertEqual(self.reads(service)["answered"], 2)
        self.hold_back()
        api.expect(201, "POST", "/contacts/", contact_body("Asha Menon"))
        self.assertEqual(self.found(api, "asha"), ["Asha Menon", "Asha Rao"])
        self.assertEqual(self.reads(service), {"answered": 2, "differed": 1, "failed": 0})
        self.assertEqual(self.found(other, "asha"), [])  # of whom nothing has changed
        self.assertEqual(self.reads(service)["answered"], 3)
        self.standby.sql("SELECT pg_wal_replay_resume()")
        self.catch_up()
        self.assertEqual(self.found(api, "asha"), ["Asha Menon", "Asha Rao"])
        self.assertEqual(self.reads(service), {"answered": 4, "differed": 1, "failed": 0})

    def test_what_decides_and_what_is_short_asks_the_primary(self):
        service = self.node()
        api = self.client(service)
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        kept = api.expect(201, "POST", "/contacts/", contact_body("Asha Rao"))
        self.catch_up()
        api.expect(200, "POST", "/contacts/dedupe/", contact_body("Asha Rao"))
        api.expect(200, "GET", f"/contacts/{kept['id']}/")
        api.expect(200, "GET", "/contacts/")
        self.assertEqual(self.reads(service), {"answered": 0, "differed": 0, "failed": 0})

    def test_a_standby_that_goes_is_done_without_and_taken_again_when_it_is_back(self):
        service = self.node()
        api = self.client(service)
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        api.expect(201, "POST", "/contacts/", contact_body("Asha Rao"))
        self.catch_up()
        self.standby.stop("immediate")
        for _ in range(5):
            self.assertEqual(self.found(api, "asha"), ["Asha Rao"])
        self.assertEqual(self.reads(service)["answered"], 0)
        # It can be started without, too.
        self.assertEqual(service.stop(), 0)
        service = self.node_while_standby_is_away()
        api = self.client(service)
        self.assertEqual(self.reads(service)["failed"], 0)  # none has been tried yet
        self.assertEqual(self.found(api, "asha"), ["Asha Rao"])
        self.assertIn("the read store cannot be used", service.log())
        self.standby.start()
        self.catch_up()

        def is_answered():
            self.assertEqual(self.found(api, "asha"), ["Asha Rao"])
            return self.reads(service)["answered"] > 0

        wait_until(is_answered, what="an answer by the standby")
        wait_until(lambda: "the read store is used again" in service.log(), what="a line of the log")

    def node_while_standby_is_away(self, read_store=None):
        catch_up, self.catch_up = self.catch_up, lambda: None
        try:
            return self.node(read_store=read_store)
        finally:
            self.catch_up = catch_up

    def server(self, name, of):
        server = Server(name)
        self.addCleanup(server.remove)
        server.follow(of)
        server.wait_for("SELECT COUNT(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'", "1")
        return server

    @staticmethod
    def promote(server):
        """Although the primary that it follows is one still."""
        server.set("primary_conninfo", "")
        server.wait_for("SELECT COUNT(*) FROM pg_stat_wal_receiver", "0")
        server.sql("SELECT pg_promote()")

    def changes(self):
        rows = self.primary.sql("SELECT tenant_id, shard, number FROM tenant_changes", database=self.database)
        return {tuple(row.split("|")) for row in rows.splitlines()}

    def test_one_that_has_gone_a_way_of_its_own_never_answers(self):
        """Nor does a standby of that, which has had as many writes as the primary."""
        self.client(self.node()).expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        self.catch_up()
        split = self.server("three", of=self.primary)
        self.promote(split)
        behind = self.server("four", of=split)
        service = self.node(1, read_store=behind.url(database=self.database))
        api = self.client(service)
        self.assertEqual(self.found(api, "asha"), [])
        self.assertEqual(self.reads(service)["answered"], 1)  # so far all have the same
        before = self.changes()
        api.expect(201, "POST", "/contacts/", contact_body("Asha Rao"))
        for tenant, shard, number in self.changes() - before:
            split.sql(f"INSERT INTO tenant_changes VALUES ({tenant}, {shard}, {number}, 1) ON CONFLICT (tenant_id, "
                      "shard) DO UPDATE SET number = EXCLUDED.number, mark = EXCLUDED.mark", database=self.database)
        here = split.sql("SELECT pg_current_wal_lsn()")
        behind.wait_for(f"SELECT pg_last_wal_replay_lsn() >= '{here}'", "t")
        self.assertEqual(self.found(api, "asha"), ["Asha Rao"])
        self.assertEqual(self.reads(service), {"answered": 1, "differed": 1, "failed": 0})

    def test_one_that_is_promoted_is_left_for_another(self):
        split = self.server("three", of=self.primary)
        hosts = f"{split.socket},{self.standby.socket}"
        service = self.node(read_store=f"postgresql:///{self.database}?host={hosts}&user=contactd")
        api = self.client(service)
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        here = self.primary.sql("SELECT pg_current_wal_lsn()")
        split.wait_for(f"SELECT pg_last_wal_replay_lsn() >= '{here}'", "t")
        self.catch_up()
        self.assertEqual(self.found(api, "asha"), [])
        self.assertEqual(self.reads(service)["answered"], 1)
        connections = "SELECT COUNT(*) FROM pg_stat_activity WHERE usename = 'contactd'"
        self.assertEqual(split.sql(connections), "1")
        self.promote(split)
        split.wait_for("SELECT pg_is_in_recovery()", "f")

        def is_answered():
            self.assertEqual(self.found(api, "asha"), [])
            return self.reads(service)["answered"] > 1

        wait_until(is_answered, what="an answer by the other standby")
        self.assertEqual(split.sql(connections), "0")

    def test_one_that_says_nothing_is_waited_for_once(self):
        service = self.node()
        api = self.client(service)
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        self.catch_up()
        self.assertEqual(self.found(api, "asha"), [])
        self.addCleanup(self.standby.send_signal, signal.SIGCONT)
        self.standby.send_signal(signal.SIGSTOP)
        self.assertEqual(self.found(api, "asha"), [])
        begun = time.monotonic()
        for _ in range(20):
            self.assertEqual(self.found(api, "asha"), [])
        self.assertLess(time.monotonic() - begun, 4)
        self.assertEqual(self.reads(service), {"answered": 1, "differed": 0, "failed": 1})
        wait_until(lambda: "the read store" in service.log(), what="a line of the log")
        told = [line["message"] for line in service.log_lines() if "the read store" in line.get("message", "")]
        self.assertEqual(len(told), 1, told)
        self.assertIn("has not answered", told[0])

    def test_a_role_that_the_wall_does_not_hold_for_is_shown_nothing_either(self):
        self.standby.stop("fast")
        service = self.node_while_standby_is_away(self.read_url("postgres"))
        self.standby.start()
        self.catch_up()
        api = self.client(service)
        wait_until(lambda: self.found(api, "asha") == [] and self.reads(service)["differed"] > 0, what="a look")
        self.assertEqual(self.reads(service)["answered"], 0)

    def test_whoever_was_told_of_a_write_finds_it_on_any_node(self):
        first = self.node()
        services = [first, self.node(1)]
        bearer = token(first.data)
        self.client(first).expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        self.catch_up()

        def work(number):
            writer = services[number % 2].client(bearer)
            reader = services[(number + 1) % 2].client(bearer)
            for each in range(WRITES_OF_EACH):
                name = f"Asha {number:02}x{each:02}"
                writer.expect(201, "POST", "/contacts/", contact_body(name))
                self.assertEqual(self.found(reader, f"{number:02}x{each:02}"), [name])
            writer.close()
            reader.close()

        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(work, range(CLIENTS)))
        self.catch_up()
        self.assertEqual(self.client(first).expect(200, "GET", "/contacts/?search=asha")["count"],
                         CLIENTS * WRITES_OF_EACH)
        counts = [self.reads(service) for service in services]
        self.assertEqual(sum(sum(each.values()) for each in counts), CLIENTS * WRITES_OF_EACH + 1, counts)
        self.assertGreater(sum(each["answered"] for each in counts), 0, counts)

    def refused(self, read_store, word, store=None, status=1):
        ended = run_program("serve", "--data", self.data, "--listen", "127.0.0.1:0", "--store",
                            store or self.primary.url(database=self.database), "--owner-store",
                            self.primary.url("contactd_owner", self.database), "--read-store", read_store)
        self.assertEqual(ended.returncode, status, ended)
        self.assertIn(word, ended.stderr.splitlines()[-1] if status == 1 else ended.stderr)
        self.assertNotIn("hunter2", ended.stderr)

    def test_what_cannot_be_a_replica_of_the_store_is_one_clear_line(self):
        self.refused(self.read_url("postgres"), "the read store: the role postgres is a superuser")
        self.refused(self.read_url(database="postgres"), "another database")
        self.refused(self.read_url("nobody"), "make the role")
        self.refused("postgresql://user:hunter2%zz@host/base", "the read store: libpq does not understand")
        self.primary.sql("CREATE SCHEMA other AUTHORIZATION contactd_owner; CREATE TABLE other.tenant_changes (); "
                         "GRANT USAGE ON SCHEMA other TO contactd", database=self.database)
        self.catch_up()
        self.refused(self.read_url() + "&options=-csearch_path%3Dother", "another schema")
        self.refused("sqlite:contacts.db", "must be postgresql://", status=2)
        self.refused(self.read_url(), "has no replicas", store="sqlite:" + str(self.folder / "a.db"), status=2)


if __name__ == "__main__":
    unittest.main()

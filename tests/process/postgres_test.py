"""The service on PostgreSQL: what is wrong at the start, a server that goes while it runs, several nodes at once."""
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from databases import PostgresTestCase
from harness import contact_body, run_program, token, wait_until

NODES = 2
CLIENTS = NODES * 32


class Start(PostgresTestCase):
    def refused(self, store, *words, options=()):
        ended = run_program("serve", "--data", self.data, "--listen", "127.0.0.1:0", "--store", store, *options)
        self.assertEqual(ended.returncode, 1, ended)
        self.assertEqual(ended.stdout, "", ended)
        lines = ended.stderr.splitlines()
        self.assertEqual(len(lines), 1, ended.stderr)
        for word in words:
            self.assertIn(word, lines[0])
        self.assertNotIn("hunter2", ended.stderr)

    def test_what_cannot_be_reached_is_one_clear_line(self):
        self.refused("postgresql://host:port/base", "URL")
        self.refused("postgresql://user:hunter2%zz@host/base", "URL")
        self.refused("postgresql://user:hunter2@127.0.0.1:1/base", "start the server")
        self.refused("postgresql:///base?host=/nowhere&user=u", "start the server")
        self.refused("postgresql://user@no-such-host.invalid/base", "correct the host")
        self.refused(self.url(database="no_such_database"), "make the database")
        self.refused(self.url("no_such_role"), "make the role")
        self.refused("postgresql://user:hunter2/%40x@host/base", "URL", "%XX")
        self.refused("postgresql:///base?service=none_such", "correct the service's name")

    def test_a_role_or_database_that_lets_nobody_in_is_one_clear_line(self):
        self.cluster.sql("CREATE ROLE no_login; CREATE ROLE one_only LOGIN CONNECTION LIMIT 0")
        self.refused(self.url("no_login"), "LOGIN")
        self.refused(self.url("one_only"), "raise the server's max_connections")
        self.cluster.sql(f"REVOKE CONNECT ON DATABASE {self.database} FROM PUBLIC")
        self.refused(self.url(), "GRANT CONNECT")
        self.cluster.sql(f"ALTER DATABASE {self.database} ALLOW_CONNECTIONS false")
        self.addCleanup(self.cluster.sql, f"ALTER DATABASE {self.database} ALLOW_CONNECTIONS true")
        self.refused(self.url(), "let it accept connections")

    def test_a_wrong_password_is_one_clear_line(self):
        self.cluster.sql("CREATE ROLE locked LOGIN PASSWORD 'hunter1'")
        self.cluster.sql("SELECT pg_reload_conf()")
        rules = self.cluster.folder / "data" / "pg_hba.conf"
        before = rules.read_text()
        self.addCleanup(lambda: (rules.write_text(before), self.cluster.sql("SELECT pg_reload_conf()")))
        rules.write_text("local all locked scram-sha-256\n" + before)
        self.cluster.sql("SELECT pg_reload_conf()")
        self.refused(self.url("locked") + "&password=hunter2", "give the right password")
        self.refused(self.url("locked"), "give a password")

    def test_a_database_that_cannot_be_the_store_is_one_clear_line(self):
        self.refused(self.url("postgres"), "is a superuser")
        self.refused(self.url(), "--owner-store")
        self.cluster.sql("CREATE TABLE contacts (id int)", database=self.database)
        self.refused(self.url("contactd_owner"), "table contacts,", "has not made")
        self.cluster.sql("DROP TABLE contacts", database=self.database)
        for kind, name, made, dropped in (
                ("table", "schema_migrations", "TABLE schema_migrations (version text)", "TABLE schema_migrations"),
                ("table", "schema_columns", "TABLE schema_columns (a int)", "TABLE schema_columns"),
                ("view", "contacts", "VIEW contacts AS SELECT 1", "VIEW contacts"),
                ("index", "contacts_by_name", "TABLE t (a int); CREATE INDEX contacts_by_name ON t (a)", "TABLE t")):
            self.cluster.sql("CREATE " + made, database=self.database)
            for role in ("contactd_owner", "contactd"):
                self.refused(self.url(role), f"{kind} {name},", "has not made")
            self.cluster.sql("DROP " + dropped, database=self.database)
        self.cluster.sql(f"ALTER DATABASE {self.database} SET default_transaction_read_only = on")
        self.refused(self.url(), "name the primary")

    def test_another_schema_is_one_clear_line(self):
        self.assertEqual(self.node().stop(), 0)
        self.cluster.sql("UPDATE schema_columns SET type = 'BIGINT' WHERE table_name = 'contacts' AND "
                         "column_name = 'name'", database=self.database)
        self.refused(self.url(), "column name", "does not fit")

    def test_the_role_that_serves_need_not_own_anything_and_a_second_start_makes_nothing(self):
        self.assertEqual(self.node().stop(), 0)
        again = self.service("--store", self.url())
        self.assertEqual(self.client(again).get("/readyz").status, 200)
        owned = self.cluster.sql("SELECT COUNT(*) FROM pg_class WHERE relowner = 'contactd'::regrole",
                                 database=self.database)
        self.assertEqual(owned, "0")

    def test_no_password_is_shown(self):
        service = self.service("--store", self.url() + "&password=hunter2", "--owner-store",
                               self.url("contactd_owner") + "&password=hunter2")
        shown = Path(f"/proc/{service.process.pid}/cmdline").read_bytes()
        self.assertIn(b"--owner-store", shown)
        self.assertNotIn(b"hunter2", shown)
        self.cluster.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'contactd'")
        self.client(service).get("/contacts/")
        self.assertNotIn("hunter2", service.log())


class Outage(PostgresTestCase):
    def test_a_server_that_goes_is_503_until_it_is_back(self):
        service = self.node()
        api = self.client(service)
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        kept = api.expect(201, "POST", "/contacts/", contact_body("Asha Rao"))
        for mode in ("immediate", "fast"):
            self.cluster.stop(mode)
            for method, path, body in (("GET", f"/contacts/{kept['id']}/", None), ("GET", "/readyz", None),
                                       ("POST", "/contacts/", contact_body("Nobody"))):
                answer = api.request(method, path, body)
                self.assertEqual((answer.status, answer.code), (503, "unavailable"), (mode, answer))
                self.assertEqual(answer.headers["Retry-After"], "1")
            self.assertEqual(api.get("/healthz").status, 200)
            self.cluster.start()
            wait_until(lambda: api.get("/readyz").status == 200, what="readiness")
            self.assertEqual(api.expect(200, "GET", f"/contacts/{kept['id']}/"), kept)
            api.expect(201, "POST", "/contacts/", contact_body("Somebody"))
        self.assertEqual(api.expect(200, "GET", "/contacts/")["count"], 3)

    def test_the_line_of_a_request_that_failed_says_why(self):
        password = "&password=hunter2"
        service = self.service("--store", self.url() + password, "--owner-store",
                               self.url("contactd_owner") + password)
        api = self.client(service)
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        self.cluster.sql("ALTER TABLE contacts RENAME TO moved", database=self.database)
        path = "/contacts/01M8BQN0MR8FN4VC2D3EQA7KJZ/"
        refused = [(api.get(path), "42P01"), (api.post("/contacts/", contact_body("Asha Rao")), "42P01")]
        self.cluster.stop("immediate")
        refused += [(api.post("/contacts/", contact_body("Nobody")), "start the server")]
        refused += [(api.get(path), "") for _ in range(50)]
        self.cluster.start()
        self.assertEqual({answer.status for answer, _ in refused}, {503})
        for answer, reason in refused:
            wanted = answer.headers["X-Request-Id"]
            lines = wait_until(lambda: [line for line in service.log_lines() if line.get("request_id") == wanted],
                               what=f"the line of {answer!r}")
            self.assertEqual(len(lines), 1, lines)
            self.assertIn(reason, lines[0]["reason"])
            self.assertNotIn(lines[0]["reason"], answer.content.decode())
        self.assertNotIn("hunter2", service.log())
        self.assertNotIn("Asha", service.log())

    def test_connections_that_were_cut_are_made_again_unseen(self):
        api = self.client(self.node())
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        for number in range(20):
            self.cluster.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'contactd'")
            api.expect(201, "POST", "/contacts/", contact_body(f"Person {number}"))
            self.assertEqual(api.expect(200, "GET", "/contacts/")["count"], number + 1)


class Nodes(PostgresTestCase):
    """Two processes on one database."""

    def setUp(self):
        super().setUp()
        self.services = [self.node(0), None]
        self.bearers = [token(self.services[0].data, "tenant-one", f"user-{n:04}") for n in range(CLIENTS)]
        self.services[1] = self.node(1)
        self.apis = [self.client(self.services[n % NODES], self.bearers[n]) for n in range(CLIENTS)]

    def at_once(self, work):
        """What `work(number, api)` gives for each client, all of them at the same time."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            return list(pool.map(work, range(CLIENTS), self.apis))

    def make_namespace(self, **fields):
        return self.apis[0].expect(201, "POST", "/namespaces/", {"name": "Vayana", **fields})

    def test_references_are_never_given_twice(self):
        namespace = self.make_namespace(contact_pattern="C/{counter:05}", account_pattern="A/{counter:05}")

        def work(number, api):
            body = contact_body(f"Person {number}")
            drawn = [api.expect(201, "POST", "/contacts/", body)["ref_id"] for _ in range(5)]
            account = api.expect(201, "POST", f"/namespaces/{namespace['id']}/account_refs/", {})["ref_id"]
            return drawn, account

        drawn, accounts = zip(*self.at_once(work))
        references = [each for some in drawn for each in some]
        self.assertEqual(sorted(references), [f"C/{n:05}" for n in range(1, 5 * CLIENTS + 1)])
        self.assertEqual(sorted(accounts), [f"A/{n:05}" for n in range(1, CLIENTS + 1)])
        for api in self.apis[:2]:
            self.assertEqual(api.expect(200, "GET", "/contacts/?namespace=Vayana&status=active")["count"], 5 * CLIENTS)
        rows, counts = self.apis[0].walk("/contacts/")
        self.assertEqual((len(rows), set(counts)), (5 * CLIENTS, {5 * CLIENTS}))

    def test_a_list_that_one_node_keeps_ready_shows_what_the_other_was_told(self):
        self.make_namespace()
        path = "/contacts/?page_size=1"
        for turn in range(20):
            writer, reader = self.apis[turn % 2], self.apis[(turn + 1) % 2]
            for _ in range(3):      # so that every thread that answers keeps it
                reader.expect(200, "GET", path)
            body = contact_body(f"Person {turn}", ref_id=f"person/{turn}")
            contact = writer.expect(201, "POST", "/contacts/", body)
            listed = reader.expect(200, "GET", path)
            self.assertEqual((listed["count"], listed["results"]), (turn + 1, [contact]))
            changed = writer.expect(201, "PATCH", f"/contacts/{contact['id']}/", {"rm_id": f"rm-{turn}"})
            self.assertEqual(reader.expect(200, "GET", path)["results"], [changed])

    def test_one_of_many_with_the_same_tag_wins_and_nothing_is_lost(self):
        self.make_namespace()
        contact = self.apis[0].expect(201, "POST", "/contacts/", contact_body("Asha Rao"))
        path = f"/contacts/{contact['id']}/"
        tag = self.apis[0].get(path).headers["ETag"]

        def patch(number, api):
            return api.request("PATCH", path, {"rm_id": f"rm-{number}"}, {"If-Match": tag}).status

        answers = self.at_once(patch)
        self.assertEqual(sorted(answers), [201] + [412] * (CLIENTS - 1))
        value = {"type": "text", "value": "v"}
        answers = self.at_once(lambda n, api: api.request("PUT", path + f"props/key-{n}/", value).status)
        self.assertEqual(set(answers), {201})
        self.assertEqual(len(self.apis[1].expect(200, "GET", path + "props/")), CLIENTS)
        history = self.apis[1].expect(200, "GET", path + "history/?page_size=100")
        self.assertEqual(history["count"], 2 + CLIENTS)

    def test_one_of_many_who_approve_what_they_have_seen_decides(self):
        self.make_namespace(approval_policy="four_eyes")
        contact = self.apis[0].expect(201, "POST", "/contacts/", contact_body("Asha Rao"))
        path = f"/contacts/{contact['id']}/"
        tag = self.apis[0].get(path).headers["ETag"]
        answers = self.at_once(lambda n, api: api.request("PUT", path + "approve/", headers={"If-Match": tag}).status)
        self.assertEqual(sorted(answers[1:]), [200] + [412] * (CLIENTS - 2))
        entries = self.apis[1].walk(path + "history/?ordering=created_at")[0]
        self.assertEqual([each["action"] for each in entries], ["create", "approve"])
        self.assertEqual(entries[1]["by"], f"user-{answers.index(200):04}")

    def test_the_same_reference_is_taken_once(self):
        self.make_namespace()
        answers = self.at_once(lambda n, api: api.post("/contacts/", contact_body(f"Person {n}", ref_id="same")))
        self.assertEqual(sorted(each.status for each in answers), [201] + [409] * (CLIENTS - 1))
        made = next(each.json["id"] for each in answers if each.status == 201)
        self.assertEqual({each.json["existing_id"] for each in answers if each.status == 409}, {made})

    def test_makers_never_decide_on_their_own_work(self):
        self.make_namespace(approval_policy="four_eyes")
        contact = self.apis[0].expect(201, "POST", "/contacts/", contact_body("Asha Rao"))
        path = f"/contacts/{contact['id']}/"

        def work(number, api):
            if number % 4 == 0:
                return api.post("/contacts/addresses/", {"contact_id": contact["id"], "city": "Pune"}).status
            return api.request("PUT", path + "approve/").status

        statuses = self.at_once(work)
        self.assertEqual(statuses.count(201), CLIENTS // 4)
        for number in range(0, CLIENTS, 4):
            shown = self.apis[1].expect(200, "GET", path)["approval"]
            entries = self.apis[1].walk(path + "history/?ordering=created_at")[0]
            work_done = [e["id"] for e in entries if e["by"] == f"user-{number:04}" and e["resource"] == "address"]
            decisions = [e["id"] for e in entries if e["action"] == "approve"]
            if shown["state"] == "approved":
                self.assertGreater(max(decisions), max(work_done))
            if not decisions or max(work_done) > max(decisions):
                self.assertEqual(self.apis[number].request("PUT", path + "approve/").code, "self_approval")

    def test_a_key_is_used_once_on_all_nodes(self):
        self.make_namespace(contact_pattern="C/{counter:05}")
        body = contact_body("Asha Rao")
        apis = [self.client(self.services[n % NODES], self.bearers[0]) for n in range(CLIENTS)]
        with ThreadPoolExecutor(CLIENTS) as pool:
            answers = list(pool.map(lambda api: api.post("/contacts/", body, key="once"), apis))
        made = [each for each in answers if each.status == 201]
        self.assertTrue(made)
        self.assertEqual(len({each.content for each in made}), 1)
        self.assertEqual({each.code for each in answers if each.status != 201} - {"in_progress"}, set())
        for api in apis[:2]:
            again = api.post("/contacts/", body, key="once")
            self.assertEqual((again.status, again.content), (201, made[0].content))
            self.assertEqual(again.headers["Idempotency-Replayed"], "true")
            self.assertEqual(api.post("/contacts/", contact_body("Other"), key="once").code, "idempotency_mismatch")
        self.assertEqual(apis[0].expect(200, "GET", "/contacts/")["count"], 1)

    def test_what_one_node_has_acknowledged_the_other_shows(self):
        self.make_namespace()
        for number in range(30):
            made = self.apis[number % 2].expect(201, "POST", "/contacts/", contact_body(f"Person {number}"))
            listed = self.apis[(number + 1) % 2].expect(200, "GET", "/contacts/")
            self.assertEqual((listed["count"], listed["results"][0]["id"]), (number + 1, made["id"]))
        page = self.apis[0].expect(200, "GET", "/contacts/?page_size=10")
        following = self.apis[1].expect(200, "GET", f"/contacts/?page_size=10&cursor={page['next_cursor']}")
        self.assertEqual(len({row["id"] for row in page["results"] + following["results"]}), 20)


if __name__ == "__main__":
    unittest.main()

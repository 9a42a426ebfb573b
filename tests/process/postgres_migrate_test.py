"""`contactd migrate` for a PostgreSQL database: an old one comes up to date and keeps everything, one at a time; what
must not be served is refused and left as it was."""
import subprocess
import threading
import unittest

from databases import Cluster, PostgresTestCase
from harness import binary, clean_environment, contact_body, run_program, token, wait_until

COMMAND = "run: contactd migrate --store URL --owner-store URL"
RECORD = ("schema_columns", "schema_indexes", "schema_migrations")
OLD_TITLES = ["the record of migrations", "migration 2: search tables stand in the record, and order as the others do",
              "migration 3: a history needs no foreign key to contacts, which are never removed",
              "what follows from the descriptions", "rights of the role contactd"]
FILLED = [f"{table}_search is filled anew from the rows"
          for table in ("namespaces", "contacts", "addresses", "banks", "relations")]


class MigrateTestCase(PostgresTestCase):
    def stores(self, service="contactd", owner="contactd_owner"):
        return ("--store", self.url(service), *(("--owner-store", self.url(owner)) if owner else ()))

    def migrate(self, *options, stores=None):
        """The lines that it prints; anything but success fails."""
        ended = run_program("migrate", *(stores or self.stores()), *options)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""), ended)
        return ended.stdout.splitlines()

    def start_migrate(self):
        started = subprocess.Popen([binary(), "migrate", *self.stores()], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, env=clean_environment())
        self.addCleanup(lambda: (started.kill(), started.communicate()))
        return started

    def refused(self, words, *command):
        """Exit status 1, one line with these words, and nothing changed."""
        before = self.dump()
        ended = run_program(*command)
        self.assertEqual((ended.returncode, ended.stdout), (1, ""), ended)
        self.assertRegex(ended.stderr, r"^contactd: [^\n]*\n$")
        for word in words:
            self.assertIn(word, ended.stderr)
        self.assertNotIn("hunter2", ended.stderr)
        self.assertEqual(self.dump(), before)

    def serving_refused(self, *words, stores=None):
        for command in (("serve", "--listen", "127.0.0.1:0"), ("sandbox", "--contacts", "3")):
            self.refused(words, *command, "--data", self.data, *(stores or self.stores()))

    def migrating_refused(self, *words, stores=None):
        for options in ((), ("--dry-run",)):
            self.refused(words, "migrate", *options, *(stores or self.stores()))

    def serve(self):
        """As the role that owns nothing."""
        return self.service(*self.stores(owner=None))

    def tables(self):
        return self.query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
                          "ORDER BY 1").split()

    def rows(self, tables):
        return {table: sorted(self.query(f"SELECT * FROM {table}").splitlines()) for table in tables}


class OldDatabase(MigrateTestCase):
    def setUp(self):
        super().setUp()
        self.make_old_database()

    def test_it_is_refused_until_it_is_migrated(self):
        self.serving_refused("earlier version", COMMAND)
        self.serving_refused("earlier version", COMMAND, stores=self.stores(owner=None))

    def test_every_row_is_kept_and_served(self):
        kept = [table for table in self.tables() if not table.endswith("_search") and table != "derived_versions"
                and table not in RECORD]
        before = self.rows(kept)
        self.assertTrue(all(before[table] for table in ("contacts", "addresses", "banks", "relations", "history")))
        self.assertEqual(self.migrate(), [*OLD_TITLES, *FILLED, "the database is up to date"])
        self.assertEqual(self.rows(kept), before)
        self.assertEqual(self.query("SELECT string_agg(number::text, ',' ORDER BY number) FROM schema_migrations WHERE "
                                    "applied_at > 1700000000000000"), "2,3")
        self.assertEqual(self.migrate(), ["the database was up to date already"])
        self.assertEqual(self.migrate("--dry-run"), ["-- the store is up to date"])
        service = self.serve()
        api = self.client(service, token(self.data, "tenant-two", "user-two1"))
        self.assertEqual(api.expect(200, "GET", "/contacts/?search=deshpande")["count"], 1)
        self.assertEqual(api.expect(200, "GET", "/contacts/?tags=gold")["count"], 2)
        found = api.expect(200, "POST", "/contacts/dedupe/", {
            "name": "Nobody", "props": [{"key": "pan_no", "type": "text", "value": "ABCDE1232F"}]})
        self.assertEqual(len(found["matches"] if "matches" in found else found["results"]), 1)
        self.assertEqual(api.expect(201, "POST", "/contacts/", contact_body("New"))["ref_id"], "C/0003")

    def test_it_has_the_shape_of_a_new_database(self):
        self.migrate()
        migrated = self.shape()
        self.cluster.make_database(self.database)
        self.assertEqual(self.migrate(), ["a new store", "rights of the role contactd", "the database is up to date"])
        self.assertEqual(migrated, self.shape())

    def shape(self):
        """What the database says of itself, and what its record says; the path is that of an earlier version still."""
        dump = self.dump("--schema-only").replace("GRANT USAGE ON SCHEMA public TO contactd;\n", "")
        return dump, self.rows(RECORD[:2]), self.query("SELECT number, name FROM schema_migrations")

    def test_a_dry_run_prints_what_would_run_and_changes_nothing(self):
        before = self.dump()
        said = self.migrate("--dry-run")
        self.assertEqual(self.dump(), before)
        self.assertEqual([line[3:] for line in said if line.startswith("-- ")], OLD_TITLES + FILLED)
        for statement in ("CREATE TABLE schema_migrations (", "ALTER TABLE contacts_search ALTER COLUMN words",
                          "INSERT INTO schema_migrations", "CREATE OR REPLACE FUNCTION contacts_found(",
                          'GRANT SELECT ON TABLE schema_migrations TO "contactd"', "LOCK TABLE contacts IN SHARE MODE"):
            self.assertTrue(any(line.startswith(statement) for line in said), statement)
        # It is what runs: by itself it does all but what is no SQL.
        self.run_sql("\n".join(said))
        self.assertEqual(self.migrate(), [*FILLED, "the database is up to date"])

    def test_a_role_that_does_not_own_the_tables(self):
        stores = self.stores(owner=None)
        self.refused(("does not own the tables, as contactd_owner does", "--owner-store"), "migrate", *stores)
        self.assertEqual(len(self.migrate("--dry-run", stores=stores)), len(self.migrate("--dry-run")))

    def test_one_that_is_killed_half_way_is_run_again(self):
        holder = self.hold_table("contacts_search")
        killed = self.start_migrate()
        self.wait_until_held_up()
        killed.kill()
        self.assertEqual(killed.communicate()[0].splitlines(), OLD_TITLES[:2])
        holder.kill()
        connected = "SELECT COUNT(*) FROM pg_stat_activity WHERE usename LIKE 'contactd%'"
        wait_until(lambda: self.query(connected) == "0", what="a server that has noticed")
        self.assertEqual(self.query("SELECT COUNT(*) FROM schema_migrations"), "0")
        self.serving_refused("the role contactd lacks rights", COMMAND)
        self.assertEqual(self.migrate(), [*OLD_TITLES[1:], *FILLED, "the database is up to date"])
        self.assertEqual(self.serve().stop(), 0)

    def wait_until_held_up(self):
        waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER TABLE%'"
        wait_until(lambda: self.query(waiting) == "1", what="a statement that waits")

    def test_a_second_one_waits_and_finds_nothing_to_do(self):
        holder = self.hold_table("contacts_search")
        first = self.start_migrate()
        self.wait_until_held_up()
        second = self.start_migrate()
        self.assertEqual(second.stderr.readline(), "another one changes the schema: waiting for its end\n")
        holder.kill()
        self.assertEqual(first.communicate(), ("\n".join([*OLD_TITLES, *FILLED, "the database is up to date", ""]), ""))
        self.assertEqual(second.communicate(), ("the database was up to date already\n", ""))
        self.assertEqual((first.returncode, second.returncode), (0, 0))

    def test_a_server_that_goes_meanwhile(self):
        self.hold_table("contacts_search")
        cut = self.start_migrate()
        self.wait_until_held_up()
        self.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'contactd%'")
        said, complaint = cut.communicate()
        self.assertEqual((cut.returncode, said.splitlines()), (1, OLD_TITLES[:2]))
        self.assertRegex(complaint, r"^contactd: the schema cannot be changed: [^\n]*\n$")
        self.assertEqual(self.migrate()[-1], "the database is up to date")

    def test_a_table_that_somebody_holds_is_waited_for_and_no_longer_than_those_who_serve_can_bear(self):
        self.hold_table("contacts_search")
        ended = run_program("migrate", *self.stores())
        self.assertEqual((ended.returncode, ended.stdout.splitlines()), (1, OLD_TITLES[:2]))
        self.assertIn("somebody holds a table", ended.stderr)


class NewDatabase(MigrateTestCase):
    def test_a_dry_run_prints_the_whole_schema(self):
        before = self.dump()
        said = self.migrate("--dry-run")
        self.assertEqual(self.dump(), before)
        self.run_sql("\n".join(said))
        self.assertEqual(self.migrate(), ["the database was up to date already"])
        self.client(self.serve()).expect(201, "POST", "/namespaces/", {"name": "Vayana"})

    def test_one_role_for_both(self):
        stores = self.stores("contactd_owner", owner=None)
        self.assertEqual(self.migrate(stores=stores), ["a new store", "the database is up to date"])
        self.assertEqual(self.migrate(stores=stores), ["the database was up to date already"])
        self.assertEqual(self.service(*stores).stop(), 0)
        self.serving_refused("the role contactd lacks rights", COMMAND, stores=self.stores(owner=None))

    def test_a_schema_of_its_own_in_a_database_with_other_things(self):
        self.run_sql('CREATE TABLE contacts (id int); CREATE SCHEMA own')
        path = "&options=-csearch_path%3Down"
        stores = ("--store", self.url() + path, "--owner-store", self.url("contactd_owner") + path)
        self.migrating_refused("table contacts", "has not made")
        self.assertEqual(self.migrate(stores=stores)[0], "a new store")
        self.assertEqual(self.migrate(stores=stores), ["the database was up to date already"])
        service = self.service("--store", self.url() + path)
        self.client(service).expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        self.assertEqual(self.client(service).expect(200, "GET", "/namespaces/?search=vaya")["count"], 1)
        self.assertEqual(self.tables(), ["contacts"])
        self.run_sql("DROP TABLE contacts")
        self.refused(("the role contactd does not see the tables",), "migrate", "--store", self.url(), *stores[2:])

    def test_roles_that_may_not_make_it(self):
        words = ("the role contactd may not make them", "--owner-store")
        self.refused(words, "migrate", *self.stores(owner=None))
        self.serving_refused(*words, stores=self.stores(owner=None))
        self.migrating_refused("--owner-store: the role postgres is a superuser", stores=self.stores(owner="postgres"))
        self.migrating_refused("the role postgres is a superuser", stores=self.stores("postgres"))

    def test_a_database_of_the_same_name_on_another_server(self):
        other = Cluster()
        self.addCleanup(other.remove)
        other.start()
        other.make_database(self.database)
        owner = other.url("contactd_owner", self.database)
        self.refused(("name different databases",), "migrate", "--store", self.url(), "--owner-store", owner)
        self.assertEqual(other.sql("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'",
                                   database=self.database), "0")

    def test_what_cannot_be_reached(self):
        for service, owner, *words in (
                ("postgresql://user:hunter2%zz@host/base", self.url(), "URL"),
                (self.url(), "postgresql://user:hunter2@127.0.0.1:1/base", "--owner-store: ", "start the server"),
                (self.url(), self.url("no_such_role"), "--owner-store: ", "make the role"),
                (self.url(), self.url("contactd_owner", "contactd"), "name different databases"),
                (self.url(database="no_such_database"), self.url(), "make the database")):
            self.migrating_refused(*words, stores=("--store", service, "--owner-store", owner))

    def test_a_server_that_only_reads(self):
        self.cluster.sql(f"ALTER DATABASE {self.database} SET default_transaction_read_only = on")
        self.migrating_refused("name the primary")
        self.serving_refused("name the primary")


class OtherVersions(MigrateTestCase):
    def setUp(self):
        super().setUp()
        self.migrate()

    def test_a_database_of_a_later_version(self):
        for change, word in (
                ("INSERT INTO schema_migrations (number, name, applied_at) VALUES (7, 'later', 0)", "migration 7"),
                ("INSERT INTO schema_columns (table_name, column_name, type) VALUES ('banks', 'swift', 'TEXT')",
                 "swift"),
                ("INSERT INTO schema_columns (table_name, column_name, type) VALUES ('loans', 'id', 'TEXT')", "loans")):
            with self.subTest(word=word):
                self.query(change)
                self.serving_refused("made by a later version", word)
                self.migrating_refused("made by a later version", word)
                self.query("DELETE FROM schema_migrations WHERE number = 7; DELETE FROM schema_columns WHERE "
                           "column_name = 'swift' OR table_name = 'loans'")

    def test_one_that_no_step_leads_from(self):
        self.query("UPDATE schema_columns SET type = 'BIGINT' WHERE table_name = 'contacts' AND column_name = 'name'")
        self.serving_refused("column name", "does not fit")
        self.migrating_refused("column name", "does not fit")

    def test_nodes_serve_on_while_columns_and_indexes_are_made_and_searches_are_filled(self):
        service = self.serve()
        api = self.client(service)
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        self.query("ALTER TABLE addresses DROP COLUMN codes; DROP INDEX contacts_by_name; DELETE FROM schema_columns "
                   "WHERE table_name = 'addresses' AND column_name = 'codes'; DELETE FROM schema_indexes WHERE name = "
                   "'contacts_by_name'; UPDATE derived_versions SET version = 'older' WHERE name = 'contacts_search'")
        made, ended = [], threading.Event()
        self.addCleanup(ended.set)

        def write(number):
            mine = self.client(service)
            while not ended.is_set():
                made.append(mine.post("/contacts/", contact_body(f"Person {number} {len(made)}")).status)

        writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
        for writer in writers:
            writer.start()
        wait_until(lambda: len(made) > 40, what="some contacts")
        self.assertEqual(self.migrate(), ["what follows from the descriptions", FILLED[1],
                                          "the database is up to date"])
        ended.set()
        for writer in writers:
            writer.join()
        self.assertEqual(set(made), {201})
        self.assertEqual(api.expect(200, "GET", "/contacts/?search=person")["count"], len(made))
        self.assertEqual(api.expect(200, "GET", "/contacts/")["count"], len(made))


if __name__ == "__main__":
    unittest.main()

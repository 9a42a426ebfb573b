"""`contactd migrate`: an old store comes up to date and keeps everything; what must not be served is refused."""
import sqlite3
import unittest
from contextlib import closing

from harness import ServiceTestCase, run_program, token
from stores import RESOURCES, ask, change, contents_of, fill, make_old_store, rows_of, shape_of

# What an older version of this program would find missing, as a store that lacks it.
LACKS_A_COLUMN = ("ALTER TABLE addresses DROP COLUMN codes",
                  "DELETE FROM schema_columns WHERE table_name = 'addresses' AND column_name = 'codes'")
LACKS_AN_INDEX = ("DROP INDEX contacts_by_name", "DELETE FROM schema_indexes WHERE name = 'contacts_by_name'")
LACKS_A_TABLE = ("DROP TABLE banks_tags", "DELETE FROM schema_columns WHERE table_name = 'banks_tags'")


class MigrateTestCase(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.store = self.data / "contacts.db"

    def migrate(self, *options):
        ended = run_program("migrate", "--data", self.data, *options)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""), ended)
        return ended.stdout

    def refused(self, words, *command):
        """Exit status 1, one line with these words, and nothing changed."""
        before = contents_of(self.data)
        ended = run_program(*command, "--data", self.data)
        self.assertEqual((ended.returncode, ended.stdout), (1, ""), ended)
        self.assertRegex(ended.stderr, r"^contactd: [^\n]*\n$")
        for word in words:
            self.assertIn(word, ended.stderr)
        self.assertEqual(contents_of(self.data), before)

    def refused_by_all(self, *words):
        self.refused(words, "serve", "--listen", "127.0.0.1:0")
        self.refused(words, "sandbox", "--contacts", "3")

    def fresh_store(self):
        service = self.service()
        self.client(service).expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        self.assertEqual(service.stop(), 0)


class OldStore(MigrateTestCase):
    def setUp(self):
        super().setUp()
        make_old_store(self.data)

    def test_it_is_refused_until_it_is_migrated(self):
        self.refused_by_all("earlier version", f"run: contactd migrate --data {self.data}")

    def test_every_row_is_kept_and_served(self):
        tables = (*RESOURCES, *(f"{table}_counts" for table in RESOURCES), "contacts_tags", "addresses_tags",
                  "banks_tags", "history", "account_references", "idempotency", "secrets", "tenants")
        before = {table: rows_of(self.store, table) for table in tables}
        self.assertTrue(all(before[table] for table in RESOURCES))
        said = self.migrate()
        self.assertIn("migration 1: ", said)
        self.assertIn("is up to date", said)
        self.assertEqual({table: rows_of(self.store, table) for table in tables}, before)
        for tenant, place in ask(self.store, "SELECT tenant_id, place FROM contacts"):
            self.assertEqual(place >> 40, tenant)
        for table in RESOURCES:
            rows = ask(self.store, f"SELECT tenant_id, id FROM {table} ORDER BY place")
            self.assertEqual(rows, sorted(rows))
        self.assertEqual([row[:2] for row in ask(self.store, "SELECT number, name FROM schema_migrations")],
                         [(1, "rows have a place, by which search tables know them")])
        service = self.service()
        api = self.client(service, token(self.data, "tenant-two", "user-two1"))
        self.assertEqual(api.expect(200, "GET", "/contacts/?search=deshpande")["count"], 1)
        self.assertEqual(api.expect(200, "GET", "/contacts/?tags=north")["count"], 3)
        found = api.expect(200, "POST", "/contacts/dedupe/", {
            "name": "Nobody", "props": [{"key": "pan_no", "type": "text", "value": "ABCDE1232F"}]})
        self.assertEqual(len(found["matches"] if "matches" in found else found["results"]), 1)
        contact = api.expect(200, "GET", "/contacts/?search=mehta")["results"][0]
        self.assertEqual(len(api.expect(200, "GET", f"/contacts/{contact['id']}/history/")["results"]), 3)
        self.assertEqual(api.expect(201, "POST", "/contacts/", {
            "name": "New", "namespace": "Vayana", "status": "active", "type": "individual", "props": []})["ref_id"],
            "C/0004")

    def test_it_has_the_shape_of_a_new_store(self):
        self.migrate()
        migrated = shape_of(self.store)
        self.assertIn("was up to date already", self.migrate())
        self.data = self.folder / "other"
        self.fresh_store()

        def plain(rows):
            return {(kind, name): (sql or "").replace('"', "") for kind, name, sql in rows}
        self.assertEqual(plain(migrated), plain(shape_of(self.data / "contacts.db")))

    def test_a_dry_run_prints_what_would_run_and_changes_nothing(self):
        before = contents_of(self.data)
        said = self.migrate("--dry-run")
        self.assertEqual(contents_of(self.data), before)
        self.assertEqual(said.count("-- migration 1: "), 1)
        for statement in ("CREATE TABLE new_contacts (", "DROP TABLE contacts;", "INSERT INTO schema_migrations",
                          "CREATE INDEX IF NOT EXISTS contacts_by_name ON", "DROP TABLE dedupe_keys;"):
            self.assertIn(statement, said)
        # It is what runs: by itself it makes the same tables.
        copy = self.folder / "copy"
        make_old_store(copy)
        with closing(sqlite3.connect(copy / "contacts.db")) as database:
            database.executescript("BEGIN;" + said + "COMMIT;")
        self.migrate()

        def without_search(path):
            return [row for row in shape_of(path) if "_search" not in row[1]]
        self.assertEqual(without_search(copy / "contacts.db"), without_search(self.store))

    def test_a_step_that_fails_changes_nothing(self):
        change(self.store, "PRAGMA foreign_keys = OFF",
               "INSERT INTO addresses (tenant_id, id, created_by, created_at, updated_at, version, contact_id) "
               "VALUES (1, '01', 'x', 1, 1, 1, 'nobody')")
        before = {table: rows_of(self.store, table) for table in RESOURCES}
        ended = run_program("migrate", "--data", self.data)
        self.assertEqual(ended.returncode, 1, ended)
        self.assertRegex(ended.stderr, r"^contactd: a row of addresses refers to one of contacts that is not there\n$")
        self.assertEqual({table: rows_of(self.store, table) for table in RESOURCES}, before)
        self.refused_by_all("earlier version")


class Derived(MigrateTestCase):
    """What follows from the descriptions needs no numbered step, and is made by `migrate` alone."""

    def test_what_an_earlier_version_lacked(self):
        self.fresh_store()
        shape = shape_of(self.store)
        for statements, words in ((LACKS_A_COLUMN, "ADD COLUMN codes TEXT;"),
                                  (LACKS_AN_INDEX, "CREATE INDEX IF NOT EXISTS contacts_by_name"),
                                  (LACKS_A_TABLE, "CREATE TABLE banks_tags")):
            with self.subTest(words=words):
                change(self.store, *statements)
                self.refused_by_all("earlier version", "run: contactd migrate")
                self.assertIn(words, self.migrate("--dry-run"))
                self.assertIn("what follows from the descriptions", self.migrate())
                self.assertEqual([row[:2] for row in shape_of(self.store)], [row[:2] for row in shape])
                self.assertEqual(self.service().stop(), 0)

    def test_a_store_from_before_there_was_a_record_of_migrations(self):
        self.fresh_store()
        change(self.store, "DROP TABLE schema_migrations", "DROP TABLE schema_indexes")
        self.refused_by_all("earlier version")
        self.assertNotIn("migration 1", self.migrate())
        self.assertEqual([row[0] for row in ask(self.store, "SELECT number FROM schema_migrations")], [1])
        self.assertEqual(self.service().stop(), 0)


class Strangers(MigrateTestCase):
    def test_a_store_of_a_later_version(self):
        for statements, word in (
                (("INSERT INTO schema_migrations (number, name, applied_at) VALUES (7, 'later', 0)",), "migration 7"),
                (("INSERT INTO schema_columns (table_name, column_name, type) VALUES ('banks', 'swift', 'TEXT')",),
                 "swift"),
                (("INSERT INTO schema_columns (table_name, column_name, type) VALUES ('loans', 'id', 'TEXT')",),
                 "loans")):
            with self.subTest(word=word):
                self.data = self.folder / word.replace(" ", "")
                self.store = self.data / "contacts.db"
                self.fresh_store()
                change(self.store, *statements)
                self.refused_by_all("made by a later version", word)
                self.refused(("made by a later version",), "migrate")
                self.refused(("made by a later version",), "migrate", "--dry-run")

    def test_what_is_no_store(self):
        self.data.mkdir()
        self.store.write_bytes(b"this is no database, but it is somebody's file\n" * 400)
        self.refused_by_all("is not a store of contactd")
        self.refused(("is not a store of contactd",), "migrate")
        self.store.unlink()
        change(self.store, "CREATE TABLE orders (id INTEGER)")
        self.refused_by_all("is not a store of contactd")
        self.refused(("is not a store of contactd",), "migrate")

    def test_a_store_in_use(self):
        service = self.service()
        ended = run_program("migrate", "--data", self.data)
        self.assertEqual(ended.returncode, 1, ended)
        self.assertIn(f"in use by process {service.process.pid}", ended.stderr)
        self.assertIn("up to date", self.migrate("--dry-run"))

    def test_a_new_store(self):
        said = self.migrate("--dry-run")
        self.assertIn("CREATE TABLE contacts (", said)
        self.assertFalse(self.data.exists())
        self.assertIn("a new store", self.migrate())
        fill(self.client(self.service()), 3)


if __name__ == "__main__":
    unittest.main()

"""`contactd copy`: both ways, what the copy then answers, what a kill leaves, what is found and what is refused; what
keeps it from its end is in copy_interrupted_test.py."""
import shutil
import sqlite3
import unittest
from contextlib import closing

from copying import KEYED, SANDBOX, SECOND, CopyTestCase, Shared, answers, dump
from harness import contact_body, run_program, token
from stores import ask, change, contents_of, make_old_store

UNFINISHED = "has not come to its end"


def setUpModule():
    Shared.start()


class Whole(CopyTestCase):
    def test_there_and_back_every_row_is_as_it_was(self):
        before = dump(self.data / "contacts.db")
        ended = self.done(*self.there())
        self.assertRegex(ended.stdout, r"(?m)^contacts +33\d$")
        self.assertRegex(ended.stderr, r"(?m)^Copy: (\d+) of \1 rows by this run in [0-9.]+ s, \d+ rows/s$")
        for line in ("Copy 100 %", "Verify 100 %"):
            self.assertIn(line + "\n", ended.stderr)
        back = self.folder / "back"
        self.done(*self.back(back))
        after = dump(back / "contacts.db")
        self.assertEqual(list(after), list(before))
        for table in before:
            self.assertEqual(after[table], before[table], table)
        for table in ("idempotency", "account_references", "history", "contacts_tags", "contacts_counts", "secrets"):
            self.assertTrue(before[table], table)
        self.assertEqual({path.name for path in back.iterdir()}, {"contacts.db", "contacts.db.lock"})
        self.is_sound(back)
        self.assertEqual((back / "contacts.db").stat().st_mode & 0o077, 0)
        self.assertEqual(dump(self.data / "contacts.db"), before)

    def test_the_same_kind_will_do(self):
        other = self.folder / "other" / "store.db"
        self.done("copy", "--from", f"sqlite:{self.data / 'contacts.db'}", "--to", f"sqlite:{other}")
        self.assertEqual(dump(other), dump(self.data / "contacts.db"))
        self.cluster.make_database(self.database + "_2")
        second = self.cluster.url("contactd_owner", self.database + "_2")
        self.done(*self.there())
        self.done("copy", "--from", self.url, "--to", second, "--prepared-statements", "off")
        self.done("copy", "--from", second, "--to", f"sqlite:{self.folder / 'third'}")
        self.assertEqual(dump(self.folder / "third" / "contacts.db"), dump(self.data / "contacts.db"))

    def test_an_empty_store_moves_too(self):
        empty = self.folder / "empty"
        self.assertEqual(run_program("migrate", "--data", empty).returncode, 0)
        self.done("copy", "--from", f"sqlite:{empty}", "--to", self.url, *self.owner)
        self.done(*self.back(self.folder / "back"))
        self.is_sound(self.folder / "back")

    def test_a_store_that_was_made_and_never_used_is_empty(self):
        target = self.folder / "target"
        self.assertEqual(self.service(data=target).stop(), 0)
        self.done("copy", "--from", self.source, "--to", f"sqlite:{target}")
        self.assertEqual(dump(target / "contacts.db"), dump(self.data / "contacts.db"))
        self.assertEqual(self.service_on("node", "--store", self.url, *self.owner).stop(), 0)
        self.done(*self.there())


class Served(CopyTestCase):
    def test_a_copy_answers_as_its_source_did_and_goes_on_where_it_stopped(self):
        self.done(*self.there())
        self.done(*self.back(self.folder / "back"))
        services = [self.service(), self.service_on("node", "--store", self.url), self.service_on("back")]
        for tenant in (SANDBOX, SECOND):
            apis = [self.client(service, token(self.data, tenant)) for service in services]
            told = [answers(api) for api in apis]
            for copy in told[1:]:
                for path, answer in told[0].items():
                    self.assertEqual(copy[path], answer, (tenant, path))
        apis = [self.client(service, token(self.data, SECOND)) for service in services]
        kept = [api.post("/contacts/", KEYED, key="once") for api in apis]
        self.assertEqual({(answer.status, answer.content, answer.headers["Idempotency-Replayed"]) for answer in kept},
                         {(201, kept[0].content, "true")})
        namespace = apis[0].expect(200, "GET", "/namespaces/")["results"][0]["id"]
        drawn = [(api.expect(201, "POST", "/contacts/", contact_body("Next"))["ref_id"],
                  api.expect(201, "POST", f"/namespaces/{namespace}/account_refs/", {})["ref_id"]) for api in apis]
        self.assertEqual(drawn, [("C/000031", "A-4")] * 3)
        newcomers = [self.client(service, token(self.data, "tenant-three")) for service in services]
        for api in newcomers:
            self.assertEqual(api.expect(200, "GET", "/contacts/")["count"], 0)
            api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        self.assertEqual(self.sql("SELECT tenant_id FROM tenants WHERE name = 'tenant-three'"), "3")


class Killed(CopyTestCase):
    def unfinished_is_refused(self, words, *command):
        ended = run_program(*command)
        self.assertNotEqual(ended.returncode, 0)
        self.assertRegex(ended.stderr, r"^(Backup \d+ %\n)*contactd: [^\n]*\n$")
        for word in words:
            self.assertIn(word, ended.stderr)

    def test_to_postgresql_the_next_run_goes_on(self):
        self.killed(*self.there())
        self.unfinished_is_refused(["the database", UNFINISHED], "serve", "--data", self.folder / "node", "--listen",
                                   "127.0.0.1:0", "--store", self.url, *self.owner)
        self.unfinished_is_refused([UNFINISHED], *self.back(self.folder / "back"))
        self.goes_on(*self.there())
        self.done(*self.back(self.folder / "back"))
        self.assertEqual(dump(self.folder / "back" / "contacts.db"), dump(self.data / "contacts.db"))
        self.assertEqual(self.sql("SELECT COUNT(*) FROM pg_tables WHERE tablename = 'unfinished_copy'"), "0")

    def test_to_a_file_the_next_run_goes_on(self):
        self.done(*self.there())
        back = self.folder / "back"
        self.killed(*self.back(back))
        for command in (("serve", "--data", back, "--listen", "127.0.0.1:0"), ("migrate", "--data", back),
                        ("check", "--data", back), ("check", "--data", back, "--repair"),
                        ("backup", "--data", back, "--to", self.folder / "backup")):
            self.unfinished_is_refused([str(back / "contacts.db"), UNFINISHED], *command)
        self.assertEqual(list(self.folder.glob("backup*")), [])
        shutil.copytree(back, self.folder / "half")
        with closing(sqlite3.connect(self.folder / "half" / "contacts.db")) as half:
            half.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.unfinished_is_refused([UNFINISHED], "restore", "--from", self.folder / "half" / "contacts.db", "--data",
                                   self.folder / "restored")
        self.goes_on(*self.back(back))
        self.assertEqual(dump(back / "contacts.db"), dump(self.data / "contacts.db"))
        self.is_sound(back)

    def test_a_run_from_elsewhere_does_not_go_on(self):
        back = self.folder / "back"
        again = ("copy", "--from", self.source, "--to", f"sqlite:{back}")
        self.killed(*again)
        service = self.service()
        self.client(service, token(self.data, SECOND)).expect(201, "POST", "/contacts/", contact_body("Late"))
        self.assertEqual(service.stop(), 0)
        self.refused(["unfinished copy of another store", "written to"], *again)
        shutil.rmtree(back)
        self.done(*again)


class Verified(CopyTestCase):
    def contact_of(self, tenant):
        number = ask(self.data / "contacts.db", "SELECT tenant_id FROM tenants WHERE name = ?", (tenant,))[0][0]
        return ask(self.data / "contacts.db", "SELECT id FROM contacts WHERE tenant_id = ? ORDER BY id LIMIT 1",
                   (number,))[0][0]

    def test_a_row_that_was_changed_in_the_database_is_found(self):
        contact = self.contact_of(SANDBOX)
        self.killed(*self.there())
        self.sql(f"UPDATE contacts SET name = 'Somebody else' WHERE id = '{contact}'")
        words = ["differs", "table contacts ", SANDBOX, contact]
        self.refused(words, *self.there())
        self.refused(words, *self.there())

    def test_what_was_changed_back_leaves_nothing_in_the_search(self):
        contact = self.contact_of(SANDBOX)
        self.killed(*self.there())
        name = self.sql(f"SELECT name FROM contacts WHERE id = '{contact}'")
        self.sql(f"UPDATE contacts SET name = 'Somebody else' WHERE id = '{contact}'")
        self.refused(["differs"], *self.there())
        self.sql(f"UPDATE contacts SET name = '{name}' WHERE id = '{contact}'")
        self.done(*self.there())
        words = self.sql(f"SELECT words FROM contacts_search WHERE id = '{contact}'")
        self.assertIn(name.lower(), words)
        self.assertNotIn("somebody", words)

    def test_a_row_that_is_missing_in_the_file_is_found(self):
        back = self.folder / "back"
        again = ("copy", "--from", self.source, "--to", f"sqlite:{back}")
        self.killed(*again)
        change(back / "contacts.db", "DELETE FROM contacts_tags WHERE id = (SELECT MIN(id) FROM contacts_tags)")
        self.refused(["differs", "table contacts_tags", SANDBOX], *again)

    def test_counts_that_are_wrong_at_the_source_are_found_and_mended_there(self):
        change(self.data / "contacts.db", "UPDATE banks_counts SET total = total + 1 WHERE total > 0")
        self.refused(["differs", "table banks_counts", SANDBOX, "contactd check"], *self.there())
        self.assertEqual(run_program("check", "--data", self.data, "--repair").returncode, 0)
        self.done(*self.there())

    def test_what_was_written_to_the_source_meanwhile_is_found(self):
        self.done(*self.there())
        namespace = self.sql("SELECT MIN(id) FROM namespaces")
        status, printed, complaint = self.stopped_at(
            "Copy 30 %", lambda _: self.sql(f"INSERT INTO account_references VALUES (1, '{namespace}', 'late')"),
            *self.back(self.folder / "back"))
        self.assertEqual((status, printed), (1, ""), complaint)
        self.assertIn("was written to while it was copied", complaint.splitlines()[-1])
        refused = run_program("check", "--data", self.folder / "back")
        self.assertIn(UNFINISHED, refused.stderr)


class Refused(CopyTestCase):
    def test_ends_that_are_none(self):
        for wrong in ("mysql://host/base", "contacts.db", "sqlite:", "postgresql:/host"):
            self.refused(["--from", "sqlite:PATH"], "copy", "--from", wrong, "--to", self.url, status=2)
            self.refused(["--to", "sqlite:PATH"], "copy", "--from", self.source, "--to", wrong, status=2)
        self.refused(["--to"], "copy", "--from", self.source, status=2)
        self.refused(["--owner-store"], "copy", "--from", self.url, "--to", "sqlite:x.db", *self.owner, status=2)
        self.refused(["there is no store", "nowhere"], "copy", "--from", f"sqlite:{self.folder / 'nowhere'}", "--to",
                     self.url, *self.owner)
        self.refused(["both ends"], "copy", "--from", self.source, "--to", f"sqlite:{self.data / 'contacts.db'}")
        self.refused(["both ends"], "copy", "--from", self.url, "--to", self.url)
        self.refused(["start the server"], "copy", "--from", self.source, "--to",
                     "postgresql://user:hunter2@127.0.0.1:1/base")
        self.assertEqual(self.sql("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"), "0")

    def test_a_source_that_cannot_be_read_now(self):
        self.refused(["has no tables yet"], *self.back(self.folder / "back"))
        old = self.folder / "old"
        make_old_store(old)
        self.refused(["earlier version", "contactd migrate"], "copy", "--from", f"sqlite:{old}", "--to", self.url,
                     *self.owner)
        foreign = self.folder / "foreign.db"
        with closing(sqlite3.connect(foreign)) as database:
            database.execute("CREATE TABLE contacts (id)")
        self.refused(["not a store of contactd"], "copy", "--from", f"sqlite:{foreign}", "--to", self.url, *self.owner)
        self.service()
        self.refused(["is in use by process"], *self.there())
        self.assertEqual(self.sql("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"), "0")

    def test_a_target_that_holds_something(self):
        foreign = self.folder / "foreign.db"
        with closing(sqlite3.connect(foreign)) as database:
            database.execute("CREATE TABLE contacts (id)")
        self.refused(["not a store of contactd"], "copy", "--from", self.source, "--to", f"sqlite:{foreign}")
        self.sql("CREATE TABLE contacts (id int)")
        self.refused(["table contacts,", "has not made"], *self.there())
        self.sql("DROP TABLE contacts")
        other = self.folder / "other"
        self.assertEqual(run_program("sandbox", "--data", other, "--contacts", "10").returncode, 0)
        self.done("copy", "--from", f"sqlite:{other}", "--to", self.url, *self.owner)
        held = contents_of(self.data)
        self.refused(["holds contacts of its own"], *self.there())
        self.refused(["holds contacts of its own"], "copy", "--from", self.url, "--to", self.source)
        self.assertEqual(contents_of(self.data), held)

    def test_a_role_that_does_not_own_the_store(self):
        self.refused(["--owner-store"], "copy", "--from", self.source, "--to", self.url)
        self.assertEqual(self.service_on("node", "--store", self.url, *self.owner).stop(), 0)
        self.refused(["--owner-store"], "copy", "--from", self.source, "--to", self.url)
        self.killed(*self.there())
        self.refused(["--owner-store"], "copy", "--from", self.source, "--to", self.url)
        self.goes_on(*self.there())


class Named(CopyTestCase):
    """Each line begins with the store that it is about."""

    def refused_by(self, store, words, *command):
        self.refused([f"contactd: {store}: ", *words], *command)

    def test_ends_that_cannot_be_opened(self):
        nowhere = "postgresql://user:hunter2@127.0.0.1:1/base"
        shown = nowhere.replace("hunter2", "***")
        self.refused_by(shown, ["start the server"], "copy", "--from", self.source, "--to", nowhere)
        self.refused_by(shown, ["start the server"], "copy", "--from", nowhere, "--to", self.source)
        self.refused([f"contactd: {self.url} has no tables yet"], *self.back(self.folder / "back"))
        self.refused_by(self.url, ["may not make them", "--owner-store"], "copy", "--from", self.source, "--to",
                        self.url)

    def test_a_source_whose_role_lacks_rights(self):
        owner = self.owner[1]
        self.done("copy", "--from", self.source, "--to", owner)
        words = ["the role contactd lacks rights", f"run: contactd migrate --store '{self.url}' --owner-store URL"]
        self.refused_by(self.url, words, *self.back(self.folder / "back"))
        migrated = run_program("migrate", "--store", self.url, *self.owner)
        self.assertEqual(migrated.returncode, 0, migrated)
        for table in ("contacts", "derived_versions", "schema_columns"):
            self.sql(f"REVOKE SELECT ON {table} FROM contactd")
            self.refused_by(self.url, words, *self.back(self.folder / "back"))
            self.sql(f"GRANT SELECT ON {table} TO contactd")
        self.sql("DELETE FROM schema_indexes WHERE name = 'contacts_by_name'")
        self.refused_by(self.url, ["earlier version", words[1]], *self.back(self.folder / "back"))
        self.sql("UPDATE schema_columns SET type = 'BIGINT' WHERE table_name = 'contacts' AND column_name = 'name'")
        self.refused_by(self.url, ["does not fit"], *self.back(self.folder / "back"))
        self.assertFalse((self.folder / "back").exists())


if __name__ == "__main__":
    unittest.main()

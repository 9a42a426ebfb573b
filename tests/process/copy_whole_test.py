"""`contactd copy` near its end and behind it: a run that was killed there, and one that has nothing left to do."""
import shutil
import time
import unittest

from copying import COPY_SECONDS_MAX, SECOND, CopyTestCase, Shared, dump
from harness import contact_body, run_program, token, wait_until

IDLE_SECONDS_MAX = 2    # as servers set it; enough for every other transaction on a busy machine


def setUpModule():
    Shared.start()


class Whole(CopyTestCase):
    def is_what_the_source_is(self, folder):
        self.assertEqual(dump(folder / "contacts.db"), dump(self.data / "contacts.db"))
        self.is_sound(folder)

    def has_nothing_left_to_do(self, *command):
        ended = self.done(*command)
        self.assertRegex(ended.stderr, r"Copy: 0 of \d+ rows by this run")

    def test_one_that_is_killed_when_all_rows_are_there(self):
        for number, said in enumerate(("Copy 100 %", "Copy: making the search tables", "Verify 30 %")):
            with self.subTest(said):
                folder = self.folder / f"killed-{number}"
                self.killed("copy", "--from", self.source, "--to", f"sqlite:{folder}", said=said)
                self.has_nothing_left_to_do("copy", "--from", self.source, "--to", f"sqlite:{folder}")
                self.is_what_the_source_is(folder)

    def test_to_postgresql_too(self):
        steps = ("Copy 100 %", "Copy: contacts_search is filled anew from the rows", "Verify 30 %")
        for said in steps:
            with self.subTest(said):
                self.killed(*self.there(), said=said)
        self.has_nothing_left_to_do(*self.there())
        self.done(*self.back(self.folder / "back"))
        self.is_what_the_source_is(self.folder / "back")

    def test_one_that_is_whole_is_read_again(self):
        """Whose run was killed when it had removed the mark, or who asks twice."""
        back = self.folder / "back"
        for command in (self.there(), self.back(back)):
            self.done(*command)
            self.has_nothing_left_to_do(*command)
        self.is_what_the_source_is(back)
        service = self.service_on("back")
        self.client(service, token(back, SECOND)).expect(201, "POST", "/contacts/", contact_body("Late"))
        self.refused(["is in use by process"], *self.back(back))
        self.assertEqual(service.stop(), 0)
        held = dump(back / "contacts.db")
        self.refused(["were one store", "written to since"], *self.back(back))
        self.refused(["were one store", "written to since"], *self.there()[:2], f"sqlite:{back}", *self.there()[3:])
        self.assertEqual(dump(back / "contacts.db"), held)

    def test_a_whole_one_that_differs_is_told_and_left_alone(self):
        self.done(*self.there())
        self.sql("UPDATE contacts SET name = 'Somebody else' WHERE id = (SELECT MIN(id) FROM contacts)")
        self.refused(["differs", "table contacts "], *self.there())
        self.assertNotEqual(self.sql("SELECT COUNT(*) FROM derived_versions"), "0")


class OneStore(CopyTestCase):
    def test_two_names_of_one_store(self):
        self.done(*self.there())
        other = self.url + "&application_name=copy"
        self.refused(["one and the same store"], "copy", "--from", self.url, "--to", other, *self.owner)

    def test_one_name_for_two_stores(self):
        """The target and its owner's role would lead to a store each, of which one is filled and the other served."""
        other = self.database + "_other"
        self.cluster.make_database(other)
        mixed = ("copy", "--from", self.source, "--to", self.url, "--owner-store",
                 self.cluster.url("contactd_owner", other))
        self.refused(["name different databases"], *mixed)
        self.assertEqual(run_program("migrate", "--store", self.url, *self.owner).returncode, 0)
        different = [f"contactd: {self.url} and --owner-store lead to different"]
        self.refused(different, *mixed)
        to_other = ("copy", "--from", self.source, "--to", self.cluster.url("contactd", other), *mixed[-2:])
        self.killed(*to_other)
        self.refused(different, *mixed)
        self.done(*to_other)
        self.refused(different, *mixed)
        self.assertEqual(self.sql("SELECT COUNT(*) FROM tenants"), "0")

    def test_somebody_who_comes_behind_the_look_at_an_empty_store(self):
        self.assertEqual(run_program("migrate", "--store", self.url, *self.owner).returncode, 0)
        with self.cluster.session(self.database) as reader:
            reader.run("BEGIN; LOCK TABLE relations_counts IN ACCESS SHARE MODE")  # which the look would have
            copy = self.started(*self.there())
            wait_until(lambda: self.sql("SELECT COUNT(*) FROM pg_locks WHERE NOT granted") == "1", what="a look")
            self.sql("INSERT INTO tenants (name) VALUES ('fresh-tenant')")
            reader.run("COMMIT")
            printed, complaint = copy.communicate(timeout=COPY_SECONDS_MAX)
        self.assertEqual((copy.returncode, printed), (1, ""), complaint)
        self.assertIn("holds contacts of its own", complaint)
        self.assertEqual(self.sql("SELECT name FROM tenants"), "fresh-tenant")

    def test_two_stores_in_one_database(self):
        self.done(*self.there())
        self.sql("CREATE SCHEMA second AUTHORIZATION contactd_owner; GRANT USAGE ON SCHEMA second TO contactd")
        in_second = [each + ("&" if "?" in each else "?") + "options=-csearch_path%3Dsecond"
                     for each in (self.url, self.owner[1])]
        self.done("copy", "--from", self.url, "--to", in_second[0], "--owner-store", in_second[1])
        self.refused(["different schemas"], "copy", "--from", self.source, "--to", self.url, "--owner-store",
                     in_second[1])


class Slow(CopyTestCase):
    def test_what_is_set_for_the_role_does_not_cut_it(self):
        for role in ("contactd", "contactd_owner"):
            self.sql(f"ALTER ROLE {role} IN DATABASE {self.database} SET idle_in_transaction_session_timeout = "
                     f"'{IDLE_SECONDS_MAX} s'")
        for command in (self.there(), self.back(self.folder / "back")):
            for said in ("Copy 30 %", "Verify 30 %"):
                status, _, complaint = self.stopped_at(said, lambda _: time.sleep(1.5 * IDLE_SECONDS_MAX), *command)
                self.assertEqual(status, 0, complaint)
                shutil.rmtree(self.folder / "back", ignore_errors=True)


if __name__ == "__main__":
    unittest.main()

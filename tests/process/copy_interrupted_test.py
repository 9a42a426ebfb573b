"""`contactd copy` that does not come to its end: another one, a server that goes, rights and rooms that are missing."""
import os
import shutil
import subprocess
import unittest

from copying import COPY_SECONDS_MAX, DONE, SECOND, CopyTestCase, Shared
from harness import binary, clean_environment, run_program, wait_until
from stores import ask, change

# As src/store/postgres_lock.hpp has them.
LOCK_COPYING, LOCK_WRITING_COPY = 7165916604736876645, 7165916604736876646


def setUpModule():
    Shared.start()


class Alone(CopyTestCase):
    def test_another_copy_into_the_same_database_is_refused(self):
        other = shutil.copytree(self.data, self.folder / "other")  # of an embedded store there is one copy at a time

        def second(_):
            self.refused([f"contactd: {self.url}: another copy into this database"],
                         *(f"sqlite:{other}" if each == self.source else each for each in self.there()))

        status, printed, complaint = self.stopped_at("Copy 30 %", second, *self.there())
        self.assertEqual(status, 0, complaint)
        self.assertIn(DONE, printed)

    def test_one_that_has_lost_its_lock_does_not_go_on(self):
        lost = ("SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND database = "
                "(SELECT oid FROM pg_database WHERE datname = current_database()) AND objid = "
                f"{LOCK_COPYING & 0xFFFFFFFF}")
        status, printed, complaint = self.stopped_at("Copy 30 %", lambda _: self.assertEqual(self.sql(lost), "t"),
                                                     *self.there())
        self.assertEqual((status, printed), (1, ""), complaint)
        self.assertIn("run the same command again", complaint)
        self.assertEqual(self.sql("SELECT COUNT(*) FROM unfinished_copy"), "1")
        self.goes_on(*self.there())


    def test_what_an_earlier_run_has_on_its_way_is_waited_for(self):
        """Its machine has gone, and the server does not know yet."""
        self.killed(*self.there())
        with self.cluster.session(self.database) as earlier:
            earlier.run(f"BEGIN; SELECT pg_advisory_xact_lock({LOCK_WRITING_COPY})")
            copy = self.started(*self.there())
            wait_until(lambda: self.sql("SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                       == "1", what="a copy that waits")
            earlier.run("COMMIT")
            printed, complaint = copy.communicate(timeout=COPY_SECONDS_MAX)
        self.assertEqual(copy.returncode, 0, complaint)
        self.assertIn(DONE, printed)


class Interrupted(CopyTestCase):
    def fails_for_good(self, words, *command):
        ended = run_program(*command)
        self.assertEqual((ended.returncode, ended.stdout), (1, ""), ended)
        line = ended.stderr.splitlines()[-1]
        self.assertTrue(line.startswith(f"contactd: {self.url}: "), line)
        for word in words:
            self.assertIn(word, line)
        self.assertNotIn("run the same command again", line)

    def test_what_another_run_cannot_mend_is_not_told_to_run_again(self):
        self.killed(*self.there())
        self.sql("ALTER TABLE relations RENAME TO elsewhere")
        self.fails_for_good(["42P01"], *self.there())
        self.sql("ALTER TABLE elsewhere RENAME TO relations; REVOKE INSERT ON relations FROM contactd_owner")
        self.fails_for_good(["42501"], *self.there())
        self.sql("GRANT INSERT ON relations TO contactd_owner")
        self.goes_on(*self.there())

    def newest_of_second(self, column, table):
        """What a row with the greatest id has there, in the tenant that was made last."""
        return ask(self.data / "contacts.db", f"SELECT {column} FROM {table} WHERE tenant_id = "
                   f"(SELECT tenant_id FROM tenants WHERE name = ?) ORDER BY id DESC LIMIT 1", (SECOND,))[0][0]

    def test_a_text_that_is_none(self):
        contact = self.newest_of_second("id", "contacts")
        change(self.data / "contacts.db",
               f"UPDATE contacts SET name = CAST(X'41FF42' AS TEXT) WHERE id = '{contact}'")
        self.fails_for_good([contact, "table contacts ", f"tenant {SECOND}", "22021"], *self.there())

    def test_a_row_that_belongs_to_none(self):
        contact = self.newest_of_second("contact_id", "addresses")
        addresses = ask(self.data / "contacts.db", "SELECT MIN(id) FROM addresses WHERE contact_id = ?",
                        (contact,))
        change(self.data / "contacts.db", f"DELETE FROM contacts WHERE id = '{contact}'")
        self.fails_for_good(["contradicts", addresses[0][0], "table addresses ", f"tenant {SECOND}", "23503"],
                            *self.there())

    def test_a_server_that_goes_is_one_line_and_the_next_run_goes_on(self):
        status, printed, complaint = self.stopped_at("Copy 30 %", lambda _: self.cluster.stop("immediate"),
                                                     *self.there())
        self.addCleanup(self.cluster.start)
        self.assertEqual((status, printed), (1, ""), complaint)
        self.assertRegex(complaint, r"^(Copy \d+ %\n)*contactd: [^\n]*run the same command again[^\n]*\n$")
        self.cluster.start()
        self.goes_on(*self.there())

    @unittest.skipUnless(os.geteuid() == 0 and shutil.which("unshare"), "needs root, to mount a small file system")
    def test_a_full_disk_is_one_line(self):
        target = self.folder / "small"
        target.mkdir()
        mount = 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"'
        ended = subprocess.run(["unshare", "--mount", "--propagation", "private", "sh", "-c", mount, str(target),
                                binary(), "copy", "--from", self.source, "--to", f"sqlite:{target}"],
                               env=clean_environment(), capture_output=True, text=True, timeout=60)
        self.assertEqual((ended.returncode, ended.stdout), (1, ""), ended)
        self.assertRegex(ended.stderr, r"^(Copy \d+ %\n)*contactd: [^\n]*there is no room left; make some[^\n]*\n$")


if __name__ == "__main__":
    unittest.main()

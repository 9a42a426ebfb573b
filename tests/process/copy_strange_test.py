"""`contactd copy` between ends that look like what they are not."""
import os
import pty
import subprocess
import unittest

from copying import COPY_SECONDS_MAX, CopyTestCase, Shared
from harness import binary, clean_environment, run_program
from stores import change


def setUpModule():
    Shared.start()


class Strange(CopyTestCase):
    def test_rows_of_a_tenant_that_the_target_does_not_know(self):
        """A later tenant would be given their number, and them."""
        self.assertEqual(run_program("migrate", "--store", self.url, *self.owner).returncode, 0)
        self.sql("INSERT INTO namespaces (tenant_id, id, created_by, created_at, updated_at, version, name, "
                 "approval_policy, contact_counter, account_counter) VALUES (7, 'x', 'x', 0, 0, 1, 'X', 'none', 0, 0)")
        self.refused(["holds contacts of its own"], *self.there())
        self.sql("DELETE FROM namespaces")
        self.done(*self.there())
        self.assertEqual(self.sql("SELECT COUNT(*) FROM pg_class WHERE relname = 'namespaces' AND relforcerowsecurity"),
                         "1", "the wall stands again")

    def test_more_rows_than_there_are_to_copy_are_said_on_a_terminal_too(self):
        back = self.folder / "back"
        again = ("copy", "--from", self.source, "--to", f"sqlite:{back}")
        self.killed(*again)
        change(back / "contacts.db", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
               "INSERT INTO account_references SELECT 1, (SELECT MIN(id) FROM namespaces WHERE tenant_id = 1), "
               "'n' || i FROM n")
        self.refused(["differs", "account_references"], *again)
        ours, theirs = pty.openpty()
        self.addCleanup(os.close, ours)
        ended = subprocess.run([binary(), *again], env=clean_environment(), stdout=subprocess.PIPE, stderr=theirs,
                               timeout=COPY_SECONDS_MAX)
        os.close(theirs)
        shown = os.read(ours, 1_000_000)
        self.assertEqual((ended.returncode, ended.stdout), (1, b""), shown)

    def test_a_store_that_is_served_is_not_copied_by_another_name(self):
        link = self.folder / "link.db"
        link.symlink_to(self.data / "contacts.db")
        self.service()
        in_use, other = ["is in use by process"], f"sqlite:{self.folder / 'other'}"
        self.refused(in_use, "copy", "--from", f"sqlite:{link}", "--to", other)
        self.refused(in_use, "copy", "--from", f"sqlite:{Shared.source}", "--to", f"sqlite:{link}")

    def test_a_store_that_is_half_restored(self):
        half = self.folder / "half"
        half.mkdir()
        (half / "contacts.db.restoring").write_bytes(b"")
        words = ["a restore of", "was interrupted", "--replace"]
        self.refused(words, "copy", "--from", self.source, "--to", f"sqlite:{half}")
        self.refused(words, "copy", "--from", f"sqlite:{half}", "--to", f"sqlite:{self.folder / 'x'}")
        self.assertEqual([each.name for each in half.iterdir()], ["contacts.db.restoring"])


if __name__ == "__main__":
    unittest.main()

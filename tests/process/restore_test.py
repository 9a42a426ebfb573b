"""contactd restore: what it makes, what it leaves alone, and what it refuses."""
import shutil
import stat
import unittest
from pathlib import Path

from harness import contact_body
from keeping import KeepingTestCase
from stores import ask, change, contents_of, damage_page


class Restore(KeepingTestCase):
    def setUp(self):
        super().setUp()
        self.ids = self.filled_store()
        self.back_up()

    def restore(self, *options, data=None):
        return self.done("restore", "--from", self.file, "--data", data or self.data, *options)

    def test_a_store_that_is_there_stays_unless_replace_says_otherwise(self):
        service = self.service()
        later = self.client(service).expect(201, "POST", "/contacts/", contact_body("Later"))["id"]
        restore = ("restore", "--from", self.file, "--data", self.data)
        self.refused((f"in use by process {service.process.pid}",), *restore)
        self.refused((f"in use by process {service.process.pid}",), *restore, "--replace")
        service.kill()   # with a log that has not been moved
        self.refused(("--replace",), *restore)
        said = self.restore("--replace")
        kept = Path(said.split("is kept as ")[1].splitlines()[0])
        self.assertEqual(len(ask(kept, "SELECT 1 FROM contacts WHERE id = ?", (later,))), 1)
        for path in (self.store, kept):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        again = self.service()
        api = self.client(again)
        self.assertEqual(api.request("GET", f"/contacts/{later}/").status, 404)
        self.assertEqual(api.expect(200, "GET", "/contacts/")["count"], len(self.ids))
        # References and ids go on from what the backup knew.
        self.assertEqual(api.expect(201, "POST", "/contacts/", contact_body("Next"))["ref_id"], "C/000011")

    def test_an_interrupted_restore_is_no_new_store(self):
        shutil.copy(self.file, self.data / "contacts.db.restoring")
        self.store.unlink()
        self.refused(("restore", "interrupted"), "serve", "--data", self.data, "--listen", "127.0.0.1:0")
        self.restore()
        self.assertEqual(self.client(self.service()).expect(200, "GET", "/contacts/")["count"], len(self.ids))

    def test_a_leftover_log_is_never_taken_for_the_restored_stores(self):
        self.store.unlink()
        (self.data / "contacts.db-wal").write_bytes(b"somebody's log")
        self.refused(("--replace",), "restore", "--from", self.file, "--data", self.data)
        self.restore("--replace")
        self.assertEqual(self.client(self.service()).expect(200, "GET", "/contacts/")["count"], len(self.ids))

    def test_what_is_no_backup(self):
        other = self.folder / "other"
        bad = self.folder / "bad"
        restore = ("restore", "--from", bad, "--data", other)
        self.refused(("there is no file",), *restore)
        bad.mkdir()
        self.refused(("there is no file",), *restore)
        bad.rmdir()
        bad.write_bytes(b"this is no database, but it is somebody's file\n" * 400)
        self.refused(("is not a store of contactd",), *restore)
        bad.write_bytes(b"")
        self.refused(("is not a store of contactd",), *restore)
        bad.unlink()
        change(bad, "CREATE TABLE orders (id INTEGER)")
        self.refused(("is not a store of contactd",), *restore)
        shutil.copy(self.file, bad)
        change(bad, "INSERT INTO schema_migrations (number, name, applied_at) VALUES (7, 'later', 0)")
        self.refused(("made by a later version",), *restore)
        shutil.copy(self.file, bad)
        bad.with_name("bad-wal").write_bytes(b"log")
        self.refused(("has a log beside it",), *restore)
        bad.with_name("bad-wal").unlink()
        self.assertFalse(other.exists(), "nothing was made")
        self.refused(("--from",), "restore", "--data", other, status=2)

    def test_a_damaged_backup(self):
        other = self.folder / "other"
        bad = self.folder / "bad"
        root = ask(f"file:{self.file}?immutable=1", "SELECT rootpage FROM sqlite_master WHERE name = 'history'")[0][0]
        for number in (1, root):
            shutil.copy(self.file, bad)
            damage_page(bad, number)
            words = ("not a store",) if number == 1 else ("damaged", "nothing was changed")
            self.refused(words, "restore", "--from", bad, "--data", other)
        with open(self.file, "rb") as whole:
            bad.write_bytes(whole.read(self.file.stat().st_size // 2))
        self.refused(("damaged",), "restore", "--from", bad, "--data", other)
        self.assertEqual(contents_of(other) if other.exists() else {}, {})
        self.refused(("damaged",), "restore", "--from", bad, "--data", self.data, "--replace")


if __name__ == "__main__":
    unittest.main()

"""A full disk: writes answer 507 and leave nothing, reads go on, and once there is room writes work without a restart.

Needs root, for a small file system of its own in a mount namespace of its own, which ends with the service.
"""
import os
import shutil
import sqlite3
import unittest

from harness import ServiceTestCase, contact_body, token
from small_disk import PAGE_BYTES, SmallDisks, create_until_full, fill, needs_mount

DISK_BYTES = 8 * 1024 * 1024


@needs_mount
class FullDisk(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.data.mkdir()
        disks = SmallDisks(DISK_BYTES, self.data)
        self.addCleanup(disks.close)
        self.disk = disks.seen(self.data)
        self.running = self.service(prefix=disks.prefix)
        self.bearer = token(self.disk)
        self.api = self.client(self.running, self.bearer)
        self.api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        self.made = []

    def make_room(self, pages):
        size = (self.disk / "filler").stat().st_size
        os.truncate(self.disk / "filler", max(0, size - pages * PAGE_BYTES))

    def create(self, name, client=None, **fields):
        """True when it was acknowledged, False when the storage was full; anything else fails."""
        answer = (client or self.api).post("/contacts/", contact_body(name, tags=["full"], **fields))
        if answer.status == 201:
            self.made.append(name)
            return True
        self.assertEqual((answer.status, answer.code), (507, "storage_full"), answer)
        return False

    def check_all(self):
        rows, counts = self.api.walk("/contacts/")
        self.assertEqual(sorted(row["name"] for row in rows), sorted(self.made))
        self.assertEqual(set(counts), {len(self.made)})
        self.assertEqual(self.api.expect(200, "GET", "/contacts/?status=active")["count"], len(self.made))
        self.assertEqual(self.api.expect(200, "GET", "/contacts/?tags=full")["count"], len(self.made))

    def check_file(self):
        copy = self.folder / "copy"
        copy.mkdir()
        for name in ("contacts.db", "contacts.db-wal"):
            shutil.copy(self.disk / name, copy / name)
        database = sqlite3.connect(copy / "contacts.db")
        self.addCleanup(database.close)
        self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [])

    def test_full_then_room_again(self):
        first = self.api.expect(201, "POST", "/contacts/", contact_body("First", tags=["full"]))
        self.made.append("First")
        fill(self.disk)
        for number in range(5):
            self.assertFalse(self.create(f"Too much {number}"))
        for method, path, body in (("PATCH", f"/contacts/{first['id']}/", {"name": "Other"}),
                                   ("PUT", f"/contacts/{first['id']}/inactive/", None),
                                   ("POST", "/namespaces/", {"name": "Second"})):
            answer = self.api.request(method, path, body)
            self.assertEqual((answer.status, answer.code), (507, "storage_full"), (method, path))
        self.assertEqual(self.api.get(f"/contacts/{first['id']}/").json, first)
        self.api.expect(200, "GET", "/readyz")
        self.check_all()
        os.remove(self.disk / "filler")
        self.assertTrue(self.create("Room again"))
        self.check_all()
        self.check_file()
        self.assertEqual(self.running.stop(), 0)

    def test_every_amount_of_room(self):
        """The disk ends at another page of the same write each time."""
        fill(self.disk)
        outcomes = []
        for number in range(60):
            outcomes.append(self.create(f"Step {number}", refs={"text": "y" * 3000}))
            if not outcomes[-1]:
                self.make_room(1)
        self.assertIn(True, outcomes)
        self.assertIn(False, outcomes)
        self.check_all()
        self.check_file()

    def test_many_clients_while_it_fills_by_itself(self):
        (self.disk / "filler").write_bytes(b"x" * (DISK_BYTES // 2))
        clients = [self.client(self.running, self.bearer) for _ in range(4)]
        self.assertEqual(create_until_full(lambda name, client: self.create(name, client, refs={"text": "z" * 8000}),
                                           clients, 5_000), [])
        self.check_all()
        os.remove(self.disk / "filler")
        self.assertTrue(self.create("Room again"))
        self.check_all()
        self.check_file()


if __name__ == "__main__":
    unittest.main()

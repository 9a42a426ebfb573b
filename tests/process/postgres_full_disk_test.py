"""A PostgreSQL server whose disk is full: writes answer 503, reads go on, and once there is room writes work without a
restart of the service. A server whose WAL has no room ends; when it is back, so is the service.

Needs root, for a small file system of its own in a mount namespace of its own, which ends with the test.
"""
import contextlib
import os
import secrets
import shutil
import sys
import threading
import unittest
from pathlib import Path

from harness import ServiceTestCase, contact_body, wait_until
from small_disk import SmallDisks, create_until_full, fill, needs_mount

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "postgres"))
from cluster import Cluster  # noqa: E402  (it is found only now)

DISK_BYTES = 64 * 1024 * 1024
ROOM_BYTES = 4 * 1024 * 1024


class ClusterOnSmallDisk(Cluster):
    """Two of its folders, once `mount` was called, are small file systems that the server's processes alone see."""

    disks = None

    def mount(self):
        self.stop()
        folders = [self.folder / "small", self.folder / "data" / "pg_wal"]
        folders[0].mkdir()
        owner = (self.folder / "data").stat()
        os.chown(folders[0], owner.st_uid, owner.st_gid)
        self.disks = SmallDisks(DISK_BYTES, *folders)
        # The start alone has to be in the namespace: it is the server that sees the file systems.
        self.prefix = self.disks.prefix
        self.start()
        self.tables, self.wal = map(self.disks.seen, folders)

    def remove(self):
        super().remove()
        if self.disks is not None:
            self.disks.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@needs_mount
class FullDisk(ServiceTestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = ClusterOnSmallDisk(["max_wal_size=32MB", "min_wal_size=32MB"])
        cls.addClassCleanup(cls.cluster.remove)
        cls.cluster.start()
        cls.cluster.mount()

    def setUp(self):
        super().setUp()
        self.made, self.lock = [], threading.Lock()

    def serve(self, database="contactd"):
        self.running = self.service("--store", self.cluster.url("contactd", database),
                                    "--owner-store", self.cluster.url("contactd_owner", database))
        self.api = self.client(self.running)
        self.api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})

    def create(self, name, client=None):
        """True when it was acknowledged, False when the store was not available; anything else fails."""
        answer = (client or self.api).post("/contacts/", contact_body(name, tags=["full"],
                                                                      refs={"text": secrets.token_hex(6000)}))
        if answer.status == 201:
            with self.lock:
                self.made.append(name)
            return True
        self.assertEqual((answer.status, answer.code, answer.headers["Retry-After"]), (503, "unavailable", "1"), answer)
        return False

    def check_all(self, perhaps=()):
        rows, counts = self.api.walk("/contacts/")
        names = sorted(row["name"] for row in rows)
        self.assertEqual(sorted(set(names) - set(perhaps)), sorted(self.made))
        self.assertEqual(len(set(names)), len(names))
        self.assertEqual(set(counts), {len(names)})
        self.assertEqual(self.api.expect(200, "GET", "/contacts/?tags=full")["count"], len(names))
        self.assertEqual(self.api.expect(200, "GET", "/contacts/?search=person")["count"], len(names))

    def test_tables_without_room(self):
        disk = self.cluster.tables
        self.cluster.sql(f"CREATE TABLESPACE small LOCATION '{self.cluster.folder}/small'")
        self.cluster.sql("CREATE DATABASE small OWNER contactd_owner TABLESPACE small")
        self.serve("small")
        first = self.api.expect(201, "POST", "/contacts/", contact_body("Person one", tags=["full"]))
        self.made.append("Person one")
        fill(disk, ROOM_BYTES)
        clients = [self.client(self.running, self.api.bearer) for _ in range(4)]
        self.assertEqual(create_until_full(self.create, clients, 2_000), [])
        self.assertGreater(len(self.made), 20)
        wait_until(lambda: '"reason":"the database said 53100: ' in self.running.log(), what="the reason in the log")
        self.assertEqual(self.api.get(f"/contacts/{first['id']}/").json, first)
        self.api.expect(200, "GET", "/readyz")
        self.check_all()
        os.remove(disk / "filler")
        self.assertTrue(self.create("Person room again"))
        self.check_all()

    def test_wal_without_room(self):
        disk = self.cluster.wal
        self.serve()
        for number in range(20):
            self.assertTrue(self.create(f"Person {number}"))
        fill(disk)
        refused = []
        for number in range(40):
            with contextlib.suppress(RuntimeError):   # what is ready for the next writes has to be used up first
                self.cluster.sql("SELECT pg_switch_wal()")
            if not self.create(f"Person full {number}"):
                refused.append(f"Person full {number}")
                break
        self.assertTrue(refused)
        wait_until(lambda: not self.cluster.is_running(), what="the end of the server")
        self.assertFalse(self.create("Person of nobody"))
        self.assertEqual(self.api.get("/healthz").status, 200)
        self.assertEqual(self.api.get("/readyz").status, 503)
        os.remove(disk / "filler")
        self.cluster.start()
        wait_until(lambda: self.api.get("/readyz").status == 200, what="readiness")
        self.assertTrue(self.create("Person room again"))
        self.check_all(perhaps=refused)
        self.assertNotIn("Person of nobody", [row["name"] for row in self.api.walk("/contacts/")[0]])


if __name__ == "__main__":
    unittest.main()

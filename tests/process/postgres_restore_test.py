"""Backup and point-in-time restore of a PostgreSQL store, as docs/operations/postgresql-backup.md tells it: a base
backup while the service writes, an archive of WAL, and a server that stands where the store stood between two
writes."""
import os
import shutil
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

from harness import ServiceTestCase, contact_body, wait_until

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "postgres"))
from cluster import Cluster  # noqa: E402  (it is found only now)


class Restore(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.cluster = Cluster(["archive_mode=on", "wal_level=replica"])
        self.addCleanup(self.cluster.remove)
        self.cluster.start()
        self.archive = self.cluster.folder / "archive"
        self.archive.mkdir()
        self.give(self.archive)
        place = f"{self.archive}/%f"
        self.cluster.sql(f"ALTER SYSTEM SET archive_command = 'test ! -f {place} && cp %p {place}.part && "
                         f"sync {place}.part && mv {place}.part {place}'")
        with open(self.cluster.folder / "data" / "pg_hba.conf", "a", encoding="utf-8") as rules:
            rules.write("local replication all trust\n")
        self.cluster.sql("SELECT pg_reload_conf()")

    def give(self, path):
        """To the user that the server runs as."""
        owner = (self.cluster.folder / "data").stat()
        os.chown(path, owner.st_uid, owner.st_gid)

    def as_server(self, *command):
        owner = (self.cluster.folder / "data").stat()
        user = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run([str(part) for part in command], **user, check=True, timeout=120)

    def now(self):
        """The server's time, with a moment before and behind it in which nothing is committed."""
        time.sleep(0.2)
        at = self.cluster.sql("SELECT clock_timestamp()")
        time.sleep(0.2)
        return at

    def serve(self, cluster, name):
        data = self.folder / name
        data.mkdir()
        secret = self.folder / "before" / "dev-secret"
        if secret.exists():
            shutil.copy(secret, data / "dev-secret")
        return self.service("--store", cluster.url(), "--owner-store", cluster.url("contactd_owner"), data=data)

    def restore(self, at):
        """Another server, from the backup and the archive, as things were then."""
        restored = Cluster()
        self.addCleanup(restored.remove)
        self.give(restored.folder)
        data = restored.folder / "data"
        self.as_server("cp", "-a", self.cluster.folder / "backup", data)
        # What the old server archived into is not this one's.
        settings = (f"restore_command = 'cp {self.archive}/%f %p'\nrecovery_target_time = '{at}'\n"
                    "recovery_target_action = 'promote'\narchive_mode = off\n")
        with open(data / "postgresql.auto.conf", "a", encoding="utf-8") as file:
            file.write(settings)
        (data / "recovery.signal").touch()
        self.give(data / "recovery.signal")
        restored.start()
        wait_until(lambda: restored.sql("SELECT pg_is_in_recovery()") == "f", what="promotion")
        return restored

    def test_a_store_as_it_was_between_two_writes(self):
        service = self.serve(self.cluster, "before")
        api = self.client(service)
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana", "contact_pattern": "C/{counter:05}"})
        stop, trouble = threading.Event(), []

        def write(client):
            number = 0
            while not stop.is_set():
                number += 1
                answer = client.post("/contacts/", contact_body(f"Meanwhile {number}"))
                if answer.status != 201:
                    trouble.append(answer)

        writer = threading.Thread(target=write, args=(self.client(service),))
        writer.start()
        try:
            backup = self.cluster.folder / "backup"
            self.as_server("pg_basebackup", "-d", self.cluster.url("postgres"),
                           "-D", backup, "--checkpoint=fast", "--wal-method=stream", "--no-sync")
            self.as_server(max(Path("/usr/lib/postgresql").glob("*/bin/pg_verifybackup")), "--quiet", backup)
        finally:
            stop.set()
            writer.join()
        self.assertEqual(trouble, [])
        wanted = api.expect(201, "POST", "/contacts/", contact_body("Wanted"))
        path = f"/contacts/{wanted['id']}/"
        changed = api.expect(201, "PATCH", path, {"rm_id": "rm-1"})
        before = api.walk("/contacts/")[0]
        at = self.now()
        api.expect(201, "PATCH", path, {"name": "Spoilt"})
        api.expect(201, "POST", "/contacts/", contact_body("Unwanted"))
        self.cluster.sql("SELECT pg_switch_wal()")
        self.wait_for_archive()
        self.assertEqual(service.stop(), 0)
        self.cluster.stop()

        api = self.client(self.serve(self.restore(at), "after"))
        rows, counts = api.walk("/contacts/")
        self.assertEqual(rows, before)
        self.assertEqual(set(counts), {len(before)})
        self.assertEqual(api.expect(200, "GET", path), changed)
        self.assertEqual(api.expect(200, "GET", path + "history/")["count"], 2)
        self.assertEqual(api.expect(200, "GET", "/contacts/?search=unwanted")["count"], 0)
        self.assertEqual(api.expect(200, "GET", "/contacts/?search=wanted")["count"], 1)
        # References go on behind those that are there.
        numbers = [int(row["ref_id"][2:]) for row in before]
        following = api.expect(201, "POST", "/contacts/", contact_body("Following"))
        self.assertEqual(following["ref_id"], f"C/{max(numbers) + 1:05}")

    def wait_for_archive(self):
        """Until every segment that is full is there."""
        states = self.cluster.folder / "data" / "pg_wal" / "archive_status"
        wait_until(lambda: not any(each.suffix == ".ready" for each in states.iterdir()), what="the archive")


if __name__ == "__main__":
    unittest.main()

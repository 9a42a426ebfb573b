"""`contactd backup`: whole and durable copies of a store that is written to, and what is refused."""
import os
import shutil
import stat
import subprocess
import threading
import time
import unittest

from harness import LOST, binary, clean_environment, contact_body, run_program, token
from keeping import KeepingTestCase
from stores import ask, change, contents_of, damage_page, fill, make_old_store

DISK_BYTES = 1024 * 1024
MOUNT = 'mount -t tmpfs -o size="$0" tmpfs "$1" && shift && exec "$@"'
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'


def may_mount():
    unshare = shutil.which("unshare")
    return unshare and os.geteuid() == 0 and subprocess.run([unshare, "--mount", "true"], check=False).returncode == 0


def run_in_mount(script, *arguments):
    """Runs the shell script in a mount name space of its own."""
    return subprocess.run(["unshare", "--mount", "--propagation", "private", "sh", "-c", script, *map(str, arguments)],
                          env=clean_environment(), capture_output=True, text=True, timeout=120, check=False)


class Writers:
    """Clients that create contacts without a pause, and remember what was acknowledged."""

    def __init__(self, case, service, count=4):
        self.acknowledged = []
        self.slowest_seconds = 0.0
        self.trouble = []
        self.stopping = threading.Event()
        bearer = token(service.data)
        clients = [case.client(service, bearer) for _ in range(count)]
        self.threads = [threading.Thread(target=self.run, args=(client, place)) for place, client in enumerate(clients)]
        for thread in self.threads:
            thread.start()
        case.addCleanup(self.stop)

    def run(self, client, place):
        number = 0
        while not self.stopping.is_set():
            body = contact_body(f"Writer {place}", ref_id=f"W{place}-{number}", tags=["load"], refs={"fill": "x" * 500})
            before = time.monotonic()
            try:
                answer = client.post("/contacts/", body)
            except LOST as error:
                self.trouble.append(repr(error))
                return
            self.slowest_seconds = max(self.slowest_seconds, time.monotonic() - before)
            if answer.status != 201:
                self.trouble.append(repr(answer))
                return
            self.acknowledged.append(answer.json["id"])
            number += 1

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join()


class UnderLoad(KeepingTestCase):
    def test_a_backup_while_writes_go_on_holds_all_that_was_acknowledged_before(self):
        service = self.service()
        fill(self.client(service), 20)
        writers = Writers(self, service)
        for round_number in range(3):
            self.file = self.file.with_name(f"copy{round_number}")
            time.sleep(0.7)
            before = list(writers.acknowledged)
            self.back_up()
            after = set(writers.acknowledged)
            self.assertEqual(writers.trouble, [])
            self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
            self.assertEqual([path.name for path in self.file.parent.iterdir() if path != self.file and
                              not path.name.startswith("copy")], [])
            kept = {row[0] for row in ask(f"file:{self.file}?immutable=1", "SELECT id FROM contacts")}
            self.assertGreater(len(before), 0)
            self.assertEqual(set(before) - kept, set())
            self.assertGreater(len(after - set(before)), 0, "writes went on meanwhile")
            other = self.folder / f"restored{round_number}"
            self.done("restore", "--from", self.file, "--data", other)
            self.assertIn("is sound", self.done("check", "--data", other))
            again = self.service(data=other)
            api = self.client(again)
            self.assertEqual(api.expect(200, "GET", "/contacts/?page_size=1")["count"], len(kept))
            self.assertEqual(api.expect(200, "GET", f"/contacts/{before[-1]}/")["id"], before[-1])
            self.assertEqual(again.stop(), 0)
        writers.stop()
        self.assertEqual(writers.trouble, [])
        self.assertLess(writers.slowest_seconds, 10, "writers do not wait for a backup's end")

    def test_the_service_is_killed_during_a_backup(self):
        service = self.service()
        fill(self.client(service), 10)
        writers = Writers(self, service)
        time.sleep(1)
        with subprocess.Popen([binary(), "backup", "--data", self.data, "--to", self.file], env=clean_environment(),
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as backup:
            service.kill()
            self.assertEqual(backup.wait(60), 0)
        writers.stop()
        self.assertIn("is sound", self.done("check", "--data", self.data))
        again = self.service()
        api = self.client(again)
        rows, _ = api.walk("/contacts/?tags=load")
        self.assertEqual(set(writers.acknowledged) - {row["id"] for row in rows}, set())

    def test_a_backup_that_is_killed_leaves_nothing_that_hinders(self):
        self.filled_store(200)
        for _ in range(5):
            with subprocess.Popen([binary(), "backup", "--data", self.data, "--to", self.file],
                                  env=clean_environment(), stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL) as backup:
                time.sleep(0.02)
                backup.kill()
            self.file.unlink(missing_ok=True)
        self.back_up()
        self.assertEqual([path.name for path in self.file.parent.iterdir()], [self.file.name])


class Backup(KeepingTestCase):
    def test_of_a_store_that_nobody_serves(self):
        ids = self.filled_store()
        before = contents_of(self.data)
        said = self.back_up()
        self.assertIn(str(self.file), said)
        self.assertEqual(contents_of(self.data), before)
        shutil.rmtree(self.data)
        self.done("restore", "--from", self.file, "--data", self.data)
        api = self.client(self.service())
        self.assertEqual(api.expect(200, "GET", "/contacts/?search=person")["count"], len(ids))

    def test_what_the_log_holds_is_in_it(self):
        service = self.service()
        ids = fill(self.client(service), 3)
        service.kill()
        self.assertGreater((self.data / "contacts.db-wal").stat().st_size, 0)
        self.back_up()
        self.assertEqual(len(ask(f"file:{self.file}?immutable=1", "SELECT id FROM contacts")), len(ids))

    def test_an_old_store_can_be_backed_up_before_it_is_migrated(self):
        make_old_store(self.data)
        self.back_up()
        other = self.folder / "other"
        said = self.done("restore", "--from", self.file, "--data", other)
        self.assertIn(f"run: contactd migrate --data {other}", said)
        self.done("migrate", "--data", other)
        self.assertIn("is sound", self.done("check", "--data", other))

    def test_what_is_refused(self):
        self.filled_store()
        back_up = ("backup", "--data", self.data, "--to")
        self.file.write_text("somebody's")
        self.refused((str(self.file), "exists already"), *back_up, self.file)
        self.assertEqual(self.file.read_text(), "somebody's")
        self.file.unlink()
        self.file.symlink_to(self.folder / "nowhere")
        self.refused(("exists already",), *back_up, self.file)
        self.file.unlink()
        self.refused(("No such file or directory",), *back_up, self.folder / "missing" / "file")
        self.refused(("there is no store",), "backup", "--data", self.folder / "missing", "--to", self.file)
        self.assertFalse((self.folder / "missing").exists())
        self.refused(("--to",), "backup", "--data", self.data, status=2)
        self.refused(("--data",), "backup", "--to", self.file, status=2)
        self.refused(("--store",), *back_up, self.file, "--store", "mysql://host/base", status=2)
        self.refused(("embedded store",), *back_up, self.file, "--store", "postgresql://host/base", status=2)

    def test_what_is_no_store(self):
        self.data.mkdir()
        self.store.write_bytes(b"this is no database, but it is somebody's file\n" * 400)
        self.refused(("is not a store of contactd",), "backup", "--data", self.data, "--to", self.file)
        self.store.unlink()
        change(self.store, "CREATE TABLE orders (id INTEGER)")
        self.refused(("is not a store of contactd",), "backup", "--data", self.data, "--to", self.file)

    def test_a_damaged_store_gives_no_backup(self):
        self.filled_store(300)
        root = ask(self.store, "SELECT rootpage FROM sqlite_master WHERE name = 'contacts'")[0][0]
        damage_page(self.store, root)
        self.refused(("damaged", "contactd check"), "backup", "--data", self.data, "--to", self.file)
        self.assertEqual(list(self.file.parent.iterdir()), [])

    @unittest.skipUnless(may_mount(), "needs root, to mount a small file system in a name space of its own")
    def test_a_full_disk_and_a_folder_that_cannot_be_written(self):
        service = self.service()
        api = self.client(service)
        fill(api, 10)
        for number in range(150):
            api.expect(201, "POST", "/contacts/", contact_body("Big", ref_id=f"B{number}", refs={"fill": "x" * 8000}))
        command = (binary(), "backup", "--data", self.data, "--to", self.file)
        ended = run_in_mount(MOUNT, DISK_BYTES, self.file.parent, *command)
        self.assertEqual(ended.returncode, 1, ended)
        self.assertIn(f"there is no room for {self.file}", ended.stderr)
        ended = run_in_mount(READ_ONLY, self.file.parent, *command)
        self.assertEqual(ended.returncode, 1, ended)
        self.assertIn("Read-only file system", ended.stderr)
        # SQLite needs to write beside a store that it reads.
        self.assertEqual(service.stop(), 0)
        for command, status in (("backup", 1), ("check", 2), ("migrate", 1)):
            to = ("--to", self.file) if command == "backup" else ()
            ended = run_in_mount(READ_ONLY, self.data, binary(), command, "--data", self.data, *to)
            self.assertEqual(ended.returncode, status, ended)
            self.assertRegex(ended.stderr, rf"^contactd: cannot [^\n]*{self.data}[^\n]*: Read-only file system\n$")
        self.assertEqual(list(self.file.parent.iterdir()), [])

    def test_progress(self):
        self.filled_store(50)
        ended = run_program("backup", "--data", self.data, "--to", self.file)
        self.assertIn("Backup 100 %\n", ended.stderr)


if __name__ == "__main__":
    unittest.main()

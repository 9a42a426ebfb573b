"""What the tests of `contactd copy` have in common: a store with all that there is, a server, and looks at both."""
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from harness import Service, ServiceTestCase, binary, clean_environment, contact_body, run_program, token
from stores import ask, fill, rows_of

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "postgres"))
from cluster import Cluster  # noqa: E402  (it is found only now)

SANDBOX, SECOND = "sandbox-lender", "tenant-two"
KEYED = contact_body("Keyed Person", ref_id="keyed-person", tags=["keyed"])
FEW_ROWS = ("--rows-at-once", "20")
COPY_SECONDS_MAX = 300
DONE = "both were read again and found equal"


def make_source(data):
    """Two tenants: a sandbox, and one that has drawn references, used a key, and removed something."""
    made = run_program("sandbox", "--data", data, "--contacts", "300")
    assert made.returncode == 0, made
    service = Service(data).start()
    try:
        api = service.client(token(data, SECOND))
        contacts = fill(api)
        namespace = api.expect(200, "GET", "/namespaces/")["results"][0]["id"]
        for _ in range(3):
            api.expect(201, "POST", f"/namespaces/{namespace}/account_refs/", {})
        address = api.expect(200, "GET", "/contacts/addresses/")["results"][0]["id"]
        assert api.request("DELETE", f"/contacts/addresses/{address}/").status == 204
        for contact in contacts[:5]:
            api.expect(201, "PATCH", f"/contacts/{contact}/", {
                "name": "Zoe Aero", "tags": ["silver", "keyed"], "refs": {"note": "Zoë \u20ac \U0001f600 'quoted' \\"}})
            api.expect(200, "PUT", f"/contacts/{contact}/inactive/")
        assert api.post("/contacts/", KEYED, key="once").status == 201
        api.close()
    finally:
        assert service.stop() == 0


def tables_of(path):
    return [row[0] for row in ask(path, "SELECT DISTINCT table_name FROM schema_columns ORDER BY table_name")]


def dump(path):
    """Every row of every table, but for where it stands; counts of nothing aside."""
    rows = {table: rows_of(path, table) for table in tables_of(path)}
    for table in rows:
        if table.endswith("_counts"):
            rows[table] = [row for row in rows[table] if row["total"] != 0]
    return rows


def answers(api):
    """What a tenant is told, as bytes with their ETags."""
    contacts = api.expect(200, "GET", "/contacts/?page_size=40&ordering=name&expand=props")["results"]
    paths = ["/namespaces/", "/contacts/", "/contacts/?page_size=10&page=3", "/contacts/?ordering=-updated_at",
             "/contacts/?tags=silver", "/contacts/?tags=keyed,silver&status=inactive", "/contacts/?status=active",
             "/contacts/?search=per", "/contacts/?search=ra", "/contacts/?search=zoe&ordering=name",
             "/contacts/?expand=props,addresses,banks,relations"]
    paths += [f"/contacts/{kind}/?page_size=50{more}" for kind in ("addresses", "banks", "relations")
              for more in ("", "&search=pune", "&ordering=-updated_at")]
    for contact in contacts:
        paths += [f"/contacts/{contact['id']}/", f"/contacts/{contact['id']}/history/?page_size=50"]
    told = {path: api.get(path) for path in paths}
    cursor = told["/contacts/"].json.get("next_cursor")
    if cursor:
        told["cursor"] = api.get(f"/contacts/?cursor={cursor}")
    for contact in contacts[::4]:
        asked = {"name": contact["name"], "props": [{name: prop[name] for name in ("key", "type", "value")}
                                                    for prop in contact["props"]]}
        told["dedupe " + contact["id"]] = api.post("/contacts/dedupe/", asked)
    for path, answer in told.items():
        assert answer.status == 200, (path, answer)
    return {path: (answer.headers.get("ETag"), answer.content) for path, answer in told.items()}


class Shared:
    """A server and a source for all tests of a module, which calls `start` in its `setUpModule`."""
    cluster = None
    source = None

    @classmethod
    def start(cls):
        cls.cluster = Cluster()
        unittest.addModuleCleanup(cls.cluster.remove)
        cls.cluster.start()
        folder = Path(tempfile.mkdtemp(prefix="contactd-copy-"))
        unittest.addModuleCleanup(shutil.rmtree, folder, ignore_errors=True)
        cls.source = folder / "source"
        make_source(cls.source)


class CopyTestCase(ServiceTestCase):
    """`self.data` is a copy of the source, `self.database` an empty database."""

    def setUp(self):
        super().setUp()
        self.cluster = Shared.cluster
        shutil.copytree(Shared.source, self.data)
        self.source = "sqlite:" + str(self.data)
        self.database = "copy_" + self.id().rsplit(".", 1)[1][5:50]
        self.cluster.make_database(self.database)
        self.url = self.cluster.url("contactd", self.database)
        self.owner = ("--owner-store", self.cluster.url("contactd_owner", self.database))

    def sql(self, text):
        return self.cluster.sql(text, database=self.database)

    def there(self):
        """The command that copies to PostgreSQL."""
        return ("copy", "--from", self.source, "--to", self.url, *self.owner)

    def back(self, folder):
        """The one that copies from there."""
        return ("copy", "--from", self.url, "--to", f"sqlite:{folder}")

    def done(self, *command):
        ended = run_program(*command, seconds=COPY_SECONDS_MAX)
        self.assertEqual(ended.returncode, 0, ended)
        self.assertIn(DONE, ended.stdout)
        return ended

    def refused(self, words, *command, status=1):
        ended = run_program(*command)
        self.assertEqual((ended.returncode, ended.stdout), (status, ""), ended)
        if status == 1:
            self.assertRegex(ended.stderr, r"^((Copy|Verify)(: | \d+ %)[^\n]*\n)*contactd: [^\n]*\n$")
        for word in words:
            self.assertIn(word, ended.stderr)
        self.assertNotIn("hunter2", ended.stderr)

    def started(self, *command):
        process = subprocess.Popen([binary(), *command], env=clean_environment(), text=True, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        self.addCleanup(process.kill)
        return process

    def stopped_at(self, said, act, *command):
        """Runs a copy in small steps; soon after it has said that it stands still while `act(process)` is called. Gives
        how it ended."""
        heard, told = socket.socketpair()
        told.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)  # holds a handful of lines: the copy waits to be heard
        process = subprocess.Popen([binary(), *map(str, command), *FEW_ROWS], env=clean_environment(),
                                   stdout=subprocess.PIPE, stderr=told)
        told.close()
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)
        with heard, heard.makefile("rb", buffering=0) as lines:
            complaint = b""
            while not complaint.endswith(said.encode() + b"\n"):
                line = lines.readline()
                self.assertNotEqual(line, b"", f"it has not said {said}: {complaint}")
                complaint += line
            process.send_signal(signal.SIGSTOP)
            act(process)
            process.send_signal(signal.SIGCONT)
            complaint += lines.readall()
        printed = process.stdout.read()
        return process.wait(COPY_SECONDS_MAX), printed.decode(), complaint.decode()

    def killed(self, *command, said="Copy 30 %"):
        status, printed, _ = self.stopped_at(said, lambda process: process.send_signal(signal.SIGKILL), *command)
        self.assertEqual((status, printed), (-signal.SIGKILL, ""))

    def goes_on(self, *command):
        """It ends, and has brought a part of the rows alone."""
        ended = self.done(*command)
        rows_now, rows = map(int, re.search(r"Copy: (\d+) of (\d+) rows", ended.stderr).groups())
        self.assertLess(rows_now, rows * 0.8)
        self.assertGreater(rows_now, 0)

    def is_sound(self, folder):
        ended = run_program("check", "--data", folder)
        self.assertEqual((ended.returncode, ended.stdout), (0, f"{folder / 'contacts.db'} is sound\n"), ended)

    def service_on(self, name, *options):
        """A service with the development secret of the source."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        shutil.copy(self.data / "dev-secret", folder / "dev-secret")
        os.chmod(folder / "dev-secret", 0o600)
        return self.service(*options, data=folder)

"""The service behind pgbouncer with pool_mode=transaction: few connections to the server, shared by many."""
import os
import re
import shutil
import subprocess
import unittest
from concurrent.futures import ThreadPoolExecutor

from databases import PostgresTestCase, free_port
from harness import contact_body, run_program, token, wait_until
from slow_link import SlowLink

CLIENTS = 16
POOL = 3
CONFIGURATION = """[databases]
* = host={server} port=5432 pool_size={pool}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users.txt
pool_mode = transaction
logfile = {folder}/pgbouncer.log
pidfile = {folder}/pgbouncer.pid
admin_users = pgbouncer
log_connections = 0
log_disconnections = 0
"""


def pgbouncer():
    return shutil.which("pgbouncer", path=os.environ.get("PATH", "") + ":/usr/sbin")


def version():
    said = subprocess.run([pgbouncer(), "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(map(int, re.match(r"PgBouncer (\d+)\.(\d+)", said).groups()))


class PgbouncerTestCase(PostgresTestCase):
    database = "contactd"   # short: pgbouncer wants a client's first words in one piece, also through a slow link

    def setUp(self):
        super().setUp()
        self.port = free_port()
        self.start_pgbouncer()

    def start_pgbouncer(self):
        folder = self.cluster.folder / f"pgbouncer-{self.port}"
        folder.mkdir()
        configuration = folder / "pgbouncer.ini"
        configuration.write_text(CONFIGURATION.format(server=self.cluster.socket, pool=POOL, port=self.port,
                                                      folder=folder))
        (folder / "users.txt").write_text('"contactd" ""\n"contactd_owner" ""\n')
        owner = (self.cluster.folder / "data").stat()
        os.chown(folder, owner.st_uid, owner.st_gid)
        user = {"user": owner.st_uid, "group": owner.st_gid} if os.geteuid() == 0 else {}
        process = subprocess.Popen([pgbouncer(), "-q", configuration], **user, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        wait_until((folder / "pgbouncer.pid").exists, what="pgbouncer")

    def pooled_url(self, port=None):
        return f"postgresql://contactd@127.0.0.1:{port or self.port}/{self.database}"

    def pooled_node(self, *options, port=None):
        return self.service("--store", self.pooled_url(port), "--owner-store", self.url("contactd_owner"), *options)

    def server_connections(self):
        return int(self.query("SELECT COUNT(*) FROM pg_stat_activity WHERE usename = 'contactd'"))


class TransactionMode(PgbouncerTestCase):
    def setUp(self):
        super().setUp()
        self.running = self.pooled_node("--prepared-statements", "off", "--database-connections", "16")

    def clients(self, tenants):
        """One for each number; they take turns between the tenants."""
        bearers = [token(self.running.data, tenants[n % len(tenants)], f"user-{n:04}") for n in range(CLIENTS)]
        return [self.client(self.running, bearer) for bearer in bearers]

    def at_once(self, work, clients):
        with ThreadPoolExecutor(len(clients)) as pool:
            return list(pool.map(work, range(len(clients)), clients))

    def test_two_tenants_at_once_see_their_own_alone(self):
        tenants = ("tenant-one", "tenant-two")
        clients = self.clients(tenants)
        for api in clients[:2]:
            api.expect(201, "POST", "/namespaces/", {"name": "Vayana", "contact_pattern": "C/{counter:05}"})

        def work(number, api):
            mine = tenants[number % 2]
            made = {}
            for turn in range(5):
                body = contact_body(f"Asha {mine} {number} {turn}", tags=[mine])
                answer = api.post("/contacts/", body, key=f"{number}-{turn}")
                self.assertEqual(answer.status, 201, answer)
                again = api.post("/contacts/", body, key=f"{number}-{turn}")
                self.assertEqual((again.status, again.content), (201, answer.content))
                path = f"/contacts/{answer.json['id']}/"
                tag = api.get(path).headers["ETag"]
                changed = api.request("PATCH", path, {"rm_id": f"rm-{turn}"}, {"If-Match": tag})
                self.assertEqual(changed.status, 201, changed)
                self.assertEqual(api.request("PATCH", path, {"rm_id": "late"}, {"If-Match": tag}).status, 412)
                made[answer.json["ref_id"]] = answer.json["id"]
                for page in (api.expect(200, "GET", "/contacts/?page_size=100"),
                             api.expect(200, "GET", f"/contacts/?search=asha+{mine}&page_size=100")):
                    self.assertEqual({row["tenant_id"] for row in page["results"]}, {mine})
                self.assertEqual(api.expect(200, "GET", f"/contacts/?search={tenants[(number + 1) % 2]}")["count"], 0)
            return made

        made = self.at_once(work, clients)
        self.assertLessEqual(self.server_connections(), POOL)
        for side in (0, 1):
            references = sorted(each for some in made[side::2] for each in some)
            self.assertEqual(references, [f"C/{n:05}" for n in range(1, len(references) + 1)])
            self.assertEqual(clients[side].expect(200, "GET", "/contacts/")["count"], len(references))
            for other in made[1 - side]:
                self.assertEqual(clients[side].get(f"/contacts/{made[1 - side][other]}/").status, 404)
        self.assertEqual([line for line in self.running.log().splitlines() if '"status":5' in line], [])

    def test_a_transaction_that_comes_in_pieces_stays_one(self):
        """pgbouncer gives the server's connection to others as soon as a transaction has ended, also when the pieces of
        the next one have begun to come: nothing may be on its way then."""
        link = SlowLink(self.port)
        self.addCleanup(link.close)
        self.running.stop()
        self.running = self.pooled_node("--prepared-statements", "off", "--database-connections", "8", port=link.port)
        clients = self.clients(("tenant-one", "tenant-two"))[:8]
        for api in clients[:2]:
            api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})

        def work(number, api):
            for turn in range(10):
                made = api.expect(201, "POST", "/contacts/", contact_body(f"Asha {number} {turn}"))
                for _ in range(5):
                    self.assertEqual(api.expect(200, "GET", f"/contacts/{made['id']}/"), made)
                api.expect(200, "GET", "/contacts/")

        self.at_once(work, clients)
        self.assertEqual(self.query("SELECT COUNT(*) FROM contacts"), "80")


class Start(PgbouncerTestCase):
    def refused(self, url, *words, options=()):
        ended = run_program("serve", "--data", self.data, "--listen", "127.0.0.1:0", "--store", url, "--owner-store",
                            self.url("contactd_owner"), *options)
        self.assertEqual((ended.returncode, ended.stdout), (1, ""), ended)
        self.assertEqual(len(ended.stderr.splitlines()), 1, ended.stderr)
        for word in words:
            self.assertIn(word, ended.stderr)

    @unittest.skipIf(version() >= (1, 21), "this pgbouncer knows prepared statements")
    def test_prepared_statements_are_said_to_be_in_the_way(self):
        self.refused(self.pooled_url(), "prepared statement", "--prepared-statements off")

    def test_a_parameter_that_is_not_passed_on_is_said(self):
        self.refused(self.pooled_url() + "?options=-csearch_path%3Dpublic", "unsupported startup parameter",
                     "set it for the role", options=("--prepared-statements", "off"))


if __name__ == "__main__":
    unittest.main()

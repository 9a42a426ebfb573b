"""PostgreSQL databases for the tests of this folder, one for each test, on a server of their own."""
import os
import subprocess
import sys
from pathlib import Path

from harness import ServiceTestCase

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "postgres"))
from cluster import Cluster, free_port  # noqa: E402  (it is found only now)

OLD_DATABASE = Path(__file__).with_name("postgres_before_record.sql")


def node_folder(folder, number):
    """The data of one of several services that share their secrets."""
    data = folder / f"node-{number}"
    data.mkdir(exist_ok=True)
    secret = folder / "node-0" / "dev-secret"
    if number > 0 and secret.exists():
        (data / "dev-secret").write_bytes(secret.read_bytes())
        os.chmod(data / "dev-secret", 0o600)
    return data


class PostgresTestCase(ServiceTestCase):
    database = None   # its name; made of the test's own where a class gives none

    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster()
        cls.addClassCleanup(cls.cluster.remove)
        cls.cluster.start()

    def setUp(self):
        super().setUp()
        self.database = self.database or "test_" + self.id().rsplit(".", 1)[1][:50]
        self.cluster.make_database(self.database)

    def url(self, role="contactd", database=None):
        return self.cluster.url(role, database or self.database)

    def node(self, number=0, *options):
        """One of several services on the database; all share their secrets."""
        data = node_folder(self.folder, number)
        return self.service("--store", self.url(), "--owner-store", self.url("contactd_owner"), *options, data=data)

    def query(self, sql, role="postgres"):
        return self.cluster.sql(sql, role, self.database)

    def run_sql(self, text, role="contactd_owner"):
        """A whole script, in one transaction."""
        subprocess.run(["psql", "--no-psqlrc", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-o", "/dev/null",
                        self.url(role)], input=text, text=True, check=True, timeout=60,
                       env={**os.environ, "PGOPTIONS": "-cclient_min_messages=warning"})

    def make_old_database(self):
        """A store as an earlier version left it."""
        self.run_sql(OLD_DATABASE.read_text(encoding="utf-8"))

    def dump(self, *options):
        """What pg_dump says, without what differs from run to run."""
        done = subprocess.run(["pg_dump", "--no-comments", "--inserts", *options, self.url("postgres")],
                              capture_output=True, text=True, check=True, timeout=60)
        return "".join(line + "\n" for line in done.stdout.splitlines()
                       if line and not line.startswith(("--", "\\restrict", "\\unrestrict")))

    def hold_table(self, table):
        """Nobody else may touch it until the session that this gives is killed."""
        holder = self.cluster.session(self.database, "contactd_owner")
        self.addCleanup(holder.kill)
        holder.run(f"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        return holder

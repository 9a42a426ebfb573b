"""The script that makes the database of deploy/container/compose-postgresql.yaml, run on a real server, and the service
with the variables that the Compose file gives it."""
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT / "tests" / "process"), str(PROJECT / "tests" / "postgres")]
from cluster import Cluster  # noqa: E402  (they are found only now)
from harness import ServiceTestCase, contact_body  # noqa: E402

CONTAINER = PROJECT / "deploy" / "container"
PASSWORDS = {"CONTACTD_PASSWORD": "hunter2serves", "CONTACTD_OWNER_PASSWORD": "hunter2owns"}


class Database(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.cluster = Cluster()
        self.addCleanup(self.cluster.remove)
        self.cluster.start()
        self.cluster.sql("DROP DATABASE contactd", database="postgres")
        self.cluster.sql("DROP ROLE contactd_owner", database="postgres")
        self.cluster.sql("DROP ROLE contactd", database="postgres")
        (self.cluster.folder / "data" / "pg_hba.conf").write_text(
            "local all postgres trust\nlocal all all scram-sha-256\n")
        self.cluster.sql("SELECT pg_reload_conf()", database="postgres")

    def make_database(self):
        variables = {**os.environ, **PASSWORDS, "POSTGRES_USER": "postgres", "PGHOST": self.cluster.socket}
        return subprocess.run([CONTAINER / "make-database"], env=variables, capture_output=True, text=True, check=False)

    def variable(self, name):
        """As Compose gives it to the service, but for the host."""
        text = (CONTAINER / "compose-postgresql.yaml").read_text(encoding="utf-8")
        value = re.search(rf"^      {name}: (.*)$", text, re.M).group(1)
        value = re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: PASSWORDS[found.group(1)], value)
        self.assertIn("@postgres/contactd", value)
        return value.replace("@postgres/contactd", f"@/contactd?host={self.cluster.socket}")

    def test_the_service_works_on_what_the_script_made(self):
        made = self.make_database()
        self.assertEqual((made.returncode, made.stderr), (0, ""))
        variables = {name: self.variable(name) for name in ("CONTACTD_STORE", "CONTACTD_OWNER_STORE")}
        service = self.service(variables=variables)
        api = self.client(service)
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        api.expect(201, "POST", "/contacts/", contact_body("Asha Rao"))
        self.assertEqual(self.cluster.sql("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"),
                         "contactd_owner")
        self.assertEqual(self.cluster.sql("SELECT rolname FROM pg_roles WHERE rolsuper OR rolbypassrls OR rolcreatedb"),
                         "postgres")
        self.assertEqual(service.stop(), 0)
        del variables["CONTACTD_OWNER_STORE"]
        again = self.service(variables=variables)
        self.assertEqual(self.client(again).expect(200, "GET", "/contacts/")["count"], 1)
        self.assertNotIn("hunter2", again.log())
        made = self.make_database()
        self.assertNotEqual(made.returncode, 0)
        self.assertIn("already exists", made.stderr)


if __name__ == "__main__":
    unittest.main()

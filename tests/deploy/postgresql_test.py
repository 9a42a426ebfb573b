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
from harness import ServiceTestCase, contact_body, run_program  # noqa: E402

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

    def variables(self, service):
        """Those of the store, as Compose gives them to a service, but for the host."""
        text = (CONTAINER / "compose-postgresql.yaml").read_text(encoding="utf-8")
        of_service = text.split(f"\n  {service}:\n")[1].split("\n\n")[0]
        host = f"@/contactd?host={self.cluster.socket}"
        return {name: re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: PASSWORDS[found.group(1)], value)
                .replace("@postgres/contactd", host)
                for name, value in re.findall(r"^      (CONTACTD_\w*STORE): (.*@postgres/contactd)$", of_service, re.M)}

    def test_the_service_works_on_what_the_script_made(self):
        made = self.make_database()
        self.assertEqual((made.returncode, made.stderr), (0, ""))
        serves, migrates = self.variables("contactd"), self.variables("migrate")
        self.assertEqual(list(serves), ["CONTACTD_STORE"])
        self.assertEqual(list(migrates), ["CONTACTD_STORE", "CONTACTD_OWNER_STORE"])
        early = run_program("serve", "--data", self.data, "--listen", "127.0.0.1:0", variables=serves)
        self.assertEqual(early.returncode, 1, early)
        self.assertIn("no tables yet", early.stderr)
        for expected in ("a new store", "was up to date already"):
            ended = run_program("migrate", variables=migrates)
            self.assertEqual(ended.returncode, 0, ended)
            self.assertIn(expected, ended.stdout + ended.stderr)
        service = self.service(variables=serves)
        api = self.client(service)
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        api.expect(201, "POST", "/contacts/", contact_body("Asha Rao"))
        self.assertEqual(self.cluster.sql("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"),
                         "contactd_owner")
        self.assertEqual(self.cluster.sql("SELECT rolname FROM pg_roles WHERE rolsuper OR rolbypassrls OR rolcreatedb"),
                         "postgres")
        self.assertNotIn("hunter2", service.log())
        made = self.make_database()
        self.assertNotEqual(made.returncode, 0)
        self.assertIn("already exists", made.stderr)


if __name__ == "__main__":
    unittest.main()

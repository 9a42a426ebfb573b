"""The service on PostgreSQL over TLS: whom it trusts, and that passwords from files stay there.

The authority and the certificates are made when the tests run.
"""
import os
import shutil
import subprocess
import sys
import unittest
import urllib.request
from pathlib import Path

from harness import ServiceTestCase, contact_body, run_program, wait_until

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "postgres"))
from cluster import Cluster, free_port  # noqa: E402  (it is found only now)

PASSWORD = "hunter2-of-contactd"
OWNER_PASSWORD = "hunter2-of-its-owner"
# Sockets for the test, TLS alone for who comes by the network, but for one role.
HBA = """local all all trust
host all plain 127.0.0.1/32 trust
hostssl all all 127.0.0.1/32 scram-sha-256
"""


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


class Authority:
    """Signs certificates. `certificate` is what others trust."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.key, self.certificate = folder / f"{name}.key", folder / f"{name}.crt"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-subj", f"/CN={name}", "-keyout", self.key, "-out", self.certificate)

    def sign(self, file, names, days=2):
        """Makes file.key and file.crt for these subjectAltNames."""
        request, names_file = self.folder / f"{file}.csr", self.folder / f"{file}.names"
        names_file.write_text(f"subjectAltName={names}\n")
        openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-subj", "/CN=server", "-keyout", self.folder / f"{file}.key", "-out", request)
        openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial",
                "-days", days, "-extfile", names_file, "-out", self.folder / f"{file}.crt")
        return self.folder / f"{file}.key", self.folder / f"{file}.crt"


class TlsTestCase(ServiceTestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster(["listen_addresses=127.0.0.1"], port=free_port())
        cls.addClassCleanup(cls.cluster.remove)
        cls.cluster.start()
        cls.made = cls.cluster.folder / "made"
        cls.made.mkdir()
        cls.authority = Authority(cls.made, "authority")
        cls.stranger = Authority(cls.made, "stranger")
        (cls.cluster.folder / "data" / "pg_hba.conf").write_text(HBA)
        for role, password in (("contactd", PASSWORD), ("contactd_owner", OWNER_PASSWORD)):
            cls.cluster.sql(f"ALTER ROLE {role} PASSWORD '{password}'")
        cls.cluster.sql("CREATE ROLE plain LOGIN")

    def serve_tls(self, names="IP:127.0.0.1,DNS:localhost", days=2):
        """The server takes a new certificate for these names."""
        data = self.cluster.folder / "data"
        for source, name in zip(self.authority.sign("server", names, days), ("server.key", "server.crt")):
            target = data / name
            shutil.copy(source, target)
            target.chmod(0o600)
            os.chown(target, data.stat().st_uid, data.stat().st_gid)
        self.set_ssl("on")

    def set_ssl(self, value):
        self.cluster.sql(f"ALTER SYSTEM SET ssl = {value}")
        self.cluster.sql("SELECT pg_reload_conf()")
        wait_until(lambda: self.cluster.sql("SHOW ssl") == value, what=f"ssl {value}")

    def password_file(self, mode=0o600):
        file = self.folder / "pgpass"
        file.write_text(f"*:*:*:contactd:{PASSWORD}\n*:*:*:contactd_owner:{OWNER_PASSWORD}\n")
        file.chmod(mode)
        return file

    def url(self, role="contactd", host="127.0.0.1", root=None, **more):
        words = {"sslmode": "verify-full", "sslrootcert": root or self.authority.certificate, **more}
        query = "&".join(f"{name}={value}" for name, value in words.items())
        return f"postgresql://{role}@{host}:{self.cluster.port}/contactd?{query}"


class Trust(TlsTestCase):
    def refused(self, store, *words, lines=1):
        ended = run_program("serve", "--data", self.data, "--listen", "127.0.0.1:0", "--store", store)
        self.assertEqual((ended.returncode, ended.stdout), (1, ""), ended)
        self.assertEqual(len(ended.stderr.splitlines()), lines, ended.stderr)
        for word in words:
            self.assertIn(word, ended.stderr)
        self.assertNotIn("hunter2", ended.stderr)

    def test_a_certificate_of_the_authority_for_that_host_is_accepted(self):
        self.serve_tls()
        passfile = self.password_file()
        for host in ("127.0.0.1", "localhost"):
            service = self.service("--store", self.url(host=host, passfile=passfile), "--owner-store",
                                   self.url("contactd_owner", host=host, passfile=passfile))
            self.assertEqual(self.client(service).get("/readyz").status, 200)
            used = self.cluster.sql("SELECT DISTINCT ssl, version FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) "
                                    "WHERE usename = 'contactd'")
            self.assertEqual(used, "t|TLSv1.3")
            self.assertEqual(service.stop(), 0)

    def test_a_server_that_is_not_the_one_is_one_clear_line(self):
        passfile = self.password_file()
        self.serve_tls()
        self.refused(self.url(root=self.stranger.certificate, passfile=passfile), "certificate verify failed",
                     "give the right sslrootcert")
        self.refused(self.url(root=self.folder / "none", passfile=passfile), "does not exist",
                     "give the right sslrootcert")
        self.serve_tls(names="DNS:db-1.example.com")
        self.refused(self.url(passfile=passfile), "does not match host name", "a host name that the certificate bears")
        self.serve_tls(days=-1)
        self.refused(self.url(passfile=passfile), "certificate verify failed")
        self.set_ssl("off")
        self.refused(self.url(passfile=passfile), "does not support SSL", "the server's TLS settings")

    def test_a_server_that_insists_on_tls_says_so_to_who_comes_without(self):
        self.serve_tls()
        self.refused(self.url(sslmode="disable", passfile=self.password_file()), "no encryption", "pg_hba.conf")

    def test_a_password_file_that_others_may_read_is_said_and_not_read(self):
        self.serve_tls()
        self.refused(self.url(passfile=self.password_file(mode=0o644)), "has group or world access", "0600",
                     "give a password", lines=2)
        self.refused(self.url(passfile=self.folder / "none"), "give a password")


class Passwords(TlsTestCase):
    def setUp(self):
        super().setUp()
        self.serve_tls()

    def check_nothing_shown(self, service, metrics):
        """While all goes well, and while the server refuses."""
        api = self.client(service)
        api.request("POST", "/namespaces/", {"name": "Vayana"})
        shown = [api.get("/contacts/").content, api.get("/readyz").content]
        self.cluster.sql("ALTER ROLE contactd PASSWORD 'another'")
        self.addCleanup(self.cluster.sql, f"ALTER ROLE contactd PASSWORD '{PASSWORD}'")
        self.cluster.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'contactd'")
        for method, path, body in (("GET", "/contacts/", None), ("POST", "/contacts/", contact_body("Asha Rao")),
                                   ("GET", "/readyz", None)):
            answer = api.request(method, path, body)
            self.assertEqual((answer.status, answer.headers["Retry-After"]), (503, "1"), answer)
            shown.append(answer.content)
        self.cluster.sql(f"ALTER ROLE contactd PASSWORD '{PASSWORD}'")
        wait_until(lambda: api.get("/readyz").status == 200, what="readiness")
        with urllib.request.urlopen(f"http://{metrics}/metrics", timeout=10) as answered:
            shown.append(answered.read())
        shown.append(Path(f"/proc/{service.process.pid}/cmdline").read_bytes())
        self.assertEqual(service.stop(), 0)
        for each in (*shown, service.log().encode()):
            self.assertNotIn(b"hunter2", each)

    def serve(self, store, owner, **variables):
        metrics = f"127.0.0.1:{free_port()}"
        service = self.service("--store", store, "--owner-store", owner, "--metrics", metrics, variables=variables)
        return service, metrics

    def test_of_a_password_file(self):
        passfile = self.password_file()
        self.check_nothing_shown(*self.serve(self.url(passfile=passfile),
                                             self.url("contactd_owner", passfile=passfile)))

    def test_of_a_service_file(self):
        file = self.folder / "pg_service.conf"
        file.write_text("".join(
            f"[{name}]\nhost=127.0.0.1\nport={self.cluster.port}\ndbname=contactd\nuser={name}\npassword={password}\n"
            f"sslmode=verify-full\nsslrootcert={self.authority.certificate}\ntarget_session_attrs=read-write\n"
            for name, password in (("contactd", PASSWORD), ("contactd_owner", OWNER_PASSWORD))))
        file.chmod(0o600)
        self.check_nothing_shown(*self.serve("postgresql:///?service=contactd", "postgresql:///?service=contactd_owner",
                                             PGSERVICEFILE=str(file)))

    def test_of_the_url(self):
        self.check_nothing_shown(*self.serve(self.url(password=PASSWORD),
                                             self.url("contactd_owner", password=OWNER_PASSWORD)))


if __name__ == "__main__":
    unittest.main()

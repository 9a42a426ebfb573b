"""haproxy in front of contactd, as deploy/haproxy/haproxy.cfg says: TLS, ids, the service's own refusals, restarts."""
import contextlib
import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "process"))
from harness import (ANSWER_SECONDS_MAX, LOST, Answer, Client, Service, ServiceTestCase, contact_body,  # noqa: E402
                     token, wait_until)

EXAMPLE = HERE.parents[1] / "deploy" / "haproxy" / "haproxy.cfg"
CLIENTS = 6
RESTARTS = 3
TRIES = 3
CREATES_BETWEEN_RESTARTS = 60
PAUSE_SECONDS = 0.005   # of a client before it goes on: the machine has others to serve
LOST_CONNECTION = "the connection ended without an answer"
PROBLEM = "application/problem+json"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program(name):
    # /usr/sbin is not on everybody's PATH.
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if not found:
        raise RuntimeError(f"{name} is not installed; scripts/install_packages test brings it")
    return found


class ServiceOnItsPort(Service):
    """Keeps its port from start to start, as haproxy expects."""

    def __init__(self, data, port):
        super().__init__(data)
        self.kept_port = port

    def command(self):
        return [f"127.0.0.1:{self.kept_port}" if part == "127.0.0.1:0" else part for part in super().command()]


class TlsClient(Client):
    def __init__(self, port, context, bearer=None):
        super().__init__(port, bearer)
        self.connection = http.client.HTTPSConnection("localhost", port, timeout=ANSWER_SECONDS_MAX, context=context)


class Behind(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.running = ServiceOnItsPort(self.data, free_port())
        self.addCleanup(self.running.end)
        self.running.start()
        self.bearer = token(self.data)
        self.certificate = self.make_certificate()
        self.context = ssl.create_default_context(cafile=self.certificate)

    def make_certificate(self):
        """One file with certificate and key, as haproxy takes it."""
        key, certificate, both = (self.folder / name for name in ("key.pem", "certificate.pem", "contactd.pem"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
                        key, "-out", certificate], check=True, capture_output=True)
        both.write_bytes(certificate.read_bytes() + key.read_bytes())
        return both

    def configuration(self, port, others=()):
        """The example, with only that changed which is of a machine: user, folders, ports, where the log goes."""
        text = EXAMPLE.read_text(encoding="utf-8")
        for old, new in [("    user haproxy\n    group haproxy\n    chroot /var/lib/haproxy\n", ""),
                         ("log /dev/log local0", "log stdout format raw local0"),
                         ("bind :443", f"bind 127.0.0.1:{port}"),
                         ("/etc/haproxy/contactd.pem", str(self.certificate)),
                         ("127.0.0.1:8080", f"127.0.0.1:{self.running.port}"), *others]:
            self.assertEqual(text.count(old), 1, old)
            text = text.replace(old, new)
        return text

    def front(self, *others):
        """Starts haproxy; gives its port."""
        self.front_port = free_port()
        path = self.folder / "haproxy.cfg"
        path.write_text(self.configuration(self.front_port, others), encoding="utf-8")
        command = [program("haproxy"), "-f", path]
        checked = subprocess.run([*command, "-c"], capture_output=True, text=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.front_log = self.folder / "haproxy.log"
        with open(self.front_log, "wb") as log:
            process = subprocess.Popen([*command, "-db"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.addCleanup(process.wait, 30)
        self.addCleanup(process.kill)
        wait_until(self.front_answers, what="haproxy's first answer")
        return self.front_port

    def front_answers(self):
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.tls_client(None).get("/healthz").status in (200, 503)
        return False

    def tls_client(self, bearer):
        client = TlsClient(self.front_port, self.context, bearer)
        self.addCleanup(client.close)
        return client


class InFront(Behind):
    def setUp(self):
        super().setUp()
        self.front()
        self.api = self.tls_client(self.bearer)
        self.api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})

    def test_create_and_list_on_one_connection(self):
        self.api.get("/readyz")
        kept = self.api.connection.sock
        made = [self.api.expect(201, "POST", "/contacts/", contact_body(f"Person {number}"))["id"]
                for number in range(20)]
        listed = self.api.expect(200, "GET", "/contacts/?ordering=created_at&page_size=50")
        self.assertEqual([row["id"] for row in listed["results"]], made)
        self.assertIs(self.api.connection.sock, kept)
        answer = self.api.get(f"/contacts/{made[0]}/")
        self.assertEqual(answer.headers["Strict-Transport-Security"], "max-age=31536000")
        again = self.api.request("GET", f"/contacts/{made[0]}/", headers={"If-None-Match": answer.headers["ETag"]})
        self.assertEqual(again.status, 304)

    def test_http_2(self):
        ran = subprocess.run(["curl", "--noproxy", "*", "--silent", "--show-error", "--http2", "--cacert",
                              self.certificate, "--write-out", "\n%{http_version} %{http_code}",
                              f"https://localhost:{self.front_port}/readyz"],
                             capture_output=True, text=True, check=False)
        self.assertEqual((ran.stdout, ran.stderr), ('{"status":"ok"}\n2 200', ""))

    def test_old_tls_is_refused(self):
        ran = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{self.front_port}", "-tls1_1", "-cipher",
                              "ALL:@SECLEVEL=0"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        self.assertIn("alert protocol version", ran.stderr)

    def raw_answer(self, content):
        """What comes back for bytes that may be refused before they are all sent."""
        plain = socket.create_connection(("127.0.0.1", self.front_port), timeout=ANSWER_SECONDS_MAX)
        with self.context.wrap_socket(plain, server_hostname="localhost") as connection:
            with contextlib.suppress(OSError):
                connection.sendall(content)
            response = http.client.HTTPResponse(connection)
            response.begin()
            return Answer(response.status, response.headers, response.read())

    def head(self, *lines, path=b"/contacts/"):
        return b"\r\n".join([b"POST " + path + b" HTTP/1.1", b"Host: localhost",
                             b"Authorization: Bearer " + self.bearer.encode(), *lines, b"", b""])

    def test_what_is_too_much_the_service_itself_refuses(self):
        large = b'{"name":"' + b"a" * (2 << 20) + b'"}'
        json_type = b"Content-Type: application/json"
        cases = [
            (self.head(json_type, b"Content-Length: %d" % len(large)) + large, 413, "body_too_large"),
            (self.head(json_type, b"Transfer-Encoding: chunked") + b"%x\r\n" % len(large) + large + b"\r\n0\r\n\r\n",
             413, "body_too_large"),
            (self.head(*[b"X-%d: " % number + b"a" * 1000 for number in range(19)]), 431, "headers_too_large"),
            (self.head(*[b"X-%d: a" % number for number in range(101)]), 431, "headers_too_large"),
            (self.head(path=b"/contacts/" + b"a" * 9000), 414, "uri_too_long"),
        ]
        for content, status, code in cases:
            with self.subTest(status=status, bytes=len(content)):
                answer = self.raw_answer(content)
                self.assertEqual((answer.status, answer.headers["Content-Type"]), (status, PROBLEM))
                self.assertEqual(answer.code, code)
        self.assertEqual(self.api.expect(200, "GET", "/contacts/")["count"], 0)

    def test_one_id_in_both_logs_and_no_query_in_either(self):
        asked = self.api.request("GET", "/contacts/?search=privateword", headers={"X-Request-Id": "the-client.s_own-1"})
        made = self.api.request("GET", "/contacts/?search=privateword", headers={"X-Request-Id": "no id"})
        self.assertEqual(asked.headers["X-Request-Id"], "the-client.s_own-1")
        self.assertRegex(made.headers["X-Request-Id"], r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        for answer in (asked, made):
            wanted = answer.headers["X-Request-Id"]
            self.assertRegex(self.line_of_front(wanted), " 200 .* GET /contacts/ ")
            self.line_of_service(wanted)
        self.assertNotIn("privateword", self.front_log.read_text() + self.running.log())

    def line_of_front(self, request_id):
        pattern = f"^.*{re.escape(request_id)}$"
        return wait_until(lambda: re.search(pattern, self.front_log.read_text(), re.M), what="haproxy's line").group()

    def line_of_service(self, request_id):
        return wait_until(lambda: [line for line in self.running.log_lines() if line.get("request_id") == request_id],
                          what="the service's line")


class Creator(threading.Thread):
    """Creates contacts on a connection of its own until it is told to end. One that sends keys repeats a request whose
    connection ended without an answer, as whoever sends keys may."""

    def __init__(self, client, place, keyed):
        super().__init__()
        self.client, self.place, self.keyed = client, place, keyed
        self.ended = threading.Event()
        self.acknowledged = []
        self.others = []    # (name, what came instead)

    def run(self):
        number = 0
        while not self.ended.wait(PAUSE_SECONDS):
            number += 1
            name = f"{'Keyed' if self.keyed else 'Plain'} {self.place} {number}"
            for _ in range(TRIES if self.keyed else 1):
                came = self.create(name)
                if came != LOST_CONNECTION:
                    break
            if came == 201:
                self.acknowledged.append(name)
            else:
                self.others.append((name, came))

    def create(self, name):
        try:
            return self.client.post("/contacts/", contact_body(name), self.keyed and name.replace(" ", "-")).status
        except LOST:
            return LOST_CONNECTION


class RestartBehind(Behind):
    def setUp(self):
        super().setUp()
        self.front()
        self.tls_client(self.bearer).expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        self.creators = [Creator(self.tls_client(self.bearer), place, keyed=place % 2 == 0)
                         for place in range(CLIENTS)]

    def wait_for_more(self):
        wanted = [len(creator.acknowledged) + CREATES_BETWEEN_RESTARTS // CLIENTS for creator in self.creators]
        wait_until(lambda: all(len(creator.acknowledged) >= count for creator, count in zip(self.creators, wanted)),
                   what="further creates")

    def test_restarts_lose_nothing(self):
        for creator in self.creators:
            creator.start()
        try:
            for _ in range(RESTARTS):
                self.wait_for_more()
                self.assertEqual(self.running.stop(), 0, self.running.log()[-500:])
                time.sleep(0.2)    # so that requests come while nobody listens
                self.running.start()
            self.wait_for_more()
        finally:
            for creator in self.creators:
                creator.ended.set()
            for creator in self.creators:
                creator.join(ANSWER_SECONDS_MAX)
        rows, _ = self.client(self.running, self.bearer).walk("/contacts/")
        found = [row["name"] for row in rows]
        self.assertEqual(len(found), len(set(found)), "a contact was made twice")
        for creator in self.creators:
            self.assertLessEqual(set(creator.acknowledged), set(found))
            # Without a key, a client may be told that it has to look whether it was carried out, or be cut off.
            unexpected = [each for each in creator.others if creator.keyed or each[1] not in (502, LOST_CONNECTION)]
            self.assertEqual(unexpected, [])


class NobodyBehind(Behind):
    def test_what_haproxy_answers_itself_has_the_service_s_form(self):
        self.running.stop()
        self.front(("inter 1s", "inter 50ms"))
        wait_until(lambda: "no server available" in self.front_log.read_text(), what="that the service counts as down")
        answer = self.tls_client(self.bearer).get("/contacts/")
        self.assertEqual((answer.status, answer.headers["Content-Type"], answer.headers["Retry-After"]),
                         (503, PROBLEM, "1"))
        self.assertEqual(answer.json["status"], 503)
        # The same members, in the same words, as in the service's own.
        self.running.start()
        own = self.client(self.running).expect(200, "GET", "/openapi.json")
        self.assertIn("unavailable", json.dumps(own["components"]))
        self.assertEqual(answer.json["type"], "/problems/" + answer.code)
        wait_until(lambda: self.tls_client(self.bearer).get("/contacts/").status == 200, what="the way back")


if __name__ == "__main__":
    unittest.main()

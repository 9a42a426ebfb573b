"""haproxy in front of contactd, as deploy/haproxy/haproxy.cfg says: TLS, ids, the service's own refusals, restarts."""
import contextlib
import http.client
import json
import re
import socket
import subprocess
import time
import unittest

from front import Creator, Front, ServiceOnItsPort, check_creates, creating, free_port, wait_for_more
from harness import ANSWER_SECONDS_MAX, Answer, ServiceTestCase, contact_body, token, wait_until

CLIENTS = 6
RESTARTS = 3
PROBLEM = "application/problem+json"


class Behind(Front, ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.running = ServiceOnItsPort(self.data, free_port())
        self.addCleanup(self.running.end)
        self.running.start()
        self.bearer = token(self.data)

    def front(self, *others):
        super().front(("127.0.0.1:8080", f"127.0.0.1:{self.running.port}"), *others)


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


class RestartBehind(Behind):
    def test_restarts_lose_nothing(self):
        self.front()
        self.tls_client(self.bearer).expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        creators = [Creator(self.tls_client(self.bearer), place, keyed=place % 2 == 0) for place in range(CLIENTS)]
        with creating(creators):
            for _ in range(RESTARTS):
                wait_for_more(creators)
                self.assertEqual(self.running.stop(), 0, self.running.log()[-500:])
                time.sleep(0.2)    # so that requests come while nobody listens
                self.running.start()
            wait_for_more(creators)
        check_creates(self, creators, self.client(self.running, self.bearer))


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

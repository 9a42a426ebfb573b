"""What operators see: one JSON line per request on stderr without anybody's data, and the page of metrics."""
import http.client
import re
import socket
import unittest

from harness import ServiceTestCase, contact_body, split_answers, token, wait_until

# What must never be in the log, wherever in a request it stood.
PRIVATE = ("Privatename", "privatetag", "ABCDE1234F", "PrivateRef", "privateword", "privatekey", "Privatecity",
           "privateheader", "privatepath", "private-user-agent")
FIELDS = ["time", "level", "request_id", "method", "route", "status", "microseconds", "bytes", "tenant", "user"]


class RequestLog(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.running = self.service()
        self.bearer = token(self.data)
        self.api = self.client(self.running, self.bearer)
        self.api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        self.answers = []

    def ask(self, method, path, body=None, headers=None):
        answer = self.api.request(method, path, body, {"User-Agent": "private-user-agent", **(headers or {})})
        self.answers.append((method, answer))
        return answer

    def line_of(self, answer):
        wanted = answer.headers.get("X-Request-Id") or answer.headers.get("x-request-id")

        def look():
            return [line for line in self.running.log_lines() if line.get("request_id") == wanted and "status" in line]

        lines = wait_until(look, what=f"a log line for {answer!r}")
        self.assertEqual(len(lines), 1, lines)
        return lines[0]

    def test_one_line_each_and_nobody_s_data(self):
        person = contact_body("Privatename", tags=["privatetag"], ref_id="PrivateRef",
                              refs={"privatekey": "privateword"},
                              props=[{"key": "pan_no", "type": "text", "value": "ABCDE1234F"}])
        made = self.ask("POST", "/contacts/", person, {"Idempotency-Key": "privatekey"}).json
        self.ask("POST", "/contacts/", person)                                        # 409
        self.ask("POST", "/contacts/", {**person, "name": "Privatename!", "privatekey": 1})
        self.ask("POST", "/contacts/", '{"name": "Privatename", "privatekey')
        self.ask("PATCH", f"/contacts/{made['id']}/", {"name": "Privatename Two"})
        self.ask("GET", "/contacts/?search=privateword&tags=privatetag&ref_id=PrivateRef")
        self.ask("GET", "/contacts/?privatekey=privateword")
        self.ask("GET", f"/contacts/{made['id']}/props/privatekey/")
        self.ask("GET", "/privatepath/privateword/")
        self.ask("DELETE", "/contacts/")
        self.ask("HEAD", f"/contacts/{made['id']}/", headers={"X-Header": "privateheader"})
        self.ask("GET", "/contacts/", headers={"Authorization": "Bearer privateheader"})
        self.ask("POST", "/contacts/addresses/", {"contact_id": made["id"], "city": "Privatecity"})
        self.ask("GET", "/healthz", headers={"X-Request-Id": "my-own.id_1"})
        for method, answer in self.answers:
            line = self.line_of(answer)
            self.assertEqual(list(line), FIELDS)
            self.assertEqual((line["method"], line["status"]), (method, answer.status))
            self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
            self.assertGreater(line["microseconds"], 0)
            self.assertGreater(line["bytes"], len(answer.content))
            known = answer.status != 401 and line["route"] not in ("", "/healthz/")
            self.assertEqual((line["tenant"], line["user"]), ("tenant-one", "user-one1") if known else ("", ""), line)
        self.assertEqual(self.line_of(self.answers[4][1])["route"], "/contacts/{id}/")
        self.assertEqual(self.answers[-1][1].headers["X-Request-Id"], "my-own.id_1")
        self.check_nothing_private()

    def test_malformed_ones_too(self):
        bad = [b"GET /privatepath?privateword HTTP/1.1\nHost: a\n\n", b"\x16\x03\x01privateheader",
               b"GET /privatepath HTTP/9.9\r\nHost: a\r\n\r\n", b"INVENTED /privatepath HTTP/1.1\r\n\r\n",
               b"GET / HTTP/1.1\r\nHost: a\r\nX: privateheader\x01\r\n\r\n", b"privateword\r\n\r\n",
               b"GET /" + b"privatepath" * 1000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
               b"POST /contacts/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: privateword\r\n\r\n",
               b'GET /"\\\xff\xfeprivatepath HTTP/1.1\r\nHost: a\r\n\r\n']
        for content in bad:
            connection = self.running.raw()
            connection.send(content)
            answers = split_answers(connection.receive_all())
            connection.close()
            self.assertEqual(len(answers), 1, content)
            line = self.line_of(answers[0])
            self.assertEqual(list(line), FIELDS)
            self.assertEqual(line["status"], answers[0].status)
            self.assertEqual((line["tenant"], line["user"]), ("", ""))
        self.check_nothing_private()

    def test_a_client_cannot_write_lines_of_its_own(self):
        answer = self.api.request("GET", "/healthz", headers={"X-Request-Id": 'a","level":"error'})
        self.assertRegex(answer.headers["X-Request-Id"], r"^[0-9A-Z]{26}$")
        self.assertEqual(self.line_of(answer)["level"], "info")

    def check_nothing_private(self):
        self.assertEqual(self.running.stop(), 0)
        log = self.running.log()
        for word in (*PRIVATE, self.bearer):
            self.assertNotIn(word.lower(), log.lower())

    def test_it_can_be_switched_off(self):
        service = self.service("--log", "none", data=self.folder / "silent")
        self.client(service).expect(200, "GET", "/contacts/")
        self.assertEqual(service.stop(), 0)
        self.assertEqual(service.log(), "")


class MetricsPage(ServiceTestCase):
    def test_requests_are_counted_by_route_method_and_status(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        service = self.service("--metrics", f"127.0.0.1:{port}")
        client = self.client(service)
        for _ in range(3):
            client.expect(201, "POST", "/namespaces/", {"name": f"Space {_}"})
        client.get("/nothing/here/")
        client.request("INVENTED", "/contacts/")
        counted = r'contactd_requests_total\{(?=.*method="POST")(?=.*route="/namespaces/")(?=.*status="201").*\} 3'

        def page():
            metrics = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            metrics.request("GET", "/metrics")
            answer = metrics.getresponse()
            self.assertEqual(answer.status, 200)
            self.assertRegex(answer.headers["Content-Type"], "^text/plain")
            text = answer.read().decode()
            metrics.close()
            return text if re.search(counted, text) else None

        text = wait_until(page, what="the counted requests")
        self.assertRegex(text, r'contactd_requests_total\{.*route="none".*\} 1')
        self.assertNotIn("INVENTED", text)
        self.assertNotIn("nothing/here", text)
        self.assertRegex(text, r'contactd_request_seconds_bucket\{.*le="\+Inf".*\}')
        self.assertRegex(text, r"(?m)^contactd_writes_waiting 0$")
        self.assertEqual(client.get("/metrics").status, 404, "not at the address of the API")
        self.assertEqual(service.stop(), 0)


if __name__ == "__main__":
    unittest.main()

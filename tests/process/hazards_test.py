"""Requests that two programs in a row could read differently, on real sockets: each is refused, the connection is
closed, nothing behind it is taken for a request: be it the first, behind a good one, or in one packet with others.
"""
import json
import unittest

from harness import ServiceTestCase, contact_body, split_answers, token

GOOD = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
SMUGGLED = b"GET /contacts/ HTTP/1.1\r\nHost: a\r\n\r\n"
BODY = b'{"name":"Smuggled"}'


def with_fields(*fields, body=b""):
    return b"POST /namespaces/ HTTP/1.1\r\nHost: a\r\n" + b"".join(each + b"\r\n" for each in fields) + b"\r\n" + body


# What is wrong -> the bytes, the status. All of them are refused by their head alone.
HEADS = {
    "length and coding": (with_fields(b"Content-Length: 5", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"), 400),
    "coding and length": (with_fields(b"Transfer-Encoding: chunked", b"Content-Length: 5", body=b"0\r\n\r\n"), 400),
    "xchunked": (with_fields(b"Transfer-Encoding: xchunked", body=b"0\r\n\r\n"), 501),
    "gzip, chunked": (with_fields(b"Transfer-Encoding: gzip, chunked", body=b"0\r\n\r\n"), 501),
    "chunked twice": (with_fields(b"Transfer-Encoding: chunked, chunked", body=b"0\r\n\r\n"), 400),
    "two codings": (with_fields(b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"), 400),
    "hidden coding": (with_fields(b"Transfer-Encoding: \x0bchunked", body=b"0\r\n\r\n"), 400),
    "two lengths": (with_fields(b"Content-Length: 5", b"Content-Length: 6", body=b"aaaaaa"), 400),
    "two equal lengths": (with_fields(b"Content-Length: 5", b"Content-Length: 5", body=b"aaaaa"), 400),
    "list of lengths": (with_fields(b"Content-Length: 5, 5", body=b"aaaaa"), 400),
    "signed length": (with_fields(b"Content-Length: +5", body=b"aaaaa"), 400),
    "length beyond all numbers": (with_fields(b"Content-Length: 18446744073709551621", body=b"aaaaa"), 400),
    "bare line feed": (b"POST /namespaces/ HTTP/1.1\r\nHost: a\nContent-Length: 0\r\n\r\n", 400),
    "bare line feed ends the head": (b"POST /namespaces/ HTTP/1.1\r\nHost: a\r\n\n", 400),
    "bare carriage return": (with_fields(b"X: a\rContent-Length: 5"), 400),
    "folded": (with_fields(b"X: a\r\n Content-Length: 5"), 400),
    "folded coding": (with_fields(b"Transfer-Encoding:\r\n chunked", body=b"0\r\n\r\n"), 400),
    "space before the colon": (with_fields(b"Content-Length : 5", body=b"aaaaa"), 400),
    "NUL": (with_fields(b"X: a\x00b"), 400),
    "no Host": (b"GET /contacts/ HTTP/1.1\r\nX: a\r\n\r\n", 400),
    "two Hosts": (b"GET /contacts/ HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
    "malformed Host": (b"GET /contacts/ HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    "HTTP/2.0": (b"GET /contacts/ HTTP/2.0\r\nHost: a\r\n\r\n", 505),
    "HTTP/0.9": (b"GET /contacts/\r\n\r\n", 400),
    "coding on 1.0": (b"POST /namespaces/ HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    "long request line": (b"GET /" + b"a" * 8192 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    "large head": (with_fields(*[b"X-%d: " % number + b"a" * 1000 for number in range(20)]), 431),
    "many fields": (with_fields(*[b"X-%d: a" % number for number in range(101)]), 431),
}

# Bodies in chunks, behind a sound head.
CHUNKS = {
    "no hexadecimal size": b"g\r\n" + BODY + b"\r\n0\r\n\r\n",
    "negative size": b"-1\r\n" + BODY + b"\r\n0\r\n\r\n",
    "prefixed size": b"0x13\r\n" + BODY + b"\r\n0\r\n\r\n",
    "size beyond all numbers": b"10000000000000013\r\n" + BODY + b"\r\n0\r\n\r\n",
    "empty size": b"\r\n" + BODY + b"\r\n0\r\n\r\n",
    "space behind the size": b"13 \r\n" + BODY + b"\r\n0\r\n\r\n",
    "bare line feed behind the size": b"13\n" + BODY + b"\r\n0\r\n\r\n",
    "bare line feed behind the data": b"13\r\n" + BODY + b"\n0\r\n\r\n",
    "data longer than the size": b"5\r\n" + BODY + b"\r\n0\r\n\r\n",
    "bare line feed at the end": b"13\r\n" + BODY + b"\r\n0\r\n\n",
    "line feed in an extension": b"13;a=\"\n\"\r\n" + BODY + b"\r\n0\r\n\r\n",
    "long extension": b"13;a=" + b"b" * 1100 + b"\r\n" + BODY + b"\r\n0\r\n\r\n",
    "bad trailer": b"13\r\n" + BODY + b"\r\n0\r\nX : a\r\n\r\n",
}


class Hazards(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.running = self.service()
        self.bearer = token(self.data).encode()

    def talk(self, *packets):
        """Sends each packet when the answer to the one before is there; gives all answers until the service closes."""
        connection = self.running.raw()
        try:
            for packet in packets[:-1]:
                connection.send(packet)
                self.assertRegex(connection.socket.recv(65536), b"^HTTP/1.1 200 ")
            connection.send(packets[-1])
            return split_answers(connection.receive_all())
        finally:
            connection.close()

    def check_refused(self, name, hazard, status):
        for place, packets, good in (("first", [hazard + SMUGGLED], 0),
                                     ("after a good one", [GOOD, hazard + SMUGGLED], 0),
                                     ("pipelined", [GOOD + GOOD + hazard + SMUGGLED + GOOD], 2)):
            with self.subTest(hazard=name, place=place):
                answers = self.talk(*packets)
                self.assertEqual([answer.status for answer in answers], [200] * good + [status])
                refusal = answers[-1]
                self.assertEqual(refusal.headers.get("connection", "").lower(), "close")
                self.assertEqual(refusal.headers["content-type"], "application/problem+json")
                self.assertEqual(refusal.json["status"], status)

    def test_heads(self):
        for name, (hazard, status) in HEADS.items():
            self.check_refused(name, hazard, status)
        self.check_nothing_came_through()

    def test_chunks(self):
        fields = [b"Transfer-Encoding: chunked", b"Content-Type: application/json"]
        for name, chunks in CHUNKS.items():
            self.check_refused(name, with_fields(*fields, b"Authorization: Bearer " + self.bearer, body=chunks), 400)
            # Refused for its missing token already, but what follows is no request either.
            self.check_refused(name + ", nobody", with_fields(*fields, body=chunks), 401)
        self.check_nothing_came_through()

    def check_nothing_came_through(self):
        self.client(self.running).expect(200, "GET", "/healthz")
        self.assertEqual(self.client(self.running).expect(200, "GET", "/namespaces/")["count"], 0)
        self.assertEqual(self.running.stop(), 0)
        routes = {line["route"] for line in self.running.log_lines() if line["status"] != 401}
        self.assertEqual({route for route in routes if route.startswith("/contacts")}, set())

    def test_a_request_cut_off_is_not_carried_out(self):
        connection = self.running.raw()
        connection.send(with_fields(b"Authorization: Bearer " + self.bearer, b"Content-Type: application/json",
                                    b"Content-Length: 100", body=BODY))
        connection.socket.shutdown(1)
        self.assertEqual([answer.status for answer in split_answers(connection.receive_all())], [400])
        connection.close()
        self.check_nothing_came_through()

    def test_sound_requests_in_one_packet_are_all_answered_in_order(self):
        api = self.client(self.running)
        api.expect(201, "POST", "/namespaces/", {"name": "Vayana"})
        packet = b""
        for number in range(40):
            body = json.dumps(contact_body(f"Person {number}")).encode()
            packet += (b"POST /contacts/ HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + self.bearer +
                       b"\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body + GOOD)
        answers = self.talk(packet + GOOD.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        self.assertEqual([answer.status for answer in answers], [201, 200] * 40 + [200])
        names = [answer.json["name"] for answer in answers[:-1:2]]
        self.assertEqual(names, [f"Person {number}" for number in range(40)])


if __name__ == "__main__":
    unittest.main()

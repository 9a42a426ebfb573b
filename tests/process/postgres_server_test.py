"""Servers that speak PostgreSQL's protocol and cannot keep contacts: one clear line at the start, status 1.

They are stand-ins: they say what such a server says of itself, and know nothing else.
"""
import contextlib
import socket
import struct
import threading
import unittest

from harness import ServiceTestCase, run_program

SSL_REQUEST, GSS_REQUEST = 80877103, 80877104
NO_ROW = "no row"


def message(kind, content):
    return kind + struct.pack("!I", len(content) + 4) + content


def texts(*words):
    return b"".join(word.encode() + b"\0" for word in words)


class StandIn:
    """Answers every question in `answers` by a row of one text; any other by an error."""

    def __init__(self, server_version, answers):
        self.server_version, self.answers = server_version, answers
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with contextlib.suppress(OSError, EOFError, struct.error), connection, connection.makefile("rb") as received:
            self.begin(connection, received)
            statements, portal = {}, ""
            while kind := received.read(1):
                (length,) = struct.unpack("!I", received.read(4))
                content = received.read(length - 4)
                words = content.split(b"\0")
                if kind == b"P":
                    statements[words[0]] = words[1].decode()
                    connection.sendall(message(b"1", b""))
                elif kind == b"B":
                    portal = statements[words[1]]
                    connection.sendall(message(b"2", b""))
                elif kind == b"D":
                    connection.sendall(self.description())
                elif kind == b"E":
                    connection.sendall(self.row(portal))
                elif kind == b"Q":
                    connection.sendall(self.description() + self.row(words[0].decode()) + message(b"Z", b"I"))
                elif kind == b"S":
                    connection.sendall(message(b"Z", b"I"))
                elif kind == b"X":
                    return

    def begin(self, connection, received):
        while True:
            length, code = struct.unpack("!II", received.read(8))
            received.read(length - 8)
            if code not in (SSL_REQUEST, GSS_REQUEST):
                break
            connection.sendall(b"N")
        said = message(b"R", struct.pack("!I", 0))
        for name, value in (("server_version", self.server_version), ("client_encoding", "UTF8")):
            said += message(b"S", texts(name, value))
        connection.sendall(said + message(b"K", struct.pack("!II", 1, 1)) + message(b"Z", b"I"))

    @staticmethod
    def description():
        return message(b"T", struct.pack("!H", 1) + texts("said") + struct.pack("!IHIhIH", 0, 0, 25, -1, 0xFFFFFFFF, 0))

    def row(self, question):
        answer = next((each for asked, each in self.answers.items() if asked in question), None)
        if answer == NO_ROW:
            return message(b"C", texts("SELECT 0"))
        if answer is None:
            return message(b"E", texts("SERROR", "C0A000", "Mnot known here") + b"\0")
        value = answer.encode()
        return message(b"D", struct.pack("!HI", 1, len(value)) + value) + message(b"C", texts("SELECT 1"))

    def close(self):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


# What each says by version() and server_version_num, as their manuals have it.
OLD = ("PostgreSQL 12.3 (Debian 12.3-1.pgdg100+1) on x86_64-pc-linux-gnu, compiled by gcc, 64-bit", "120003")
COCKROACH = ("CockroachDB CCL v23.1.11 (x86_64-pc-linux-gnu, built 2023/09/27 01:53:43, go1.19.10)", "130000")
YUGABYTE = ("PostgreSQL 11.2-YB-2.18.4.0-b0 on x86_64-pc-linux-gnu, compiled by clang, 64-bit", "110002")
NEW = ("PostgreSQL 15.9 on x86_64-pc-linux-gnu, compiled by gcc, 64-bit", "150009")


class WrongServer(ServiceTestCase):
    def refused(self, server, *words, **more):
        version, number = server
        stand_in = StandIn(version.split()[1], {"version()": version, "server_version_num": number,
                                                "transaction_read_only": "off", "server_encoding": "UTF8",
                                                "rolsuper": NO_ROW, **more})
        self.addCleanup(stand_in.close)
        ended = run_program("serve", "--data", self.data, "--listen", "127.0.0.1:0",
                            "--store", f"postgresql://contactd@127.0.0.1:{stand_in.port}/contactd")
        self.assertEqual((ended.returncode, ended.stdout), (1, ""), ended)
        self.assertEqual(len(ended.stderr.splitlines()), 1, ended.stderr)
        for word in words:
            self.assertIn(word, ended.stderr)

    def test_an_old_version(self):
        self.refused(OLD, "the server is PostgreSQL 12.3", "PostgreSQL 14 or later is needed")

    def test_engines_that_speak_as_an_older_one(self):
        self.refused(COCKROACH, "the server is CockroachDB CCL v23.1.11", "PostgreSQL 14 or later is needed")
        self.refused(YUGABYTE, "the server is PostgreSQL 11.2-YB-2.18.4.0-b0", "PostgreSQL 14 or later is needed")

    def test_another_encoding(self):
        self.refused(NEW, "the encoding SQL_ASCII", "ENCODING 'UTF8'", server_encoding="SQL_ASCII")

    def test_a_server_that_does_not_know_what_it_is_asked(self):
        self.refused((NEW[0], NEW[1]), "the database cannot be used", "not known here", rolsuper=None)

    def test_something_that_is_no_database(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)

        def answer():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    connection.recv(1024)
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    connection.close()

        threading.Thread(target=answer, daemon=True).start()
        ended = run_program("serve", "--data", self.data, "--listen", "127.0.0.1:0",
                            "--store", f"postgresql://contactd@127.0.0.1:{listener.getsockname()[1]}/contactd")
        self.assertEqual((ended.returncode, ended.stdout), (1, ""), ended)
        self.assertEqual(len(ended.stderr.splitlines()), 1, ended.stderr)
        self.assertIn("the database cannot be used", ended.stderr)


if __name__ == "__main__":
    unittest.main()

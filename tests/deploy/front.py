"""haproxy as deploy/haproxy/haproxy.cfg says, in front of whatever a test runs, and clients that create through it."""
import contextlib
import http.client
import shutil
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "process"), str(HERE.parent / "postgres")]
from cluster import free_port  # noqa: E402
from harness import ANSWER_SECONDS_MAX, LOST, Client, Service, contact_body, wait_until  # noqa: E402

EXAMPLE = HERE.parents[1] / "deploy" / "haproxy" / "haproxy.cfg"
TRIES = 3
CREATES_BETWEEN_RESTARTS = 60
PAUSE_SECONDS = 0.005   # of a client before it goes on: the machine has others to serve
LOST_CONNECTION = "the connection ended without an answer"


def program(name):
    # /usr/sbin is not on everybody's PATH.
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if not found:
        raise RuntimeError(f"{name} is not installed; scripts/install_packages test brings it")
    return found


class ServiceOnItsPort(Service):
    """Keeps its port from start to start, as haproxy expects."""

    def __init__(self, data, port, *options):
        super().__init__(data, *options)
        self.kept_port = port

    def command(self):
        return [f"127.0.0.1:{self.kept_port}" if part == "127.0.0.1:0" else part for part in super().command()]


class TlsClient(Client):
    def __init__(self, port, context, bearer=None):
        super().__init__(port, bearer)
        self.connection = http.client.HTTPSConnection("localhost", port, timeout=ANSWER_SECONDS_MAX, context=context)


class Front:
    """For a test case that has a folder."""

    def make_certificate(self):
        """One file with certificate and key, as haproxy takes it."""
        key, certificate, both = (self.folder / name for name in ("key.pem", "certificate.pem", "contactd.pem"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
                        key, "-out", certificate], check=True, capture_output=True)
        both.write_bytes(certificate.read_bytes() + key.read_bytes())
        return both

    def configuration(self, port, others):
        """The example, with only that changed which is of a machine: user, folders, ports, where the log goes."""
        text = EXAMPLE.read_text(encoding="utf-8")
        for old, new in [("    user haproxy\n    group haproxy\n    chroot /var/lib/haproxy\n", ""),
                         ("log /dev/log local0", "log stdout format raw local0"),
                         ("bind :443", f"bind 127.0.0.1:{port}"),
                         ("/etc/haproxy/contactd.pem", str(self.certificate)), *others]:
            self.assertEqual(text.count(old), 1, old)
            text = text.replace(old, new)
        return text

    def front(self, *others):
        """Starts haproxy, with these texts of the example changed as well."""
        self.certificate = self.make_certificate()
        self.context = ssl.create_default_context(cafile=self.certificate)
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

    def front_answers(self):
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.tls_client(None).get("/healthz").status in (200, 503)
        return False

    def tls_client(self, bearer):
        client = TlsClient(self.front_port, self.context, bearer)
        self.addCleanup(client.close)
        return client


class Creator(threading.Thread):
    """Creates contacts on a connection of its own until it is told to end. One that sends keys repeats a request whose
    connection ended without an answer, as whoever sends keys may."""

    def __init__(self, client, place, keyed):
        super().__init__()
        self.client, self.place, self.keyed = client, place, keyed
        self.ended = threading.Event()
        self.acknowledged = []
        self.others = []    # (name, what came instead)
        self.slowest_seconds = 0

    def run(self):
        number = 0
        while not self.ended.wait(PAUSE_SECONDS):
            number += 1
            name = f"{'Keyed' if self.keyed else 'Plain'} {self.place} {number}"
            for _ in range(TRIES if self.keyed else 1):
                began = time.monotonic()
                came = self.create(name)
                self.slowest_seconds = max(self.slowest_seconds, time.monotonic() - began)
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


def wait_for_more(creators):
    """Until each has made its part of what is to be made between two restarts."""
    wanted = [len(creator.acknowledged) + CREATES_BETWEEN_RESTARTS // len(creators) for creator in creators]
    wait_until(lambda: all(len(creator.acknowledged) >= count for creator, count in zip(creators, wanted)),
               what="further creates")


@contextlib.contextmanager
def creating(creators):
    """They create as long as this lasts."""
    for creator in creators:
        creator.start()
    try:
        yield
    finally:
        for creator in creators:
            creator.ended.set()
        for creator in creators:
            creator.join(ANSWER_SECONDS_MAX)


def check_creates(test, creators, api):
    """What was acknowledged is there, and nothing is there twice."""
    found = [row["name"] for row in api.walk("/contacts/")[0]]
    test.assertEqual(len(found), len(set(found)), "a contact was made twice")
    for creator in creators:
        test.assertLessEqual(set(creator.acknowledged), set(found))
        # Without a key, a client may be told that it has to look whether it was carried out, or be cut off.
        unexpected = [each for each in creator.others if creator.keyed or each[1] not in (502, LOST_CONNECTION)]
        test.assertEqual(unexpected, [])

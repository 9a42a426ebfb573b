"""A PostgreSQL server in a temporary folder, by scripts/private_postgres."""
import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from commands import PSQL, run

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "private_postgres"
# Nobody cuts the power here.
SETTINGS = ["fsync=off", "full_page_writes=off", "max_connections=200"]


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Session:
    """psql that stays: what it has begun stays begun. As a context."""

    def __init__(self, url):
        self.process = subprocess.Popen([*PSQL, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    def run(self, text):
        """Comes back when it has run."""
        self.process.stdin.write(f"{text};\n\\echo has run\n")
        self.process.stdin.flush()
        while (line := self.process.stdout.readline()) != "has run\n":
            if not line:
                raise RuntimeError(f"psql ended at {text}")

    def kill(self):
        self.process.kill()
        self.process.wait()
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.stdout.close()


class Cluster:
    """Used as a context. `settings` are NAME=VALUE of the server's configuration; `port` is another than 5432, for a
    server that listens on TCP too."""

    prefix = ()   # of the command that starts and stops the server

    def __init__(self, settings=(), port=5432):
        self.folder = Path(tempfile.mkdtemp(prefix="contactd-pg-"))
        os.chmod(self.folder, 0o755)
        self.settings = [*SETTINGS, *settings]
        self.port = port
        # The server, psql and libpq take it from there.
        self.variables = {**os.environ, "PGPORT": str(port)}

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_):
        self.remove()

    def run(self, *arguments):
        return run(*self.prefix, SCRIPT, *arguments, seconds=120, variables=self.variables).strip()

    def start(self):
        self.run("start", self.folder, *self.settings)

    def stop(self, mode="fast"):
        self.run("stop", self.folder, mode)

    def is_running(self):
        """Whether the server's first process is there, whatever it is doing."""
        try:
            number = int((self.folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
            return Path(f"/proc/{number}").exists()
        except (OSError, ValueError):
            return False

    def remove(self):
        subprocess.run([SCRIPT, "stop", self.folder, "immediate"], timeout=60, env=self.variables)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, role="contactd", database="contactd"):
        url = self.run("url", self.folder, role, database)
        return url if self.port == 5432 else f"{url}&port={self.port}"

    @property
    def socket(self):
        return self.url().split("host=")[1].split("&")[0]

    def sql(self, text, role="postgres", database="contactd"):
        """What psql prints, a line for each row."""
        return run(*PSQL, "-c", text, self.url(role, database)).strip()

    def session(self, database, role="postgres"):
        return Session(self.url(role, database))

    def make_database(self, name):
        """An empty one, as an operator makes it; one of that name goes before."""
        self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", database="postgres")
        self.sql(f"CREATE DATABASE {name} OWNER contactd_owner", database="postgres")

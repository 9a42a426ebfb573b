"""A PostgreSQL server in a temporary folder, by scripts/private_postgres."""
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "private_postgres"
# Nobody cuts the power here.
SETTINGS = ["fsync=off", "full_page_writes=off", "max_connections=200"]


class Cluster:
    """Used as a context. `settings` are NAME=VALUE of the server's configuration."""

    def __init__(self, settings=()):
        self.folder = Path(tempfile.mkdtemp(prefix="contactd-pg-"))
        os.chmod(self.folder, 0o755)
        self.settings = [*SETTINGS, *settings]

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
        done = subprocess.run([SCRIPT, *arguments], stdout=subprocess.PIPE, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"private_postgres {arguments[0]} ended with {done.returncode}")
        return done.stdout.strip()

    def start(self):
        self.run("start", self.folder, *self.settings)

    def stop(self, mode="fast"):
        self.run("stop", self.folder, mode)

    def remove(self):
        subprocess.run([SCRIPT, "stop", self.folder, "immediate"], timeout=60)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, role="contactd", database="contactd"):
        return self.run("url", self.folder, role, database)

    @property
    def socket(self):
        return self.url().split("host=")[1].split("&")[0]

    def sql(self, text, role="postgres", database="contactd"):
        """What psql prints, a line for each row."""
        done = subprocess.run(["psql", "--no-psqlrc", "-Atq", "-v", "ON_ERROR_STOP=1", "-c", text,
                               self.url(role, database)], capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return done.stdout.strip()

"""contactd on PostgreSQL: a server of its own, and databases with what is in the seeded stores."""
import re
import shutil
import subprocess
import time
from pathlib import Path

from client import Failure
from servers import TICKS_PER_SECOND, Contactd

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "private_postgres"
# As docs/operations/postgresql-running.md advises for 16 GiB. A commit is on disk before it is acknowledged.
SETTINGS = ["max_connections=200", "shared_buffers=4GB", "max_wal_size=4GB", "synchronous_commit=on", "fsync=on"]
START_SECONDS_MAX, COPY_SECONDS_MAX = 900, 3600
RELOAD_SECONDS = 0.3
LOGGED = re.compile(r"^\S+ \S+ \S+ \[(\d+)\] (LOG|DETAIL):  (?:execute \w+: |parameters: )(.*)$")
PARAMETER = re.compile(r"\$(\d+) = ('(?:[^']|'')*'|NULL)")


class Cluster:
    """A server of its own, kept beside the seeded stores. Databases are named after what is in them."""

    def __init__(self, setup, name="postgres"):
        self.setup, self.folder = setup, setup.cache / name
        # The server may run as another user, who has to come through.
        for folder in [setup.cache, *setup.cache.parents][:3]:
            folder.chmod(folder.stat().st_mode | 0o011)

    def __enter__(self):
        self.start("start")
        return self

    def start(self, *how):
        self.run(*how, *SETTINGS)
        self.postmaster = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def __exit__(self, *_):
        self.run("stop")

    def run(self, what, *arguments):
        done = subprocess.run([SCRIPT, what, self.folder, *arguments], capture_output=True, text=True,
                              timeout=START_SECONDS_MAX)
        if done.returncode:
            raise Failure(f"private_postgres {what} failed: {done.stderr.strip()[-300:]}")
        return done.stdout.strip()

    def url(self, database, role="contactd"):
        return self.run("url", role, database)

    def sql(self, text, database="postgres"):
        done = subprocess.run(["psql", "--no-psqlrc", "-Atq", "-v", "ON_ERROR_STOP=1", "-c", text,
                               self.url(database, "postgres")], capture_output=True, text=True)
        if done.returncode:
            raise Failure(f"psql: {done.stderr.strip()[-300:]}")
        return done.stdout.strip()

    def cpu_seconds(self):
        """Of the server and all that it has started, those that have ended among them."""
        ticks = sum(map(int, stat_of(self.postmaster)[11:15]))
        children = Path(f"/proc/{self.postmaster}/task/{self.postmaster}/children").read_text().split()
        for child in children:
            try:
                ticks += sum(map(int, stat_of(child)[11:13]))
            except (FileNotFoundError, ProcessLookupError):
                continue
        return ticks / TICKS_PER_SECOND

    def make_anew(self, database):
        self.sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        self.sql(f"CREATE DATABASE {database} OWNER contactd_owner")

    def contactd(self, database, data, options=()):
        return PostgresContactd(self, database, data, options)

    def seeded(self, store, say):
        """The database with what is in a seeded store; copied when there is none, or when the store is a newer one."""
        database, note = f"contacts_{store.total}", self.folder / f"contacts_{store.total}.json"
        of_store = (store.data.parent / "seed.json").read_text()
        if note.exists() and note.read_text() == of_store:
            self.tool("migrate", "--store", self.url(database), "--owner-store", self.url(database, "contactd_owner"))
            return database
        say(f"Copying {store.total:,} contacts to PostgreSQL")
        self.make_anew(database)
        began = time.monotonic()
        self.tool("copy", "--from", f"sqlite:{store.data}", "--to", self.url(database), "--owner-store",
                  self.url(database, "contactd_owner"))
        self.sql("VACUUM ANALYZE", database)
        note.write_text(of_store)
        say(f"  in {time.monotonic() - began:.0f} s")
        return database

    def tool(self, command, *arguments):
        done = subprocess.run([self.setup.binary, command, *arguments], capture_output=True, text=True,
                              timeout=COPY_SECONDS_MAX)
        if done.returncode:
            raise Failure(f"contactd {command} failed: {done.stderr.strip()[-300:]}")

    def set_logging(self, change):
        self.sql(f"ALTER SYSTEM {change}")
        self.sql("SELECT pg_reload_conf()")
        time.sleep(RELOAD_SECONDS)

    def logged(self, ask):
        """The statements that the server is sent while `ask` runs, each with its parameters."""
        log = self.folder / "server.log"
        self.set_logging("SET log_statement = 'all'")
        before = log.stat().st_size
        try:
            ask()
        finally:
            self.set_logging("RESET log_statement")
        with log.open() as file:
            file.seek(before)
            return statements_of(file.read().splitlines())


class Standby(Cluster):
    """A copy of another one's server that follows it, for as long as it is used."""

    def __init__(self, primary):
        super().__init__(primary.setup, "standby")
        self.primary = primary

    def __enter__(self):
        shutil.rmtree(self.folder, ignore_errors=True)   # of a run that was cut off
        self.start("standby", self.primary.folder)
        return self

    def __exit__(self, *_):
        super().__exit__()
        shutil.rmtree(self.folder, ignore_errors=True)


def stat_of(pid):
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def statements_of(lines):
    """[(process, statement, parameters)] of a log, in its order."""
    statements = []
    for line in lines:
        match = LOGGED.match(line)
        if match and match[2] == "LOG":
            statements.append((match[1], match[3], []))
        elif match and statements:
            statements[-1][2].extend(value for _, value in PARAMETER.findall(match[3]))
    return statements


class PostgresContactd(Contactd):
    """The service on a database. Its time is also that of the database's server, but not that of a standby."""

    def __init__(self, cluster, database, data, options=()):
        self.cluster, self.database = cluster, database
        super().__init__(cluster.setup, data, ("--store", cluster.url(database), "--owner-store",
                                               cluster.url(database, "contactd_owner"), *options))

    def cpu_seconds(self):
        return super().cpu_seconds() + self.cluster.cpu_seconds()

    def hold_in_memory(self):
        """Contacts, and the index by which one is found, come into the server's own memory, as the other stores are
        held in that of the machine; after a start it has nothing of them."""
        self.cluster.sql("CREATE EXTENSION IF NOT EXISTS pg_prewarm; SELECT pg_prewarm('contacts'), "
                         "pg_prewarm('contacts_pkey')", self.database)

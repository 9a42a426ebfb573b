"""One who writes to the old primary itself, past the service: does it still take what it must not?"""
import subprocess
import time

# What a commit says when it was not waited for, and was kept on this server alone.
NOT_WAITED_FOR = "WARNING"
SECONDS_MAX = 8
USABLE_SECONDS_MAX = 60


class Witness:
    """Has been connected since before the fault."""

    TABLE = "CREATE TABLE witness (round int, place text)"

    def __init__(self, cluster, old, number):
        self.cluster, self.old, self.number = cluster, old, number
        self.session = subprocess.Popen(cluster.psql(old, "postgres"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.session.stdin.write("SET statement_timeout = '5s';\n")
        self.session.stdin.flush()
        self.inside = None

    def insert(self, place):
        return f"INSERT INTO witness VALUES ({self.number}, '{place}') RETURNING 'taken';\n"

    def write_inside(self):
        """On the machine itself, where no cut is, while another one is primary already."""
        if not self.old.pids("postgres"):
            return
        command = ["psql", "--no-psqlrc", "-Atq", "-h", str(self.old.folder), "-U", "postgres", "postgres",
                   "-c", self.insert("inside")]
        limited = ["timeout", "-s", "KILL", str(SECONDS_MAX), *self.old.command(*command)]
        self.inside = subprocess.Popen(limited, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, text=True)

    def wait_until_usable(self, new):
        """Gives when the new primary had acknowledged a write: its commit waits until a standby follows."""
        command = [*self.cluster.psql(new, "postgres"), "-c", "INSERT INTO witness VALUES (0, 'new')"]
        deadline = time.monotonic() + USABLE_SECONDS_MAX
        while subprocess.run(command, capture_output=True, timeout=USABLE_SECONDS_MAX, check=False).returncode != 0:
            if time.monotonic() > deadline:
                raise RuntimeError("the new primary takes no writes")
            time.sleep(0.1)
        return time.monotonic()

    def write_again(self):
        """In the session that was there before, when the machine is back."""
        try:
            self.session.stdin.write(self.insert("session"))
            self.session.stdin.close()
        except OSError:
            pass

    @staticmethod
    def was_taken(process):
        """Acknowledged without a warning."""
        try:
            printed, complaint = process.stdout.read(), process.stderr.read()
            process.wait(SECONDS_MAX)
        finally:
            process.kill()
        return "taken" in printed and NOT_WAITED_FOR not in complaint

    def taken(self):
        """How many writes the old primary took that it must not have taken."""
        tried = [each for each in (self.inside, self.session) if each is not None]
        taken = sum(map(self.was_taken, tried))
        kept = self.cluster.sql(f"SELECT COUNT(*) FROM witness WHERE round = {self.number}")
        return taken + int(kept)

"""pgbench with the statements that the service sends: what they cost without the service."""
import json
import re
import subprocess

import people
import seed
from client import Failure
from servers import find_tool

CLIENTS_TRIED = [2, 4, 8, 16, 32]
TRIAL_SECONDS = 2
READS_TAKEN = 50    # Each with a contact of its own.
CREATES_TAKEN = 10
SHARDS = 16         # As many as the service has; each of its writers adds to a part of its own.
MARK = "'the part of this client'"
ID = re.compile(r"'01[0-9A-HJKMNP-TV-Z]{24}'")


def literal(text):
    """pgbench takes a colon for the beginning of a variable, in a text too."""
    if ":" not in text:
        return text
    return "U&" + text.replace("\\", "\\\\").replace(":", "\\003A")


def filled(statement, parameters):
    """A statement with its parameters written out."""
    return re.sub(r"\$(\d+)", lambda match: literal(parameters[int(match[1]) - 1]), statement)


def in_shard_of_client(statement, parameters):
    """What adds to a part of a count adds to that of pgbench's client: else all clients would wait for one row."""
    columns = re.match(r"INSERT INTO \w+ \(([^)]*)\)", statement)
    names = columns[1].split(", ") if columns else []
    if "shard" in names:
        parameters = list(parameters)
        parameters[names.index("shard")] = MARK
    return statement, parameters


class Pgbench:
    def __init__(self, cluster, url, scripts, folder):
        folder.mkdir(parents=True, exist_ok=True)
        self.cluster, self.url, self.files, self.clients = cluster, url, [], None
        for number, script in enumerate(scripts):
            self.files.append(folder / f"{number}.sql")
            self.files[-1].write_text(script)

    def run(self, clients, seconds):
        """(transactions per second, microseconds of the server's processor time for each)."""
        command = [find_tool("pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds)]
        before = self.cluster.cpu_seconds()
        done = subprocess.run([*command, *(f"--file={file}" for file in self.files), self.url], capture_output=True,
                              text=True, timeout=seconds + 120)
        rate = re.search(r"tps = ([\d.]+)", done.stdout)
        count = re.search(r"transactions actually processed: (\d+)", done.stdout)
        if done.returncode or not rate or not int(count[1]):
            raise Failure(f"pgbench failed: {(done.stderr or done.stdout).strip()[-300:]}")
        return float(rate[1]), (self.cluster.cpu_seconds() - before) / int(count[1]) * 1e6

    def best(self, seconds):
        """With the number of clients that the first call finds best."""
        if self.clients is None:
            self.clients = max(CLIENTS_TRIED, key=lambda clients: self.run(clients, TRIAL_SECONDS)[0])
        return self.run(self.clients, seconds)


def reads(cluster, database, folder, asks):
    """The statement on contacts that the service sends for each of `asks`. Without the wall that rows are behind, and
    without a transaction around it: the least that it can cost."""
    scripts = []
    for ask in asks:
        about_contacts = [(statement, parameters) for _, statement, parameters in cluster.logged(ask)
                          if re.search(r"\bFROM contacts WHERE\b", statement)]
        if not about_contacts:
            raise Failure("the service has sent no statement on contacts")
        scripts.append(filled(*about_contacts[-1]) + ";\n")
    return Pgbench(cluster, cluster.url(database, "postgres"), scripts, folder)


def creates(cluster, database, folder, client):
    """All statements of some creates, in a transaction as the service has it. What has to be new in each is made of
    random numbers."""
    scripts = []
    known = {f"'{each}'" for each in cluster.sql("SELECT id FROM namespaces", database).split()}
    for number in range(CREATES_TAKEN + 1):
        body = json.loads(people.body_of(people.person(number * 4, 1_000_000_000)))
        body["ref_id"] = f"taken/{number}"
        logged = cluster.logged(lambda body=body: client.ask("POST", "/contacts/", body, status=201))
        scripts.append(create_script(logged, body["ref_id"], known))
    return Pgbench(cluster, cluster.url(database), scripts[1:], folder)     # the first had more to ask


def create_script(logged, ref_id, known):
    """`known`: ids, in quotes, of what was there before."""
    [process] = {process for process, statement, _ in logged if statement.startswith("INSERT INTO contacts ")}
    statements = [(statement, parameters) for of, statement, parameters in logged if of == process]
    new = {value for statement, parameters in statements for value in parameters if ID.fullmatch(value)} - known
    text = ";\n".join(filled(*in_shard_of_client(*each)) for each in statements) + ";\n"
    text = text.replace(MARK, f":client_id % {SHARDS}")
    for place, value in enumerate(sorted(new)):
        text = text.replace(value, f"'01' || lpad(:n::text, 24, '{place}')")
    return "\\set n random(1, 1000000000000000)\n" + text.replace(f"'{ref_id}'", "'new/' || :n")

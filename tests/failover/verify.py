"""Holds what the clients were told against what the new primary has: by SQL, and through the API."""
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from load import ACKNOWLEDGED, REFUSED, TENANT, Client

READERS = 8
ROWS = """SELECT json_build_array(name, id, ref_id, version, rm_id) FROM contacts WHERE name LIKE '{label} %'"""


class Findings:
    """Each a list of sentences; all have to be empty."""

    def __init__(self):
        self.lost, self.duplicates, self.wrong = [], [], []

    def all(self):
        return self.lost + self.duplicates + self.wrong


def verify(load, sql):
    """`sql` gives what psql prints of the primary's database. The nodes of the load are asked too."""
    findings = Findings()
    rows = [json.loads(line) for line in sql(ROWS.format(label=load.label)).splitlines()]
    check_creates(load, rows, findings)
    check_references(sql, findings)
    check_keys(load, sql, findings)
    check_through_the_api(load, findings)
    check_changes(load, rows, sql, findings)
    check_count(load, sql, findings)
    return findings


def check_creates(load, rows, findings):
    times = Counter(row[0] for row in rows)
    by_name = {row[0]: row for row in rows}
    for write in load.writes:
        if write.kind == "change":
            continue
        if write.outcome == ACKNOWLEDGED:
            row = by_name.get(write.name)
            if row is None:
                findings.lost.append(f"{write.name}: acknowledged, not there")
            elif row[1:3] != [write.contact["id"], write.contact["ref_id"]]:
                findings.wrong.append(f"{write.name}: {row[1:3]} is not what was acknowledged")
        elif write.outcome == REFUSED and write.name in by_name:
            findings.wrong.append(f"{write.name}: refused, yet there")
    findings.duplicates += [f"{name}: {count} contacts" for name, count in times.items() if count > 1]


def check_references(sql, findings):
    """Over all rounds."""
    twice = sql("SELECT ref_id FROM contacts GROUP BY namespace_id, ref_id HAVING COUNT(*) > 1 OR ref_id IS NULL")
    findings.wrong += [f"reference {line} is not unique" for line in twice.splitlines()]


def check_keys(load, sql, findings):
    """An answer is kept with each key: the one that was acknowledged."""
    lines = sql(f"SELECT json_build_array(key, body::json->>'id') FROM idempotency WHERE key LIKE '{load.label}-%'")
    kept = dict(json.loads(line) for line in lines.splitlines())
    for write in load.writes:
        if write.key and write.outcome == ACKNOWLEDGED and kept.get(write.key) != write.contact["id"]:
            findings.wrong.append(f"{write.name}: its key tells of {kept.get(write.key)}")


def check_through_the_api(load, findings):
    """Every contact that was acknowledged and is not changed: the very same answer, from one node or the other."""
    changed = {write.name for write in load.writes if write.kind == "change"}
    acknowledged = [write for write in load.writes if write.outcome == ACKNOWLEDGED and write.kind != "change"
                    and write.name not in changed]

    def read(part):
        client = Client(load.ports[part % len(load.ports)], load.bearers[TENANT])
        for write in acknowledged[part::READERS]:
            answer = client.get(f"/contacts/{write.contact['id']}/")
            if answer.status == 404:
                findings.lost.append(f"{write.name}: acknowledged, and 404")
            elif answer.status != 200 or answer.json != write.contact:
                findings.wrong.append(f"{write.name}: {answer!r}")
        client.close()

    with ThreadPoolExecutor(READERS) as pool:
        list(pool.map(read, range(READERS)))


def check_changes(load, rows, sql, findings):
    by_name = {row[0]: row for row in rows}
    changes = {}
    for write in load.writes:
        if write.kind == "change":
            changes.setdefault(write.name, []).append(write)
    for name, writes in changes.items():
        client = Client(load.ports[0], load.bearers[writes[0].tenant])
        _, contact, _, version, value = by_name[name]
        entries, _ = client.walk(f"/contacts/{contact}/history/")
        seen = Counter(change["after"] for entry in entries for change in entry["changes"]
                       if entry["action"] == "update" and change["field"] == "rm_id")
        for write in writes:
            times = seen[write.value]
            if write.outcome == ACKNOWLEDGED and times == 0:
                findings.lost.append(f"{name}: change to {write.value} acknowledged, not there")
            if times > 1:
                findings.duplicates.append(f"{name}: change to {write.value} {times} times")
            if write.outcome == REFUSED and times:
                findings.wrong.append(f"{name}: change to {write.value} refused, yet there")
        acknowledged = [write for write in writes if write.outcome == ACKNOWLEDGED]
        if acknowledged and version < acknowledged[-1].version:
            findings.lost.append(f"{name}: version {version} behind {acknowledged[-1].version}")
        if acknowledged and version == acknowledged[-1].version and value != acknowledged[-1].value:
            findings.wrong.append(f"{name}: {value} at the version of {acknowledged[-1].value}")
        if len(entries) != int(sql(f"SELECT COUNT(*) FROM history WHERE contact_id = '{contact}'")):
            findings.wrong.append(f"{name}: its history through the API is not that of the table")
        client.close()


def check_count(load, sql, findings):
    counted = int(sql("SELECT COUNT(*) FROM contacts JOIN tenants USING (tenant_id) WHERE tenants.name = "
                      f"'{TENANT}'"))
    for port in load.ports:
        client = Client(port, load.bearers[TENANT])
        if (shown := client.expect(200, "GET", "/contacts/?page_size=1")["count"]) != counted:
            findings.wrong.append(f"{shown} contacts are counted, {counted} are there")
        client.close()

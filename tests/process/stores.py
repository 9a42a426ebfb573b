"""Stores for the tests of the operator's commands: looked at, changed and damaged behind the service's back."""
import sqlite3
from contextlib import closing
from pathlib import Path

from harness import contact_body

OLD_STORE = Path(__file__).with_name("store_before_place.sql")
RESOURCES = ("namespaces", "contacts", "addresses", "banks", "relations")
PAGE_BYTES = 4096


def make_old_store(data):
    """A store as an earlier version left it."""
    data.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(data / "contacts.db")) as database:
        database.executescript(OLD_STORE.read_text(encoding="utf-8"))


def ask(path, sql, values=()):
    """Rows. A `file:…?immutable=1` is looked at without a trace."""
    with closing(sqlite3.connect(path, uri=str(path).startswith("file:"))) as database:
        return database.execute(sql, values).fetchall()


def change(path, *statements):
    """Runs statements; each has to change something."""
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            if statement.split(" ", 1)[0] in ("UPDATE", "DELETE", "INSERT"):
                assert database.execute(statement).rowcount > 0, statement
            else:
                database.execute(statement)
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rows_of(path, table, without=("place",)):
    """Every row as a dictionary, in the order of their keys."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        rows = [dict(row) for row in database.execute(f"SELECT * FROM {table}")]
    for row in rows:
        for column in without:
            row.pop(column, None)
    return sorted(rows, key=repr)


def shape_of(path):
    """Everything that the file says of its tables and indexes."""
    return ask(path, "SELECT type, name, sql FROM sqlite_master ORDER BY type, name")


def damage_page(path, number):
    """Overwrites a page with nonsense."""
    with open(path, "r+b") as file:
        file.seek((number - 1) * PAGE_BYTES)
        file.write(b"\xa5" * PAGE_BYTES)


def contents_of(folder):
    """The bytes of every file that holds data; SQLite's own aids (`-shm`, an empty `-wal`), the lock and the
    development secret aside."""
    return {path.name: path.read_bytes() for path in folder.iterdir()
            if path.is_file() and not path.name.endswith(("-shm", ".lock", "dev-secret")) and path.stat().st_size > 0}


def fill(api, contacts=30, prefix="Person"):
    """A namespace with contacts and what belongs to them; gives the contacts' ids."""
    api.expect(201, "POST", "/namespaces/", {"name": "Vayana", "contact_pattern": "C/{counter:06}",
                                             "account_pattern": "A-{counter}"})
    ids = []
    for number in range(contacts):
        body = contact_body(f"{prefix} {chr(65 + number % 26)}", tags=["gold", f"group{number % 3}"], props=[
            {"key": "pan_no", "type": "text", "value": f"ABCDE{number:04}F"}])
        ids.append(api.expect(201, "POST", "/contacts/", body)["id"])
    for number, contact in enumerate(ids[:10]):
        api.expect(201, "POST", "/contacts/addresses/", {"contact_id": contact, "city": "Pune", "tags": ["home"]})
        api.expect(201, "POST", "/contacts/banks/", {
            "contact_id": contact, "account_holder_name": "Holder", "account_no": f"{10000 + number}",
            "ifsc": "HDFC0001234"})
        api.expect(201, "POST", "/contacts/relations/", {"contact": contact, "type": "friend", "name": "A Friend"})
    return ids

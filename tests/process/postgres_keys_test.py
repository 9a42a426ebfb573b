"""The shape of the database that engines which shard by tenant need: every key of a tenant's table begins with
tenant_id, foreign keys carry it along, and what has no tenant is named in docs/operations/distributed.md."""
import re
import unittest
from pathlib import Path

from postgres_test import PostgresTestCase

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations" / "distributed.md"
WITHOUT_TENANT = {"derived_versions", "schema_columns", "schema_indexes", "schema_migrations", "secrets", "tenants"}
OF_TENANTS = """SELECT c.oid FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
  WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'tenants'"""
KEYS = f"""SELECT i.indexrelid::regclass, am.amname, i.indisunique, a.attname
  FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_am AS am ON am.oid = c.relam
  JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] WHERE i.indrelid IN ({OF_TENANTS})"""
REFERENCES = f"""SELECT conname, (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]),
  (SELECT attname FROM pg_attribute WHERE attrelid = confrelid AND attnum = confkey[1]), condeferrable
  FROM pg_constraint WHERE contype = 'f' AND conrelid IN ({OF_TENANTS})"""
WALLS = f"""SELECT relname FROM pg_class WHERE oid IN ({OF_TENANTS})
  AND NOT (relrowsecurity AND (relforcerowsecurity OR relname LIKE '%\\_search'))"""


class Keys(PostgresTestCase):
    def test_the_shape(self):
        """One database is looked at from all sides."""
        self.assertEqual(self.node().stop(), 0)
        for check in (self.check_keys, self.check_walls, self.check_references, self.check_page):
            with self.subTest(check.__name__):
                check()

    def rows(self, sql):
        return [tuple(line.split("|")) for line in self.cluster.sql(sql, database=self.database).splitlines()]

    def check_keys(self):
        keys = self.rows(KEYS)
        self.assertGreater(len(keys), 40)
        self.assertEqual([key for key in keys if key[1] == "btree" and key[3] != "tenant_id"], [])
        others = {key[0] for key in keys if key[1] != "btree"}
        self.assertEqual(others, {f"{table}_search_by_tokens" for table in
                                  ("contacts", "addresses", "banks", "relations", "namespaces")})
        self.assertEqual([key for key in keys if key[0] in others and key[2] == "t"], [])

    def check_walls(self):
        tables = self.rows(f"SELECT relname FROM pg_class WHERE oid IN ({OF_TENANTS})")
        with_key = self.rows(f"SELECT relname FROM pg_class WHERE oid IN (SELECT indrelid FROM pg_index WHERE "
                             f"indisprimary) AND oid IN ({OF_TENANTS})")
        self.assertEqual(sorted(tables), sorted(with_key))
        self.assertEqual(self.rows(WALLS), [])

    def check_references(self):
        references = self.rows(REFERENCES)
        self.assertGreaterEqual(len(references), 5)
        self.assertEqual({each[1:] for each in references}, {("tenant_id", "tenant_id", "f")})

    def check_page(self):
        of_tenants = {row[0] for row in self.rows(f"SELECT relname FROM pg_class WHERE oid IN ({OF_TENANTS})")}
        every = {row[0] for row in self.rows("SELECT relname FROM pg_class WHERE relkind = 'r' AND "
                                             "relnamespace = 'public'::regnamespace")}
        self.assertEqual(every - of_tenants, WITHOUT_TENANT)
        page = PAGE.read_text(encoding="utf-8")
        self.assertEqual(set(re.findall(r"create_reference_table\('(\w+)'\)", page)), WITHOUT_TENANT)
        named = set(re.findall(r"^  '(\w+)',?", page, re.M)) | set(
            re.findall(r"create_distributed_table\('(\w+)'", page))
        self.assertEqual(named, of_tenants)


if __name__ == "__main__":
    unittest.main()

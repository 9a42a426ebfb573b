-- A store as contactd made it before rows had a `place`: two tenants, every kind of row.
-- Made from what such a version writes; the tests of `migrate` run it as it stands.
PRAGMA journal_mode=WAL;
BEGIN;
CREATE TABLE schema_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, type TEXT NOT NULL, PRIMARY KEY (table_name, column_name)) STRICT;
CREATE TABLE tenants (tenant_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE secrets (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE idempotency (tenant_id INTEGER NOT NULL, id TEXT NOT NULL, user_id TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, status INTEGER NOT NULL, location TEXT NOT NULL, etag TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, user_id, key), FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id)) STRICT;
CREATE TABLE namespaces (tenant_id INTEGER NOT NULL, id TEXT NOT NULL, created_by TEXT NOT NULL, updated_by TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, contact_pattern TEXT, contact_counter INTEGER NOT NULL, account_pattern TEXT, account_counter INTEGER NOT NULL, approval_policy TEXT NOT NULL, PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id)) STRICT;
CREATE INDEX namespaces_by_updated_at ON namespaces (tenant_id, updated_at, id);
CREATE UNIQUE INDEX namespaces_by_name ON namespaces (tenant_id, name);
CREATE TABLE namespaces_counts (tenant_id INTEGER NOT NULL, total INTEGER NOT NULL, PRIMARY KEY (tenant_id)) STRICT, WITHOUT ROWID;
CREATE TABLE contacts (tenant_id INTEGER NOT NULL, id TEXT NOT NULL, created_by TEXT NOT NULL, updated_by TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, version INTEGER NOT NULL, namespace_id TEXT NOT NULL, name TEXT NOT NULL, ref_id TEXT, status TEXT NOT NULL, type TEXT NOT NULL, tags TEXT, refs TEXT, rm_id TEXT, branch_id TEXT, props TEXT NOT NULL, approval_state TEXT NOT NULL, approval_by TEXT, approval_at INTEGER, approval_reason TEXT, PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id), FOREIGN KEY (tenant_id, namespace_id) REFERENCES namespaces (tenant_id, id)) STRICT;
CREATE INDEX contacts_by_updated_at ON contacts (tenant_id, updated_at, id);
CREATE UNIQUE INDEX contacts_by_ref_id_namespace_id ON contacts (tenant_id, ref_id, namespace_id) WHERE ref_id IS NOT NULL;
CREATE INDEX contacts_by_name ON contacts (tenant_id, name, id);
CREATE INDEX contacts_by_rm_id ON contacts (tenant_id, rm_id, id) WHERE rm_id IS NOT NULL;
CREATE INDEX contacts_by_branch_id ON contacts (tenant_id, branch_id, id) WHERE branch_id IS NOT NULL;
CREATE INDEX contacts_by_cell ON contacts (tenant_id, namespace_id, status, type, approval_state, id);
CREATE TABLE contacts_counts (tenant_id INTEGER NOT NULL, namespace_id TEXT NOT NULL, status TEXT NOT NULL, type TEXT NOT NULL, approval_state TEXT NOT NULL, total INTEGER NOT NULL, PRIMARY KEY (tenant_id, namespace_id, status, type, approval_state)) STRICT, WITHOUT ROWID;
CREATE TABLE contacts_tags (tenant_id INTEGER NOT NULL, tag TEXT NOT NULL, id TEXT NOT NULL, namespace_id TEXT NOT NULL, status TEXT NOT NULL, type TEXT NOT NULL, approval_state TEXT NOT NULL, PRIMARY KEY (tenant_id, tag, id)) STRICT, WITHOUT ROWID;
CREATE TABLE addresses (tenant_id INTEGER NOT NULL, id TEXT NOT NULL, created_by TEXT NOT NULL, updated_by TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, version INTEGER NOT NULL, contact_id TEXT NOT NULL, address_line TEXT, city TEXT, state TEXT, country TEXT, pincode TEXT, coords TEXT, codes TEXT, tags TEXT, PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id), FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id)) STRICT;
CREATE INDEX addresses_by_updated_at ON addresses (tenant_id, updated_at, id);
CREATE INDEX addresses_by_contact_id ON addresses (tenant_id, contact_id, id);
CREATE TABLE addresses_counts (tenant_id INTEGER NOT NULL, total INTEGER NOT NULL, PRIMARY KEY (tenant_id)) STRICT, WITHOUT ROWID;
CREATE TABLE addresses_tags (tenant_id INTEGER NOT NULL, tag TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (tenant_id, tag, id)) STRICT, WITHOUT ROWID;
CREATE TABLE banks (tenant_id INTEGER NOT NULL, id TEXT NOT NULL, created_by TEXT NOT NULL, updated_by TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, version INTEGER NOT NULL, contact_id TEXT NOT NULL, account_holder_name TEXT NOT NULL, account_no TEXT NOT NULL, ifsc TEXT NOT NULL, account_type TEXT, bank_name TEXT, branch_name TEXT, is_verified INTEGER NOT NULL, tags TEXT, refs TEXT, PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id), FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id)) STRICT;
CREATE INDEX banks_by_updated_at ON banks (tenant_id, updated_at, id);
CREATE UNIQUE INDEX banks_by_contact_id_ifsc_account_no ON banks (tenant_id, contact_id, ifsc, account_no);
CREATE TABLE banks_counts (tenant_id INTEGER NOT NULL, total INTEGER NOT NULL, PRIMARY KEY (tenant_id)) STRICT, WITHOUT ROWID;
CREATE TABLE banks_tags (tenant_id INTEGER NOT NULL, tag TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (tenant_id, tag, id)) STRICT, WITHOUT ROWID;
CREATE TABLE relations (tenant_id INTEGER NOT NULL, id TEXT NOT NULL, created_by TEXT NOT NULL, updated_by TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, version INTEGER NOT NULL, contact TEXT NOT NULL, type TEXT NOT NULL, related_contact TEXT, name TEXT, PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id), FOREIGN KEY (tenant_id, contact) REFERENCES contacts (tenant_id, id), FOREIGN KEY (tenant_id, related_contact) REFERENCES contacts (tenant_id, id)) STRICT;
CREATE INDEX relations_by_updated_at ON relations (tenant_id, updated_at, id);
CREATE UNIQUE INDEX relations_by_contact_type_related_contact ON relations (tenant_id, contact, type, related_contact) WHERE related_contact IS NOT NULL;
CREATE INDEX relations_by_contact ON relations (tenant_id, contact, id);
CREATE INDEX relations_by_related_contact ON relations (tenant_id, related_contact, id) WHERE related_contact IS NOT NULL;
CREATE INDEX relations_by_name ON relations (tenant_id, COALESCE(name, ''), id);
CREATE TABLE relations_counts (tenant_id INTEGER NOT NULL, total INTEGER NOT NULL, PRIMARY KEY (tenant_id)) STRICT, WITHOUT ROWID;
CREATE TABLE history (tenant_id INTEGER NOT NULL, contact_id TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, made_by TEXT NOT NULL, request_id TEXT NOT NULL, action TEXT NOT NULL, resource TEXT NOT NULL, resource_id TEXT NOT NULL, is_content INTEGER NOT NULL, changes TEXT NOT NULL, PRIMARY KEY (tenant_id, contact_id, id), FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id)) STRICT, WITHOUT ROWID;
CREATE INDEX history_removals ON history (tenant_id, at) WHERE action = 'delete';
CREATE TABLE account_references (tenant_id INTEGER NOT NULL, namespace_id TEXT NOT NULL, ref_id TEXT NOT NULL, PRIMARY KEY (tenant_id, namespace_id, ref_id), FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id)) STRICT, WITHOUT ROWID;
CREATE TABLE dedupe_keys (tenant_id INTEGER NOT NULL, key TEXT NOT NULL, contact_id TEXT NOT NULL, row_id TEXT NOT NULL, PRIMARY KEY (tenant_id, key, contact_id, row_id), FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id)) STRICT, WITHOUT ROWID;
INSERT INTO schema_columns (table_name, column_name, type) VALUES
('tenants', 'tenant_id', 'INTEGER PRIMARY KEY'),
('tenants', 'name', 'TEXT NOT NULL UNIQUE'),
('secrets', 'name', 'TEXT NOT NULL PRIMARY KEY'),
('secrets', 'value', 'TEXT NOT NULL'),
('idempotency', 'tenant_id', 'BIGINT NOT NULL'),
('idempotency', 'id', 'TEXT NOT NULL'),
('idempotency', 'user_id', 'TEXT NOT NULL'),
('idempotency', 'key', 'TEXT NOT NULL'),
('idempotency', 'digest', 'TEXT NOT NULL'),
('idempotency', 'status', 'BIGINT NOT NULL'),
('idempotency', 'location', 'TEXT NOT NULL'),
('idempotency', 'etag', 'TEXT NOT NULL'),
('idempotency', 'body', 'TEXT NOT NULL'),
('namespaces', 'tenant_id', 'BIGINT NOT NULL'),
('namespaces', 'id', 'TEXT NOT NULL'),
('namespaces', 'created_by', 'TEXT NOT NULL'),
('namespaces', 'updated_by', 'TEXT'),
('namespaces', 'created_at', 'BIGINT NOT NULL'),
('namespaces', 'updated_at', 'BIGINT NOT NULL'),
('namespaces', 'version', 'BIGINT NOT NULL'),
('namespaces', 'name', 'TEXT NOT NULL'),
('namespaces', 'contact_pattern', 'TEXT'),
('namespaces', 'contact_counter', 'BIGINT NOT NULL'),
('namespaces', 'account_pattern', 'TEXT'),
('namespaces', 'account_counter', 'BIGINT NOT NULL'),
('namespaces', 'approval_policy', 'TEXT NOT NULL'),
('namespaces_counts', 'tenant_id', 'BIGINT NOT NULL'),
('namespaces_counts', 'total', 'BIGINT NOT NULL'),
('contacts', 'tenant_id', 'BIGINT NOT NULL'),
('contacts', 'id', 'TEXT NOT NULL'),
('contacts', 'created_by', 'TEXT NOT NULL'),
('contacts', 'updated_by', 'TEXT'),
('contacts', 'created_at', 'BIGINT NOT NULL'),
('contacts', 'updated_at', 'BIGINT NOT NULL'),
('contacts', 'version', 'BIGINT NOT NULL'),
('contacts', 'namespace_id', 'TEXT NOT NULL'),
('contacts', 'name', 'TEXT NOT NULL'),
('contacts', 'ref_id', 'TEXT'),
('contacts', 'status', 'TEXT NOT NULL'),
('contacts', 'type', 'TEXT NOT NULL'),
('contacts', 'tags', 'TEXT'),
('contacts', 'refs', 'TEXT'),
('contacts', 'rm_id', 'TEXT'),
('contacts', 'branch_id', 'TEXT'),
('contacts', 'props', 'TEXT NOT NULL'),
('contacts', 'approval_state', 'TEXT NOT NULL'),
('contacts', 'approval_by', 'TEXT'),
('contacts', 'approval_at', 'BIGINT'),
('contacts', 'approval_reason', 'TEXT'),
('contacts_counts', 'tenant_id', 'BIGINT NOT NULL'),
('contacts_counts', 'namespace_id', 'TEXT NOT NULL'),
('contacts_counts', 'status', 'TEXT NOT NULL'),
('contacts_counts', 'type', 'TEXT NOT NULL'),
('contacts_counts', 'approval_state', 'TEXT NOT NULL'),
('contacts_counts', 'total', 'BIGINT NOT NULL'),
('contacts_tags', 'tenant_id', 'BIGINT NOT NULL'),
('contacts_tags', 'tag', 'TEXT NOT NULL'),
('contacts_tags', 'id', 'TEXT NOT NULL'),
('contacts_tags', 'namespace_id', 'TEXT NOT NULL'),
('contacts_tags', 'status', 'TEXT NOT NULL'),
('contacts_tags', 'type', 'TEXT NOT NULL'),
('contacts_tags', 'approval_state', 'TEXT NOT NULL'),
('addresses', 'tenant_id', 'BIGINT NOT NULL'),
('addresses', 'id', 'TEXT NOT NULL'),
('addresses', 'created_by', 'TEXT NOT NULL'),
('addresses', 'updated_by', 'TEXT'),
('addresses', 'created_at', 'BIGINT NOT NULL'),
('addresses', 'updated_at', 'BIGINT NOT NULL'),
('addresses', 'version', 'BIGINT NOT NULL'),
('addresses', 'contact_id', 'TEXT NOT NULL'),
('addresses', 'address_line', 'TEXT'),
('addresses', 'city', 'TEXT'),
('addresses', 'state', 'TEXT'),
('addresses', 'country', 'TEXT'),
('addresses', 'pincode', 'TEXT'),
('addresses', 'coords', 'TEXT'),
('addresses', 'codes', 'TEXT'),
('addresses', 'tags', 'TEXT'),
('addresses_counts', 'tenant_id', 'BIGINT NOT NULL'),
('addresses_counts', 'total', 'BIGINT NOT NULL'),
('addresses_tags', 'tenant_id', 'BIGINT NOT NULL'),
('addresses_tags', 'tag', 'TEXT NOT NULL'),
('addresses_tags', 'id', 'TEXT NOT NULL'),
('banks', 'tenant_id', 'BIGINT NOT NULL'),
('banks', 'id', 'TEXT NOT NULL'),
('banks', 'created_by', 'TEXT NOT NULL'),
('banks', 'updated_by', 'TEXT'),
('banks', 'created_at', 'BIGINT NOT NULL'),
('banks', 'updated_at', 'BIGINT NOT NULL'),
('banks', 'version', 'BIGINT NOT NULL'),
('banks', 'contact_id', 'TEXT NOT NULL'),
('banks', 'account_holder_name', 'TEXT NOT NULL'),
('banks', 'account_no', 'TEXT NOT NULL'),
('banks', 'ifsc', 'TEXT NOT NULL'),
('banks', 'account_type', 'TEXT'),
('banks', 'bank_name', 'TEXT'),
('banks', 'branch_name', 'TEXT'),
('banks', 'is_verified', 'BIGINT NOT NULL'),
('banks', 'tags', 'TEXT'),
('banks', 'refs', 'TEXT'),
('banks_counts', 'tenant_id', 'BIGINT NOT NULL'),
('banks_counts', 'total', 'BIGINT NOT NULL'),
('banks_tags', 'tenant_id', 'BIGINT NOT NULL'),
('banks_tags', 'tag', 'TEXT NOT NULL'),
('banks_tags', 'id', 'TEXT NOT NULL'),
('relations', 'tenant_id', 'BIGINT NOT NULL'),
('relations', 'id', 'TEXT NOT NULL'),
('relations', 'created_by', 'TEXT NOT NULL'),
('relations', 'updated_by', 'TEXT'),
('relations', 'created_at', 'BIGINT NOT NULL'),
('relations', 'updated_at', 'BIGINT NOT NULL'),
('relations', 'version', 'BIGINT NOT NULL'),
('relations', 'contact', 'TEXT NOT NULL'),
('relations', 'type', 'TEXT NOT NULL'),
('relations', 'related_contact', 'TEXT'),
('relations', 'name', 'TEXT'),
('relations_counts', 'tenant_id', 'BIGINT NOT NULL'),
('relations_counts', 'total', 'BIGINT NOT NULL'),
('history', 'tenant_id', 'BIGINT NOT NULL'),
('history', 'contact_id', 'TEXT NOT NULL'),
('history', 'id', 'TEXT NOT NULL'),
('history', 'at', 'BIGINT NOT NULL'),
('history', 'made_by', 'TEXT NOT NULL'),
('history', 'request_id', 'TEXT NOT NULL'),
('history', 'action', 'TEXT NOT NULL'),
('history', 'resource', 'TEXT NOT NULL'),
('history', 'resource_id', 'TEXT NOT NULL'),
('history', 'is_content', 'BIGINT NOT NULL'),
('history', 'changes', 'TEXT NOT NULL'),
('account_references', 'tenant_id', 'BIGINT NOT NULL'),
('account_references', 'namespace_id', 'TEXT NOT NULL'),
('account_references', 'ref_id', 'TEXT NOT NULL'),
('dedupe_keys', 'tenant_id', 'BIGINT NOT NULL'),
('dedupe_keys', 'key', 'TEXT NOT NULL'),
('dedupe_keys', 'contact_id', 'TEXT NOT NULL'),
('dedupe_keys', 'row_id', 'TEXT NOT NULL');
INSERT INTO tenants (tenant_id, name) VALUES
(1, 'tenant-one'),
(2, 'tenant-two');
INSERT INTO secrets (name, value) VALUES
('cursor', '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef');
INSERT INTO idempotency (tenant_id, id, user_id, key, digest, status, location, etag, body) VALUES
(1, '01M8AXZZXFY6DJMKMQM98QRAKG', 'user-one1', 'key-tenant-one-0', '6ddac94b2ee19b62449cb5b41c06b655', 201, '/contacts/01M8AXZZXF402KMBSB7GTYKPX1/', '"1-4e311ce8ae53d9aa"', '{"id":"01M8AXZZXF402KMBSB7GTYKPX1","tenant_id":"tenant-one","created_by":"user-one1","updated_by":null,"created_at":"2026-11-26T03:22:11.247128Z","updated_at":"2026-11-26T03:22:11.247128Z","namespace":"Vayana","name":"Asha Deshpande","ref_id":"C/0001","status":"active","type":"individual","tags":["gold","north"],"refs":{"system":"old","n":0},"props":["01M8AXZZXF402KMBSB7GTYKPX2","01M8AXZZXF402KMBSB7GTYKPX3"],"approval":{"state":"pending","by":null,"at":null,"reason":null}}'),
(1, '01M8AXZZXWDJN6WEP9DRQ5FAE6', 'user-one1', 'key-tenant-one-1', '9a346dddfe68b161e08d731d74e2a2f6', 201, '/contacts/01M8AXZZXW70QHCP7QKFZ1GBK5/', '"1-bb5eb1ba8b3cf2a7"', '{"id":"01M8AXZZXW70QHCP7QKFZ1GBK5","tenant_id":"tenant-one","created_by":"user-one1","updated_by":null,"created_at":"2026-11-26T03:22:11.260224Z","updated_at":"2026-11-26T03:22:11.260224Z","namespace":"Vayana","name":"Ravi O''Neil","ref_id":"C/0002","status":"active","type":"individual","tags":["north"],"refs":{"system":"old","n":1},"props":["01M8AXZZXW70QHCP7QKFZ1GBK6","01M8AXZZXW70QHCP7QKFZ1GBK7"],"approval":{"state":"pending","by":null,"at":null,"reason":null}}'),
(1, '01M8AXZZXZGBQQQVEHJ16DT2ZW', 'user-one1', 'key-tenant-one-2', 'acf20568f8080e9b833b696926c23313', 201, '/contacts/01M8AXZZXZCJPGRY107QE25FTG/', '"1-438f86558a002540"', '{"id":"01M8AXZZXZCJPGRY107QE25FTG","tenant_id":"tenant-one","created_by":"user-one1","updated_by":null,"created_at":"2026-11-26T03:22:11.263402Z","updated_at":"2026-11-26T03:22:11.263402Z","namespace":"Vayana","name":"Mehta Traders Pvt. Ltd.","ref_id":"C/0003","status":"active","type":"corporate","tags":["gold","north"],"refs":{"system":"old","n":2},"props":["01M8AXZZXZCJPGRY107QE25FTH","01M8AXZZXZCJPGRY107QE25FTJ"],"approval":{"state":"pending","by":null,"at":null,"reason":null}}'),
(2, '01M8AY001VGT7GZFFBYEC69B0D', 'user-two1', 'key-tenant-two-0', '6ddac94b2ee19b62449cb5b41c06b655', 201, '/contacts/01M8AY001V87ZHA76VYMV47R5C/', '"1-42ec0de560e9a15e"', '{"id":"01M8AY001V87ZHA76VYMV47R5C","tenant_id":"tenant-two","created_by":"user-two1","updated_by":null,"created_at":"2026-11-26T03:22:11.387263Z","updated_at":"2026-11-26T03:22:11.387263Z","namespace":"Vayana","name":"Asha Deshpande","ref_id":"C/0001","status":"active","type":"individual","tags":["gold","north"],"refs":{"system":"old","n":0},"props":["01M8AY001V87ZHA76VYMV47R5D","01M8AY001V87ZHA76VYMV47R5E"],"approval":{"state":"pending","by":null,"at":null,"reason":null}}'),
(2, '01M8AY002EM6JHS357M4GGRKHN', 'user-two1', 'key-tenant-two-1', '9a346dddfe68b161e08d731d74e2a2f6', 201, '/contacts/01M8AY002E33RJPECAQEYWFY76/', '"1-de0d04f3d558a891"', '{"id":"01M8AY002E33RJPECAQEYWFY76","tenant_id":"tenant-two","created_by":"user-two1","updated_by":null,"created_at":"2026-11-26T03:22:11.406099Z","updated_at":"2026-11-26T03:22:11.406099Z","namespace":"Vayana","name":"Ravi O''Neil","ref_id":"C/0002","status":"active","type":"individual","tags":["north"],"refs":{"system":"old","n":1},"props":["01M8AY002E33RJPECAQEYWFY77","01M8AY002E33RJPECAQEYWFY78"],"approval":{"state":"pending","by":null,"at":null,"reason":null}}'),
(2, '01M8AY003GY8KQ3NVDYSFY9S3Z', 'user-two1', 'key-tenant-two-2', 'acf20568f8080e9b833b696926c23313', 201, '/contacts/01M8AY003GQTG33BJFFV98MHJZ/', '"1-0ed8c18762ac52aa"', '{"id":"01M8AY003GQTG33BJFFV98MHJZ","tenant_id":"tenant-two","created_by":"user-two1","updated_by":null,"created_at":"2026-11-26T03:22:11.440762Z","updated_at":"2026-11-26T03:22:11.440762Z","namespace":"Vayana","name":"Mehta Traders Pvt. Ltd.","ref_id":"C/0003","status":"active","type":"corporate","tags":["gold","north"],"refs":{"system":"old","n":2},"props":["01M8AY003GQTG33BJFFV98MHK0","01M8AY003GQTG33BJFFV98MHK1"],"approval":{"state":"pending","by":null,"at":null,"reason":null}}');
INSERT INTO namespaces (tenant_id, id, created_by, updated_by, created_at, updated_at, version, name, contact_pattern, contact_counter, account_pattern, account_counter, approval_policy) VALUES
(1, '01M8AXZZX1XE6N8YSNHMEG2X7T', 'user-one1', NULL, 1795663331233942, 1795663331233942, 5, 'Vayana', 'C/{counter:04}', 4, 'A-{counter}', 2, 'four_eyes'),
(2, '01M8AY001H1V946W2Q1803TH7D', 'user-two1', NULL, 1795663331377059, 1795663331377059, 5, 'Vayana', 'C/{counter:04}', 4, 'A-{counter}', 2, 'four_eyes');
INSERT INTO namespaces_counts (tenant_id, total) VALUES
(1, 1),
(2, 1);
INSERT INTO contacts (tenant_id, id, created_by, updated_by, created_at, updated_at, version, namespace_id, name, ref_id, status, type, tags, refs, rm_id, branch_id, props, approval_state, approval_by, approval_at, approval_reason) VALUES
(1, '01M8AXZZXF402KMBSB7GTYKPX1', 'user-one1', 'user-one1', 1795663331247128, 1795663331291918, 3, '01M8AXZZX1XE6N8YSNHMEG2X7T', 'Asha Deshpande', 'C/0001', 'active', 'individual', 'gold,north', '{"system":"old","n":0}', NULL, NULL, '[{"id":"01M8AXZZXF402KMBSB7GTYKPX2","key":"pan_no","value":"ABCDE1230F","type":"text"},{"id":"01M8AXZZXF402KMBSB7GTYKPX3","key":"mobile","value":"9876543200","type":"text"}]', 'pending', NULL, NULL, NULL),
(1, '01M8AXZZXW70QHCP7QKFZ1GBK5', 'user-one1', 'user-one1', 1795663331260224, 1795663331286624, 2, '01M8AXZZX1XE6N8YSNHMEG2X7T', 'Ravi O''Neil Rao', 'C/0002', 'active', 'individual', 'north', '{"system":"old","n":1}', NULL, NULL, '[{"id":"01M8AXZZXW70QHCP7QKFZ1GBK6","key":"pan_no","value":"ABCDE1231F","type":"text"},{"id":"01M8AXZZXW70QHCP7QKFZ1GBK7","key":"mobile","value":"9876543210","type":"text"}]', 'pending', NULL, NULL, NULL),
(1, '01M8AXZZXZCJPGRY107QE25FTG', 'user-one1', 'user-one1', 1795663331263402, 1795663331289135, 2, '01M8AXZZX1XE6N8YSNHMEG2X7T', 'Mehta Traders Pvt. Ltd.', 'C/0003', 'inactive', 'corporate', 'gold,north', '{"system":"old","n":2}', NULL, NULL, '[{"id":"01M8AXZZXZCJPGRY107QE25FTH","key":"pan_no","value":"ABCDE1232F","type":"text"},{"id":"01M8AXZZXZCJPGRY107QE25FTJ","key":"mobile","value":"9876543220","type":"text"}]', 'pending', NULL, NULL, NULL),
(2, '01M8AY001V87ZHA76VYMV47R5C', 'user-two1', 'user-two1', 1795663331387263, 1795663331477420, 3, '01M8AY001H1V946W2Q1803TH7D', 'Asha Deshpande', 'C/0001', 'active', 'individual', 'gold,north', '{"system":"old","n":0}', NULL, NULL, '[{"id":"01M8AY001V87ZHA76VYMV47R5D","key":"pan_no","value":"ABCDE1230F","type":"text"},{"id":"01M8AY001V87ZHA76VYMV47R5E","key":"mobile","value":"9876543200","type":"text"}]', 'pending', NULL, NULL, NULL),
(2, '01M8AY002E33RJPECAQEYWFY76', 'user-two1', 'user-two1', 1795663331406099, 1795663331467215, 2, '01M8AY001H1V946W2Q1803TH7D', 'Ravi O''Neil Rao', 'C/0002', 'active', 'individual', 'north', '{"system":"old","n":1}', NULL, NULL, '[{"id":"01M8AY002E33RJPECAQEYWFY77","key":"pan_no","value":"ABCDE1231F","type":"text"},{"id":"01M8AY002E33RJPECAQEYWFY78","key":"mobile","value":"9876543210","type":"text"}]', 'pending', NULL, NULL, NULL),
(2, '01M8AY003GQTG33BJFFV98MHJZ', 'user-two1', 'user-two1', 1795663331440762, 1795663331471802, 2, '01M8AY001H1V946W2Q1803TH7D', 'Mehta Traders Pvt. Ltd.', 'C/0003', 'inactive', 'corporate', 'gold,north', '{"system":"old","n":2}', NULL, NULL, '[{"id":"01M8AY003GQTG33BJFFV98MHK0","key":"pan_no","value":"ABCDE1232F","type":"text"},{"id":"01M8AY003GQTG33BJFFV98MHK1","key":"mobile","value":"9876543220","type":"text"}]', 'pending', NULL, NULL, NULL);
INSERT INTO contacts_counts (tenant_id, namespace_id, status, type, approval_state, total) VALUES
(1, '01M8AXZZX1XE6N8YSNHMEG2X7T', 'active', 'corporate', 'pending', 0),
(1, '01M8AXZZX1XE6N8YSNHMEG2X7T', 'active', 'individual', 'approved', 0),
(1, '01M8AXZZX1XE6N8YSNHMEG2X7T', 'active', 'individual', 'pending', 2),
(1, '01M8AXZZX1XE6N8YSNHMEG2X7T', 'inactive', 'corporate', 'pending', 1),
(2, '01M8AY001H1V946W2Q1803TH7D', 'active', 'corporate', 'pending', 0),
(2, '01M8AY001H1V946W2Q1803TH7D', 'active', 'individual', 'approved', 0),
(2, '01M8AY001H1V946W2Q1803TH7D', 'active', 'individual', 'pending', 2),
(2, '01M8AY001H1V946W2Q1803TH7D', 'inactive', 'corporate', 'pending', 1);
INSERT INTO contacts_tags (tenant_id, tag, id, namespace_id, status, type, approval_state) VALUES
(1, 'gold', '01M8AXZZXF402KMBSB7GTYKPX1', '01M8AXZZX1XE6N8YSNHMEG2X7T', 'active', 'individual', 'pending'),
(1, 'gold', '01M8AXZZXZCJPGRY107QE25FTG', '01M8AXZZX1XE6N8YSNHMEG2X7T', 'inactive', 'corporate', 'pending'),
(1, 'north', '01M8AXZZXF402KMBSB7GTYKPX1', '01M8AXZZX1XE6N8YSNHMEG2X7T', 'active', 'individual', 'pending'),
(1, 'north', '01M8AXZZXW70QHCP7QKFZ1GBK5', '01M8AXZZX1XE6N8YSNHMEG2X7T', 'active', 'individual', 'pending'),
(1, 'north', '01M8AXZZXZCJPGRY107QE25FTG', '01M8AXZZX1XE6N8YSNHMEG2X7T', 'inactive', 'corporate', 'pending'),
(2, 'gold', '01M8AY001V87ZHA76VYMV47R5C', '01M8AY001H1V946W2Q1803TH7D', 'active', 'individual', 'pending'),
(2, 'gold', '01M8AY003GQTG33BJFFV98MHJZ', '01M8AY001H1V946W2Q1803TH7D', 'inactive', 'corporate', 'pending'),
(2, 'north', '01M8AY001V87ZHA76VYMV47R5C', '01M8AY001H1V946W2Q1803TH7D', 'active', 'individual', 'pending'),
(2, 'north', '01M8AY002E33RJPECAQEYWFY76', '01M8AY001H1V946W2Q1803TH7D', 'active', 'individual', 'pending'),
(2, 'north', '01M8AY003GQTG33BJFFV98MHJZ', '01M8AY001H1V946W2Q1803TH7D', 'inactive', 'corporate', 'pending');
INSERT INTO addresses (tenant_id, id, created_by, updated_by, created_at, updated_at, version, contact_id, address_line, city, state, country, pincode, coords, codes, tags) VALUES
(1, '01M8AXZZYVK5Y4580MS5P812V5', 'user-one1', NULL, 1795663331291613, 1795663331291613, 1, '01M8AXZZXF402KMBSB7GTYKPX1', '12, M.G. Road', 'Pune', 'Maharashtra', 'India', '411001', NULL, NULL, 'home'),
(2, '01M8AY004N9RD0NDJGPEY4XTQ2', 'user-two1', NULL, 1795663331477312, 1795663331477312, 1, '01M8AY001V87ZHA76VYMV47R5C', '12, M.G. Road', 'Pune', 'Maharashtra', 'India', '411001', NULL, NULL, 'home');
INSERT INTO addresses_counts (tenant_id, total) VALUES
(1, 1),
(2, 1);
INSERT INTO addresses_tags (tenant_id, tag, id) VALUES
(1, 'home', '01M8AXZZYVK5Y4580MS5P812V5'),
(2, 'home', '01M8AY004N9RD0NDJGPEY4XTQ2');
INSERT INTO banks (tenant_id, id, created_by, updated_by, created_at, updated_at, version, contact_id, account_holder_name, account_no, ifsc, account_type, bank_name, branch_name, is_verified, tags, refs) VALUES
(1, '01M8AXZZZ6N1BKPMEJNE84JWJX', 'user-one1', NULL, 1795663331302673, 1795663331302673, 1, '01M8AXZZXF402KMBSB7GTYKPX1', 'Asha Deshpande', '12345678', 'HDFC0001234', NULL, NULL, NULL, 0, 'salary', NULL),
(2, '01M8AY005KYR2KFRS80B7DPPGH', 'user-two1', NULL, 1795663331507984, 1795663331507984, 1, '01M8AY001V87ZHA76VYMV47R5C', 'Asha Deshpande', '12345678', 'HDFC0001234', NULL, NULL, NULL, 0, 'salary', NULL);
INSERT INTO banks_counts (tenant_id, total) VALUES
(1, 1),
(2, 1);
INSERT INTO banks_tags (tenant_id, tag, id) VALUES
(1, 'salary', '01M8AXZZZ6N1BKPMEJNE84JWJX'),
(2, 'salary', '01M8AY005KYR2KFRS80B7DPPGH');
INSERT INTO relations (tenant_id, id, created_by, updated_by, created_at, updated_at, version, contact, type, related_contact, name) VALUES
(1, '01M8AXZZZJRFEKVYJGFE8M8ZRT', 'user-one1', NULL, 1795663331314783, 1795663331314783, 1, '01M8AXZZXF402KMBSB7GTYKPX1', 'spouse', '01M8AXZZXW70QHCP7QKFZ1GBK5', NULL),
(1, '01M8AXZZZVP3D5FC7EK66QEWZR', 'user-one1', NULL, 1795663331323707, 1795663331323707, 1, '01M8AXZZXZCJPGRY107QE25FTG', 'guarantor', NULL, 'Somebody Else'),
(2, '01M8AY0068P7Z3YWZ9TF4XJS6B', 'user-two1', NULL, 1795663331528711, 1795663331528711, 1, '01M8AY001V87ZHA76VYMV47R5C', 'spouse', '01M8AY002E33RJPECAQEYWFY76', NULL),
(2, '01M8AY006WEAE52VKV3X51G0NA', 'user-two1', NULL, 1795663331548458, 1795663331548458, 1, '01M8AY003GQTG33BJFFV98MHJZ', 'guarantor', NULL, 'Somebody Else');
INSERT INTO relations_counts (tenant_id, total) VALUES
(1, 2),
(2, 2);
INSERT INTO history (tenant_id, contact_id, id, at, made_by, request_id, action, resource, resource_id, is_content, changes) VALUES
(1, '01M8AXZZXF402KMBSB7GTYKPX1', '01M8AXZZXF402KMBSB7GTYKPX4', 1795663331247128, 'user-one1', '01M8AXZZXDPJGJD2ET70FC4ZQG', 'create', 'contact', '01M8AXZZXF402KMBSB7GTYKPX1', 1, '[{"field":"namespace","before":null,"after":"Vayana"},{"field":"name","before":null,"after":"Asha Deshpande"},{"field":"ref_id","before":null,"after":"C/0001"},{"field":"status","before":null,"after":"active"},{"field":"type","before":null,"after":"individual"},{"field":"tags","before":null,"after":["gold","north"]},{"field":"refs","before":null,"after":{"system":"old","n":0}},{"field":"props/pan_no","before":null,"after":{"id":"01M8AXZZXF402KMBSB7GTYKPX2","key":"pan_no","value":"ABCDE1230F","type":"text"}},{"field":"props/mobile","before":null,"after":{"id":"01M8AXZZXF402KMBSB7GTYKPX3","key":"mobile","value":"9876543200","type":"text"}},{"field":"approval/state","before":null,"after":"pending"}]'),
(1, '01M8AXZZXF402KMBSB7GTYKPX1', '01M8AXZZYE91FNG04Z8Q1Z78KJ', 1795663331278289, 'checker-1', '01M8AXZZYDPSXQXY7V9VSGP8DM', 'approve', 'contact', '01M8AXZZXF402KMBSB7GTYKPX1', 0, '[{"field":"approval/state","before":"pending","after":"approved"},{"field":"approval/by","before":null,"after":"checker-1"},{"field":"approval/at","before":null,"after":"2026-11-26T03:22:11.278289Z"}]'),
(1, '01M8AXZZXF402KMBSB7GTYKPX1', '01M8AXZZYVK5Y4580MS5P812V6', 1795663331291613, 'user-one1', '01M8AXZZYVDJ4G9S1BHMQ6J53Q', 'create', 'address', '01M8AXZZYVK5Y4580MS5P812V5', 1, '[{"field":"contact_id","before":null,"after":"01M8AXZZXF402KMBSB7GTYKPX1"},{"field":"address_line","before":null,"after":"12, M.G. Road"},{"field":"city","before":null,"after":"Pune"},{"field":"state","before":null,"after":"Maharashtra"},{"field":"country","before":null,"after":"India"},{"field":"pincode","before":null,"after":"411001"},{"field":"tags","before":null,"after":["home"]}]'),
(1, '01M8AXZZXF402KMBSB7GTYKPX1', '01M8AXZZYVWPS4QH3ZGZ56DBCJ', 1795663331291918, 'user-one1', '01M8AXZZYVDJ4G9S1BHMQ6J53Q', 'update', 'contact', '01M8AXZZXF402KMBSB7GTYKPX1', 0, '[{"field":"approval/state","before":"approved","after":"pending"},{"field":"approval/by","before":"checker-1","after":null},{"field":"approval/at","before":"2026-11-26T03:22:11.278289Z","after":null}]'),
(1, '01M8AXZZXF402KMBSB7GTYKPX1', '01M8AXZZZ6N1BKPMEJNE84JWJY', 1795663331302673, 'user-one1', '01M8AXZZZ6GQ0GER556QF9QSFH', 'create', 'bank', '01M8AXZZZ6N1BKPMEJNE84JWJX', 1, '[{"field":"contact_id","before":null,"after":"01M8AXZZXF402KMBSB7GTYKPX1"},{"field":"account_holder_name","before":null,"after":"Asha Deshpande"},{"field":"account_no","before":null,"after":"12345678"},{"field":"ifsc","before":null,"after":"HDFC0001234"},{"field":"is_verified","before":null,"after":false},{"field":"tags","before":null,"after":["salary"]}]'),
(1, '01M8AXZZXF402KMBSB7GTYKPX1', '01M8AXZZZJRFEKVYJGFE8M8ZRV', 1795663331314783, 'user-one1', '01M8AXZZZJMDSH805AWEJPPJ0W', 'create', 'relation', '01M8AXZZZJRFEKVYJGFE8M8ZRT', 0, '[{"field":"contact","before":null,"after":"01M8AXZZXF402KMBSB7GTYKPX1"},{"field":"type","before":null,"after":"spouse"},{"field":"related_contact","before":null,"after":"01M8AXZZXW70QHCP7QKFZ1GBK5"}]'),
(1, '01M8AXZZXW70QHCP7QKFZ1GBK5', '01M8AXZZXW70QHCP7QKFZ1GBK8', 1795663331260224, 'user-one1', '01M8AXZZXW09N5CHPVJE1B1CNV', 'create', 'contact', '01M8AXZZXW70QHCP7QKFZ1GBK5', 1, '[{"field":"namespace","before":null,"after":"Vayana"},{"field":"name","before":null,"after":"Ravi O''Neil"},{"field":"ref_id","before":null,"after":"C/0002"},{"field":"status","before":null,"after":"active"},{"field":"type","before":null,"after":"individual"},{"field":"tags","before":null,"after":["north"]},{"field":"refs","before":null,"after":{"system":"old","n":1}},{"field":"props/pan_no","before":null,"after":{"id":"01M8AXZZXW70QHCP7QKFZ1GBK6","key":"pan_no","value":"ABCDE1231F","type":"text"}},{"field":"props/mobile","before":null,"after":{"id":"01M8AXZZXW70QHCP7QKFZ1GBK7","key":"mobile","value":"9876543210","type":"text"}},{"field":"approval/state","before":null,"after":"pending"}]'),
(1, '01M8AXZZXW70QHCP7QKFZ1GBK5', '01M8AXZZYPKG5N9JTDVDANSBYN', 1795663331286624, 'user-one1', '01M8AXZZYPANRQRRWPC6E9PH45', 'update', 'contact', '01M8AXZZXW70QHCP7QKFZ1GBK5', 1, '[{"field":"name","before":"Ravi O''Neil","after":"Ravi O''Neil Rao"}]'),
(1, '01M8AXZZXW70QHCP7QKFZ1GBK5', '01M8AXZZZ1W7Y5F888HQ9PQ86Z', 1795663331297903, 'user-one1', '01M8AXZZZ1RYX720H1QS9C11D0', 'create', 'address', '01M8AXZZZ1W7Y5F888HQ9PQ86Y', 1, '[{"field":"contact_id","before":null,"after":"01M8AXZZXW70QHCP7QKFZ1GBK5"},{"field":"address_line","before":null,"after":"5 Hill Road"},{"field":"city","before":null,"after":"Mumbai"}]'),
(1, '01M8AXZZXW70QHCP7QKFZ1GBK5', '01M8AXZZZJRFEKVYJGFE8M8ZRW', 1795663331314783, 'user-one1', '01M8AXZZZJMDSH805AWEJPPJ0W', 'create', 'relation', '01M8AXZZZJRFEKVYJGFE8M8ZRT', 0, '[{"field":"contact","before":null,"after":"01M8AXZZXF402KMBSB7GTYKPX1"},{"field":"type","before":null,"after":"spouse"},{"field":"related_contact","before":null,"after":"01M8AXZZXW70QHCP7QKFZ1GBK5"}]'),
(1, '01M8AXZZXW70QHCP7QKFZ1GBK5', '01M8AY0002R3D5FC7EK66QEWZT', 1795663331330771, 'user-one1', '01M8AY0002EM3MHM5WP50W5C1N', 'delete', 'address', '01M8AXZZZ1W7Y5F888HQ9PQ86Y', 1, '[{"field":"contact_id","before":"01M8AXZZXW70QHCP7QKFZ1GBK5","after":null},{"field":"address_line","before":"5 Hill Road","after":null},{"field":"city","before":"Mumbai","after":null}]'),
(1, '01M8AXZZXZCJPGRY107QE25FTG', '01M8AXZZXZCJPGRY107QE25FTK', 1795663331263402, 'user-one1', '01M8AXZZXZ8TYMZ0HRZ1FX5A0N', 'create', 'contact', '01M8AXZZXZCJPGRY107QE25FTG', 1, '[{"field":"namespace","before":null,"after":"Vayana"},{"field":"name","before":null,"after":"Mehta Traders Pvt. Ltd."},{"field":"ref_id","before":null,"after":"C/0003"},{"field":"status","before":null,"after":"active"},{"field":"type","before":null,"after":"corporate"},{"field":"tags","before":null,"after":["gold","north"]},{"field":"refs","before":null,"after":{"system":"old","n":2}},{"field":"props/pan_no","before":null,"after":{"id":"01M8AXZZXZCJPGRY107QE25FTH","key":"pan_no","value":"ABCDE1232F","type":"text"}},{"field":"props/mobile","before":null,"after":{"id":"01M8AXZZXZCJPGRY107QE25FTJ","key":"mobile","value":"9876543220","type":"text"}},{"field":"approval/state","before":null,"after":"pending"}]'),
(1, '01M8AXZZXZCJPGRY107QE25FTG', '01M8AXZZYS47P6EBV6E6ZS20FF', 1795663331289135, 'user-one1', '01M8AXZZYS09P26MRYTQR2SAHT', 'inactive', 'contact', '01M8AXZZXZCJPGRY107QE25FTG', 0, '[{"field":"status","before":"active","after":"inactive"}]'),
(1, '01M8AXZZXZCJPGRY107QE25FTG', '01M8AXZZZVP3D5FC7EK66QEWZS', 1795663331323707, 'user-one1', '01M8AXZZZVJ5D6JZKSEPBC6MW9', 'create', 'relation', '01M8AXZZZVP3D5FC7EK66QEWZR', 0, '[{"field":"contact","before":null,"after":"01M8AXZZXZCJPGRY107QE25FTG"},{"field":"type","before":null,"after":"guarantor"},{"field":"name","before":null,"after":"Somebody Else"}]'),
(2, '01M8AY001V87ZHA76VYMV47R5C', '01M8AY001V87ZHA76VYMV47R5F', 1795663331387263, 'user-two1', '01M8AY001V0QJJ6N674JGZ274G', 'create', 'contact', '01M8AY001V87ZHA76VYMV47R5C', 1, '[{"field":"namespace","before":null,"after":"Vayana"},{"field":"name","before":null,"after":"Asha Deshpande"},{"field":"ref_id","before":null,"after":"C/0001"},{"field":"status","before":null,"after":"active"},{"field":"type","before":null,"after":"individual"},{"field":"tags","before":null,"after":["gold","north"]},{"field":"refs","before":null,"after":{"system":"old","n":0}},{"field":"props/pan_no","before":null,"after":{"id":"01M8AY001V87ZHA76VYMV47R5D","key":"pan_no","value":"ABCDE1230F","type":"text"}},{"field":"props/mobile","before":null,"after":{"id":"01M8AY001V87ZHA76VYMV47R5E","key":"mobile","value":"9876543200","type":"text"}},{"field":"approval/state","before":null,"after":"pending"}]'),
(2, '01M8AY001V87ZHA76VYMV47R5C', '01M8AY0043KN74VZ7FENTWYTY6', 1795663331459629, 'checker-1', '01M8AY003ZNXPHYNRG025T3CSD', 'approve', 'contact', '01M8AY001V87ZHA76VYMV47R5C', 0, '[{"field":"approval/state","before":"pending","after":"approved"},{"field":"approval/by","before":null,"after":"checker-1"},{"field":"approval/at","before":null,"after":"2026-11-26T03:22:11.459629Z"}]'),
(2, '01M8AY001V87ZHA76VYMV47R5C', '01M8AY004N9RD0NDJGPEY4XTQ3', 1795663331477312, 'user-two1', '01M8AY004N694086M491CXK05Y', 'create', 'address', '01M8AY004N9RD0NDJGPEY4XTQ2', 1, '[{"field":"contact_id","before":null,"after":"01M8AY001V87ZHA76VYMV47R5C"},{"field":"address_line","before":null,"after":"12, M.G. Road"},{"field":"city","before":null,"after":"Pune"},{"field":"state","before":null,"after":"Maharashtra"},{"field":"country","before":null,"after":"India"},{"field":"pincode","before":null,"after":"411001"},{"field":"tags","before":null,"after":["home"]}]'),
(2, '01M8AY001V87ZHA76VYMV47R5C', '01M8AY004ND4F7QRACSCBSSSA9', 1795663331477420, 'user-two1', '01M8AY004N694086M491CXK05Y', 'update', 'contact', '01M8AY001V87ZHA76VYMV47R5C', 0, '[{"field":"approval/state","before":"approved","after":"pending"},{"field":"approval/by","before":"checker-1","after":null},{"field":"approval/at","before":"2026-11-26T03:22:11.459629Z","after":null}]'),
(2, '01M8AY001V87ZHA76VYMV47R5C', '01M8AY005KYR2KFRS80B7DPPGJ', 1795663331507984, 'user-two1', '01M8AY005KT6T75M1TMXW6PAKZ', 'create', 'bank', '01M8AY005KYR2KFRS80B7DPPGH', 1, '[{"field":"contact_id","before":null,"after":"01M8AY001V87ZHA76VYMV47R5C"},{"field":"account_holder_name","before":null,"after":"Asha Deshpande"},{"field":"account_no","before":null,"after":"12345678"},{"field":"ifsc","before":null,"after":"HDFC0001234"},{"field":"is_verified","before":null,"after":false},{"field":"tags","before":null,"after":["salary"]}]'),
(2, '01M8AY001V87ZHA76VYMV47R5C', '01M8AY0068P7Z3YWZ9TF4XJS6C', 1795663331528711, 'user-two1', '01M8AY0068K41KVM45MHEENMX0', 'create', 'relation', '01M8AY0068P7Z3YWZ9TF4XJS6B', 0, '[{"field":"contact","before":null,"after":"01M8AY001V87ZHA76VYMV47R5C"},{"field":"type","before":null,"after":"spouse"},{"field":"related_contact","before":null,"after":"01M8AY002E33RJPECAQEYWFY76"}]'),
(2, '01M8AY002E33RJPECAQEYWFY76', '01M8AY002E33RJPECAQEYWFY79', 1795663331406099, 'user-two1', '01M8AY002DGPH76W3KAVC18GW1', 'create', 'contact', '01M8AY002E33RJPECAQEYWFY76', 1, '[{"field":"namespace","before":null,"after":"Vayana"},{"field":"name","before":null,"after":"Ravi O''Neil"},{"field":"ref_id","before":null,"after":"C/0002"},{"field":"status","before":null,"after":"active"},{"field":"type","before":null,"after":"individual"},{"field":"tags","before":null,"after":["north"]},{"field":"refs","before":null,"after":{"system":"old","n":1}},{"field":"props/pan_no","before":null,"after":{"id":"01M8AY002E33RJPECAQEYWFY77","key":"pan_no","value":"ABCDE1231F","type":"text"}},{"field":"props/mobile","before":null,"after":{"id":"01M8AY002E33RJPECAQEYWFY78","key":"mobile","value":"9876543210","type":"text"}},{"field":"approval/state","before":null,"after":"pending"}]'),
(2, '01M8AY002E33RJPECAQEYWFY76', '01M8AY004B6QRPWZ883G0BRDYV', 1795663331467215, 'user-two1', '01M8AY004AYS6PBD0AF0T225TC', 'update', 'contact', '01M8AY002E33RJPECAQEYWFY76', 1, '[{"field":"name","before":"Ravi O''Neil","after":"Ravi O''Neil Rao"}]'),
(2, '01M8AY002E33RJPECAQEYWFY76', '01M8AY00580DEJE9CGNSEWG9AX', 1795663331496013, 'user-two1', '01M8AY0057Q52NHDCR74PEBAV0', 'create', 'address', '01M8AY00580DEJE9CGNSEWG9AW', 1, '[{"field":"contact_id","before":null,"after":"01M8AY002E33RJPECAQEYWFY76"},{"field":"address_line","before":null,"after":"5 Hill Road"},{"field":"city","before":null,"after":"Mumbai"}]'),
(2, '01M8AY002E33RJPECAQEYWFY76', '01M8AY0068P7Z3YWZ9TF4XJS6D', 1795663331528711, 'user-two1', '01M8AY0068K41KVM45MHEENMX0', 'create', 'relation', '01M8AY0068P7Z3YWZ9TF4XJS6B', 0, '[{"field":"contact","before":null,"after":"01M8AY001V87ZHA76VYMV47R5C"},{"field":"type","before":null,"after":"spouse"},{"field":"related_contact","before":null,"after":"01M8AY002E33RJPECAQEYWFY76"}]'),
(2, '01M8AY002E33RJPECAQEYWFY76', '01M8AY0072FPE52VKV3X51G0NC', 1795663331554502, 'user-two1', '01M8AY0072CQS5RH3P7ANEZSZ8', 'delete', 'address', '01M8AY00580DEJE9CGNSEWG9AW', 1, '[{"field":"contact_id","before":"01M8AY002E33RJPECAQEYWFY76","after":null},{"field":"address_line","before":"5 Hill Road","after":null},{"field":"city","before":"Mumbai","after":null}]'),
(2, '01M8AY003GQTG33BJFFV98MHJZ', '01M8AY003GQTG33BJFFV98MHK2', 1795663331440762, 'user-two1', '01M8AY003GEMPJQ858222SXX2E', 'create', 'contact', '01M8AY003GQTG33BJFFV98MHJZ', 1, '[{"field":"namespace","before":null,"after":"Vayana"},{"field":"name","before":null,"after":"Mehta Traders Pvt. Ltd."},{"field":"ref_id","before":null,"after":"C/0003"},{"field":"status","before":null,"after":"active"},{"field":"type","before":null,"after":"corporate"},{"field":"tags","before":null,"after":["gold","north"]},{"field":"refs","before":null,"after":{"system":"old","n":2}},{"field":"props/pan_no","before":null,"after":{"id":"01M8AY003GQTG33BJFFV98MHK0","key":"pan_no","value":"ABCDE1232F","type":"text"}},{"field":"props/mobile","before":null,"after":{"id":"01M8AY003GQTG33BJFFV98MHK1","key":"mobile","value":"9876543220","type":"text"}},{"field":"approval/state","before":null,"after":"pending"}]'),
(2, '01M8AY003GQTG33BJFFV98MHJZ', '01M8AY004FS2BGMXDK7FQ1CRCK', 1795663331471802, 'user-two1', '01M8AY004FN784TFH0T5CFJP3T', 'inactive', 'contact', '01M8AY003GQTG33BJFFV98MHJZ', 0, '[{"field":"status","before":"active","after":"inactive"}]'),
(2, '01M8AY003GQTG33BJFFV98MHJZ', '01M8AY006WEAE52VKV3X51G0NB', 1795663331548458, 'user-two1', '01M8AY006WAXGJ1RH94A73NP2Q', 'create', 'relation', '01M8AY006WEAE52VKV3X51G0NA', 0, '[{"field":"contact","before":null,"after":"01M8AY003GQTG33BJFFV98MHJZ"},{"field":"type","before":null,"after":"guarantor"},{"field":"name","before":null,"after":"Somebody Else"}]');
INSERT INTO account_references (tenant_id, namespace_id, ref_id) VALUES
(1, '01M8AXZZX1XE6N8YSNHMEG2X7T', 'A-1'),
(2, '01M8AY001H1V946W2Q1803TH7D', 'A-1');
INSERT INTO dedupe_keys (tenant_id, key, contact_id, row_id) VALUES (1, 'pan:ABCDE1230F', '01M8AXZZXF402KMBSB7GTYKPX1', '01M8AXZZXF402KMBSB7GTYKPX1');
INSERT INTO dedupe_keys (tenant_id, key, contact_id, row_id) VALUES (2, 'pan:ABCDE1230F', '01M8AY001V87ZHA76VYMV47R5C', '01M8AY001V87ZHA76VYMV47R5C');
COMMIT;

// The container files: Dockerfile and both Compose files as linters see them, and as contactd's own times and limits ask.
//
// CONTACTD_NPM names the folder where package-lock.json of this folder is installed.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '..', '..');
const folder = join(project, 'deploy', 'container');
const packages = process.env.CONTACTD_NPM;
const require = createRequire(join(packages, 'package.json'));
const dockerfiles = require('dockerfile-utils');
const yaml = require('yaml');

const dockerfile = readFileSync(join(folder, 'Dockerfile'), 'utf8');
const composeFiles = ['compose.yaml', 'compose-postgresql.yaml'];
const composeTexts = composeFiles.map((name) => readFileSync(join(folder, name), 'utf8'));
const [composeText, postgresText] = composeTexts;
const temporary = mkdtempSync(join(tmpdir(), 'contactd-'));
after(() => rmSync(temporary, { recursive: true }));

const stage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
const word = (name) => stage.match(new RegExp(`^${name} (.*)$`, 'm'))?.[1];

function saidByLinter(text) {
  return dockerfiles.validate(text, { instructionWorkdir: dockerfiles.ValidationSeverity.ERROR })
    .map((finding) => `line ${finding.range.start.line + 1}: ${finding.message}`);
}

test('the Dockerfile is sound', () => {
  assert.deepEqual(saidByLinter(dockerfile), []);
});

test('the linter of Dockerfiles finds what is wrong', () => {
  assert.equal(saidByLinter(dockerfile.replace('STOPSIGNAL SIGTERM', 'STOPSIGNAL TERMINATE')).length, 1);
  assert.notEqual(saidByLinter(dockerfile.replace('FROM debian', 'FORM debian')).length, 0);
});

test('what runs is no root, listens for others, and stops as the service expects', () => {
  assert.match(word('USER'), /^[1-9][0-9]*:[1-9][0-9]*$/);
  assert.equal(word('STOPSIGNAL'), 'SIGTERM');
  assert.match(stage, /CONTACTD_LISTEN=0\.0\.0\.0:8080/);
  assert.equal(word('EXPOSE'), '8080');
  assert.match(word('HEALTHCHECK'), /CMD \["contactd-healthcheck"\]$/);
});

test('what is copied is there, and reaches the builder', () => {
  const kept = readFileSync(join(folder, 'Dockerfile.dockerignore'), 'utf8').split('\n')
    .filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  for (const name of kept) assert.ok(existsSync(join(project, name)), name);
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(?:--\S+ )?(\S+) /gm)].map((found) => found[1]);
  assert.ok(copied.includes('.'));
  for (const name of copied.filter((each) => each !== '.')) {
    assert.ok(existsSync(join(project, name)), name);
    assert.ok(kept.includes(name.split('/')[0]), name);
  }
  // Every folder that the build enters unless it was told otherwise.
  const entered = [...readFileSync(join(project, 'CMakeLists.txt'), 'utf8').matchAll(/^add_subdirectory\((\w+)\)/gm)];
  assert.ok(entered.length >= 3);
  for (const [, name] of entered) assert.ok(kept.includes(name), name);
});

function saidByDclint(text) {
  const file = join(temporary, 'compose.yaml');
  writeFileSync(file, text);
  const program = join(packages, 'node_modules', 'dclint', 'bin', 'dclint.cjs');
  const ran = spawnSync(process.execPath, [program, '--config', join(here, 'dclint.json'), '--max-warnings', '0', file],
    { encoding: 'utf8' });
  return ran.status === 0 ? '' : ran.stdout + ran.stderr;
}

test('each fits the schema of Compose, and a linter is content', () => {
  for (const text of composeTexts) assert.equal(saidByDclint(text), '');
});

test('the linter of Compose files finds what is wrong', () => {
  assert.match(saidByDclint(composeText.replace('read_only: true', 'read_onyl: true')), /invalid-schema/);
  assert.match(saidByDclint(composeText.replace('"127.0.0.1:9464:9464"', '"9464:9464"')), /no-unbound-port-interfaces/);
});

const [composed, onPostgres] = composeTexts.map((text) => yaml.parse(text).services.contactd);
const { postgres: database, migrate } = yaml.parse(postgresText).services;

test('the service has the time and the files that it needs, and no more rights than that', () => {
  const limits = readFileSync(join(project, 'src', 'http', 'limits.hpp'), 'utf8');
  const own = (name) => Number(limits.match(new RegExp(`${name} = ([0-9']+);`))[1].replaceAll("'", ''));
  for (const service of [composed, onPostgres]) {
    assert.ok(parseInt(service.stop_grace_period, 10) >= own('drain_seconds_max') + 2);
    assert.ok(service.ulimits.nofile >= own('connections_max') + 256);
    assert.equal(service.read_only, true);
    assert.deepEqual(service.cap_drop, ['ALL']);
    assert.deepEqual(service.security_opt, ['no-new-privileges:true']);
    assert.equal(join(folder, service.build.context, service.build.dockerfile), join(folder, 'Dockerfile'));
  }
  assert.ok(composed.volumes.includes(`data:${word('VOLUME')}`));
});

test('on PostgreSQL it waits for the database, keeps nothing itself, and both know the same passwords', () => {
  assert.equal(onPostgres.depends_on.postgres.condition, 'service_healthy');
  assert.ok(onPostgres.tmpfs[0].startsWith(`${word('VOLUME')}:uid=${word('USER').split(':')[0]},`));
  assert.equal(onPostgres.environment.CONTACTD_STORE, migrate.environment.CONTACTD_STORE);
  assert.equal(onPostgres.environment.CONTACTD_OWNER_STORE, undefined);
  for (const [variable, role, given] of [['CONTACTD_STORE', 'contactd', 'CONTACTD_PASSWORD'],
    ['CONTACTD_OWNER_STORE', 'contactd_owner', 'CONTACTD_OWNER_PASSWORD']]) {
    const url = migrate.environment[variable].replace(`\${${given}:?`, '').replace(/}@/, '@');
    assert.match(url, new RegExp(`^postgresql://${role}:[a-z ]+@postgres/contactd$`));
    assert.ok(database.environment[given].startsWith(`\${${given}:?`));
  }
  const script = database.volumes[1].split(':')[0];
  assert.ok(existsSync(join(folder, script)));
  assert.match(database.volumes[1], /:\/docker-entrypoint-initdb\.d\/[a-z-]+\.sh:ro$/);
  assert.ok(database.healthcheck.test.includes('--host=127.0.0.1'));
});

test('the schema is made by a service of its own, which runs when it is asked to', () => {
  assert.deepEqual([migrate.command, migrate.profiles, migrate.restart], [['migrate'], ['migrate'], 'no']);
  for (const name of ['image', 'build', 'depends_on', 'cap_drop', 'read_only', 'security_opt', 'tmpfs']) {
    assert.deepEqual(migrate[name], onPostgres[name], name);
  }
});

test('every variable that the containers are given is one that the program reads', () => {
  const help = execFileSync(process.env.CONTACTD_BINARY, ['serve', '--help'], { encoding: 'utf8' });
  const known = new Set([...help.matchAll(/\(Env:(CONTACTD_\w+)\)/g)].map((found) => found[1]));
  const manifests = [['contactd.yaml'], ['postgresql', 'contactd.yaml'], ['postgresql', 'migrate', 'job.yaml']];
  const pods = manifests.map((path) => yaml.parseAllDocuments(
    readFileSync(join(project, 'deploy', 'kubernetes', ...path), 'utf8')).map((document) => document.toJS())
    .find((object) => object.spec?.template).spec.template.spec);
  const ofImage = [...stage.matchAll(/(CONTACTD_\w+)=/g)].map((found) => found[1]);
  const given = [...ofImage,
    ...[composed, onPostgres, migrate].flatMap((service) => Object.keys(service.environment)),
    ...pods.flatMap((pod) => pod.containers[0].env.map((variable) => variable.name))];
  assert.ok(given.length > 20);
  for (const name of given) assert.ok(known.has(name), name);
});

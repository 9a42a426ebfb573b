// The Kubernetes manifests: their names and types as TypeScript's compiler sees them by the types of kubernetes-models
// (that finds a misspelt name), their values as that package's validators see them, and what this service needs of them.
//
// CONTACTD_NPM names the folder where package-lock.json of this folder is installed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const require = createRequire(join(process.env.CONTACTD_NPM, 'package.json'));
const typescript = require('typescript');
const yaml = require('yaml');

const read = (...path) => readFileSync(join(project, ...path), 'utf8');
const objectsOf = (...path) => yaml.parseAllDocuments(read('deploy', 'kubernetes', ...path))
  .map((document) => document.toJS());
const objects = objectsOf('contactd.yaml');
const onPostgres = objectsOf('postgresql', 'contactd.yaml');
const [job] = objectsOf('postgresql', 'migrate', 'job.yaml');
const one = (kind, name = 'contactd') =>
  objects.find((object) => object.kind === kind && object.metadata.name === name);

const moduleOf = ({ apiVersion, kind }) => `kubernetes-models/${apiVersion}/${kind}`;

const parsed = new Map();   // what every run of the compiler reads again

// What is wrong with names and types: each object as a literal of its type, in one file that is on no disk.
function saidByCompiler(all) {
  const name = join(process.env.CONTACTD_NPM, 'manifest.mts');
  const source = all.map((object, place) =>
    `import type { I${object.kind} as T${place} } from '${moduleOf(object)}';\n` +
    `export const o${place}: T${place} = ${JSON.stringify(object)};\n`).join('');
  const options = { noEmit: true, strict: true, types: [], skipLibCheck: true, lib: ['lib.es2022.d.ts'],
    target: typescript.ScriptTarget.ES2022, module: typescript.ModuleKind.Node16,
    moduleResolution: typescript.ModuleResolutionKind.Node16 };
  const host = typescript.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => file === name || fileExists(file);
  host.getSourceFile = (file, language) => {
    if (file === name) return typescript.createSourceFile(file, source, language);
    if (!parsed.has(file)) parsed.set(file, getSourceFile(file, language));
    return parsed.get(file);
  };
  const program = typescript.createProgram([name], options, host);
  return typescript.getPreEmitDiagnostics(program)
    .map((finding) => typescript.flattenDiagnosticMessageText(finding.messageText, ' '));
}

// What is wrong with values: quantities, numbers, choices.
function saidByValidators(all) {
  return all.flatMap((object) => {
    try {
      new (require(moduleOf(object))[object.kind])(object).validate();
      return [];
    } catch (error) {
      return [error.message];
    }
  });
}

test('names, types and values are those of Kubernetes', () => {
  assert.deepEqual(objects.map((object) => object.kind), ['ServiceAccount', 'Service', 'Service', 'StatefulSet']);
  assert.deepEqual(onPostgres.map((object) => object.kind),
    ['ServiceAccount', 'Service', 'Service', 'PodDisruptionBudget', 'Deployment']);
  assert.deepEqual(saidByCompiler([...objects, ...onPostgres, job]), []);
  assert.deepEqual(saidByValidators([...objects, ...onPostgres, job]), []);
});

test('what is wrong is found', () => {
  const changed = (change) => {
    const copy = structuredClone(one('StatefulSet'));
    change(copy.spec, copy.spec.template.spec.containers[0]);
    return copy;
  };
  const names = saidByCompiler([
    changed((spec) => { spec.replica = 1; }),
    changed((spec, container) => { container.livenessProbe.httpGet.prt = 1; }),
    changed((spec) => { delete spec.selector; }),
    changed((spec) => { spec.replicas = '1'; }),
  ]);
  const expected = [/"replica"' does not exist/, /"prt"' does not exist/, /"selector"' is missing/, /not assignable/];
  assert.equal(names.length, expected.length, names.join('\n'));
  expected.forEach((pattern, place) => assert.match(names[place], pattern));
  const values = saidByValidators([
    changed((spec, container) => { container.resources.limits.memory = '1GB'; }),
    changed((spec) => { spec.template.spec.securityContext.seccompProfile.type = 'Some'; }),
  ]);
  assert.equal(values.length, 2);
  assert.match(values[0], /quantity/);
  assert.match(values[1], /allowed values/);
});

const set = one('StatefulSet').spec;
const pod = set.template.spec;
const container = pod.containers[0];

test('one process has the store, and time to end', () => {
  assert.equal(set.replicas, 1);
  const claim = set.volumeClaimTemplates[0];
  assert.deepEqual(claim.spec.accessModes, ['ReadWriteOncePod']);
  const drain = Number(read('src', 'http', 'limits.hpp').match(/drain_seconds_max = (\d+);/)[1]);
  assert.ok(pod.terminationGracePeriodSeconds >= drain + 2);
});

test('selectors, ports, volumes and paths refer to what there is', () => {
  assert.deepEqual(set.selector.matchLabels, set.template.metadata.labels);
  const ports = new Set(container.ports.map((port) => port.name));
  for (const service of objects.filter((object) => object.kind === 'Service')) {
    assert.deepEqual(service.spec.selector, set.template.metadata.labels);
    for (const port of service.spec.ports) assert.ok(ports.has(port.targetPort), port.targetPort);
  }
  assert.ok(one('Service', set.serviceName));
  assert.ok(one('ServiceAccount', pod.serviceAccountName));
  const volumes = [...pod.volumes, ...set.volumeClaimTemplates.map((claim) => claim.metadata)].map((each) => each.name);
  for (const mount of container.volumeMounts) assert.ok(volumes.includes(mount.name), mount.name);
  const dockerfile = read('deploy', 'container', 'Dockerfile');
  const [, data] = dockerfile.match(/CONTACTD_DATA=(\S+)/);
  assert.equal(container.volumeMounts.find((mount) => mount.name === 'data').mountPath, data);
  const [, user, group] = dockerfile.match(/^USER (\d+):(\d+)$/m);
  assert.deepEqual([pod.securityContext.runAsUser, pod.securityContext.fsGroup], [Number(user), Number(group)]);
  const number = (name) => container.ports.find((port) => port.name === name).containerPort;
  assert.equal(String(number('http')), dockerfile.match(/^EXPOSE (\d+)$/m)[1]);
  const metrics = container.env.find((variable) => variable.name === 'CONTACTD_METRICS').value;
  assert.equal(metrics, `0.0.0.0:${number('metrics')}`);
});

test('probes ask what the service answers', () => {
  const routes = read('src', 'api', 'routes.cpp');
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    const { path, port } = container[probe].httpGet;
    assert.ok(routes.includes(`"${path}/"`), path);
    assert.equal(port, 'http');
  }
});

test('the pod would be let in where the restricted standard of pod security rules', () => {
  assert.equal(pod.securityContext.runAsNonRoot, true);
  assert.equal(pod.securityContext.seccompProfile.type, 'RuntimeDefault');
  assert.equal(container.securityContext.allowPrivilegeEscalation, false);
  assert.deepEqual(container.securityContext.capabilities, { drop: ['ALL'] });
  assert.equal(container.securityContext.readOnlyRootFilesystem, true);
});

// Names of variables, with the secret that each comes from.
const secretsOf = (env) => Object.fromEntries(env.filter((variable) => variable.valueFrom)
  .map(({ name, value, valueFrom: { secretKeyRef: { name: secret, key } } }) =>
    [name, [secret, key, value].join(' ').trim()]));

test('on PostgreSQL pods share nothing, and get their URL from the secret', () => {
  const { spec } = onPostgres.find((object) => object.kind === 'Deployment');
  const [other] = spec.template.spec.containers;
  assert.ok(spec.replicas >= 2);
  assert.equal(spec.strategy.rollingUpdate.maxUnavailable, 0);
  assert.ok(spec.template.spec.volumes.every((volume) => !volume.persistentVolumeClaim));
  assert.deepEqual(secretsOf(other.env), { CONTACTD_STORE: 'contactd-database store' });
  const drain = Number(read('src', 'http', 'limits.hpp').match(/drain_seconds_max = (\d+);/)[1]);
  const pause = Number(other.lifecycle.preStop.exec.command[1]);
  assert.ok(spec.template.spec.terminationGracePeriodSeconds >= pause + drain + 2);
});

test('on PostgreSQL the pods are as the other one in all that both have', () => {
  const { spec } = onPostgres.find((object) => object.kind === 'Deployment');
  const [other] = spec.template.spec.containers;
  assert.deepEqual(spec.selector, set.selector);
  assert.deepEqual(spec.template.metadata, set.template.metadata);
  assert.deepEqual(spec.template.spec.securityContext, pod.securityContext);
  for (const name of ['image', 'args', 'ports', 'startupProbe', 'readinessProbe', 'livenessProbe', 'securityContext']) {
    assert.deepEqual(other[name], container[name], name);
  }
  const values = (env) => env.filter((variable) => variable.value);
  assert.deepEqual(values(other.env), container.env);
  const volumes = spec.template.spec.volumes.map((volume) => volume.name);
  assert.deepEqual(other.volumeMounts.map((mount) => mount.name).sort(), volumes.sort());
  assert.deepEqual(other.volumeMounts.slice(0, 2), container.volumeMounts);
});

test('the schema is changed by a job alone, which is told of the role that owns it', () => {
  const { spec } = onPostgres.find((object) => object.kind === 'Deployment');
  const served = spec.template.spec;
  const migrates = job.spec.template.spec;
  const [other] = migrates.containers;
  assert.deepEqual(other.args, ['migrate']);
  assert.equal(migrates.restartPolicy, 'Never');
  assert.deepEqual(secretsOf(other.env),
    { CONTACTD_STORE: 'contactd-database store', CONTACTD_OWNER_STORE: 'contactd-owner owner-store' });
  // No service sends requests to it.
  assert.notDeepEqual(job.spec.template.metadata.labels, spec.selector.matchLabels);
  assert.equal(other.image, served.containers[0].image);
  assert.deepEqual(migrates.securityContext, served.securityContext);
  assert.equal(migrates.serviceAccountName, undefined);    // it may run before there is one
  assert.deepEqual(other.securityContext, served.containers[0].securityContext);
  const volumes = served.volumes.filter((volume) => volume.name !== 'keys');
  assert.deepEqual(migrates.volumes.map((volume) => volume.name).sort(), volumes.map((volume) => volume.name).sort());
  assert.deepEqual(other.volumeMounts.map((mount) => mount.name).sort(), volumes.map((volume) => volume.name).sort());
});

// The plain pages: their commands do what they say, every problem has its page, and all of them are linked and quiet.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {openPage, startBrowser} from './browser.mjs';
import {startService} from './service.mjs';

const problemTable = readFileSync(new URL('../../src/base/problem.hpp', import.meta.url), 'utf8');
const rows = [...problemTable.matchAll(/ProblemKind\{\s*"([a-z_]+)",\s*([0-9]+),\s*"([^"]+)"/g)].map(
  ([, code, status, title]) => ({code, status, title}));
let browser;
let service;

before(async () => {
  [browser, service] = await Promise.all([startBrowser(), startService()]);
});

after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

async function open(path, options) {
  const page = await openPage(browser, service.url, options);
  const answer = await page.goto(service.url + path);
  assert.equal(answer.status(), 200, path);
  return page;
}

test('the pages are quiet, link each other, and fit on a telephone', async () => {
  for (const path of ['/docs/getting-started/', '/docs/day/', '/docs/problems/', '/problems/validation/',
    '/problems/validation']) {
    for (const viewport of [{width: 1400, height: 900}, {width: 390, height: 844}]) {
      const page = await open(path, {viewport});
      const links = await page.$$eval('header.site a', all => all.map(each => each.pathname));
      assert.deepEqual(links, ['/docs/', '/docs/getting-started/', '/docs/day/', '/docs/', '/docs/problems/',
        '/openapi.json']);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= viewport.width, `${path} is ${width} wide on a screen of ${viewport.width}`);
      await page.waitForLoadState('networkidle');
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    }
  }
});

test('every link of the pages leads somewhere', async () => {
  const paths = new Set();
  for (const path of ['/docs/getting-started/', '/docs/day/', '/docs/problems/', '/problems/in_use/']) {
    const page = await open(path);
    for (const each of await page.$$eval('a', all => all.map(link => link.pathname))) paths.add(each);
    await page.context().close();
  }
  assert.ok(paths.size > rows.length);
  for (const path of paths) assert.equal((await fetch(service.url + path)).status, 200, path);
});

test('every problem code has its row and its page', async () => {
  assert.ok(rows.length > 20);
  const page = await open('/docs/problems/');
  const shown = await page.$$eval('table.problems tbody tr', all => all.map(row => row.innerText));
  assert.equal(shown.length, rows.length);
  for (const [at, {code, status, title}] of rows.entries()) {
    assert.ok(shown[at].includes(status) && shown[at].includes(code) && shown[at].includes(title), shown[at]);
    await page.goto(`${service.url}/problems/${code}`);
    assert.equal(await page.innerText('h1'), title);
    assert.equal(await page.innerText('.badge'), status);
  }
  assert.deepEqual(page.complaints, []);
  const unknown = await fetch(service.url + '/problems/no_such_code/');
  assert.deepEqual([unknown.status, (await unknown.json()).code], [404, 'not_found']);
});

test('the type of a real problem leads to its page', async () => {
  const refused = await fetch(service.url + '/contacts/');
  const {type, title} = await refused.json();
  const page = await open(type);
  assert.equal(await page.innerText('h1'), title);
});

// Runs a command as it is printed, in one shell with those before it; gives what the shell printed last.
function runInShell(script) {
  const folder = mkdtempSync(join(tmpdir(), 'contactd-'));
  try {
    return execFileSync('bash', ['-eu', '-c', script], {cwd: folder, env: {...process.env, NO_PROXY: '*'},
                                                        stdio: ['ignore', 'pipe', 'ignore']}).toString();
  } finally {
    rmSync(folder, {recursive: true});
  }
}

test('the five commands work as they are printed', async () => {
  const page = await open('/docs/getting-started/');
  const settings = (await page.textContent('#settings')).replace('TOKEN=...', `TOKEN=${service.token}`);
  assert.ok(settings.startsWith(`URL=${service.url}\n`), 'the page names the service that it came from');
  const commands = await page.$$eval('code[data-status]',
                                     all => all.map(each => [each.dataset.status, each.textContent]));
  assert.equal(commands.length, 5);
  // curl itself is asked for the status, by its settings file: the commands stay as they are.
  const home = mkdtempSync(join(tmpdir(), 'contactd-'));
  const script = `export CURL_HOME=${home}\n` +
    `printf '%s\\n' silent 'write-out = "%{stderr}%{http_code}\\n"' >"$CURL_HOME/.curlrc"\n` +
    `exec 2>"$CURL_HOME/statuses"\n${settings}\n` +
    commands.map(([, command]) => command).join('\necho\n') + '\n';
  try {
    const answers = runInShell(script).trim().split('\n');
    const statuses = readFileSync(join(home, 'statuses'), 'utf8').trim().split('\n');
    assert.deepEqual(statuses, commands.map(([status]) => status));
    const contact = JSON.parse(answers.at(-1));
    assert.equal(contact.name, 'Asha Rao');
    assert.match(contact.ref_id, /^RL-[0-9]{4}-00001$/);
    assert.equal(contact.namespace.name, 'Retail loans');
    assert.deepEqual(contact.props.map(each => each.value), ['ABCDE1234F']);
    assert.deepEqual(contact.addresses.map(each => each.city), ['Pune']);
  } finally {
    rmSync(home, {recursive: true});
  }
});

test('a command is copied as it is printed', async () => {
  const page = await open('/docs/getting-started/', {permissions: ['clipboard-read', 'clipboard-write']});
  const first = page.locator('.with-copy').nth(1);
  await first.getByRole('button', {name: 'Copy'}).click();
  await first.getByRole('button', {name: 'Copied'}).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), (await first.locator('code').textContent()) + '\n');
});

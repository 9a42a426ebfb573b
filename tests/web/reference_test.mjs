// The reference under /docs/ in a browser: whole, quiet, and able to try a call.
import assert from 'node:assert/strict';
import {after, before, beforeEach, test} from 'node:test';

import {openPage, startBrowser} from './browser.mjs';
import {startService} from './service.mjs';

const languages = ['Shell', 'JavaScript', 'Java', 'Swift', 'Go', 'PHP', 'Python', 'HTTP', 'C', 'C#', 'Objective-C', 'Ruby',
  'OCaml', 'Dart', 'R'];
const methods = ['get', 'put', 'post', 'delete', 'patch'];
let browser;
let service;
let description;
let page;

before(async () => {
  [browser, service] = await Promise.all([startBrowser(), startService()]);
  description = await (await fetch(service.url + '/openapi.json')).json();
});

after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

async function openReference(options) {
  const opened = await openPage(browser, service.url, options);
  await opened.goto(service.url + '/docs/');
  await opened.waitForSelector('a[href^="#tag/"]', {state: 'attached'});
  return opened;
}

beforeEach(async () => {
  await page?.context().close();
  page = await openReference();
});

test('the page complains about nothing and asks nobody else, in light and dark, wide and narrow', async () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const viewport of [{width: 1400, height: 900}, {width: 390, height: 844}]) {
      const opened = await openReference({colorScheme, viewport});
      await opened.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      await opened.waitForLoadState('networkidle');
      assert.deepEqual(opened.complaints, []);
      assert.ok((await opened.getAttribute('body', 'class')).includes(`${colorScheme}-mode`));
      const width = await opened.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= viewport.width, `${width} wide on a screen of ${viewport.width}`);
      await opened.context().close();
    }
  }
});

test('what a page must not do is noticed', async () => {
  await page.evaluate(() => {
    try { Function('return 1')(); } catch { /* as it should */ }
    fetch('https://contacts.invalid/').catch(() => {});
  });
  await page.waitForFunction(() => true);
  const kinds = new Set(page.complaints.map(each => each.split(':')[0]));
  assert.ok(kinds.has('policy') && kinds.has('console'), page.complaints.join('\n'));
});

test('all fifteen languages are offered, and no others', async () => {
  await page.click('.client-libraries-more button');
  const groups = await page.$$eval('[role=listbox] [role=group] > div:first-child', all => all.map(each => each.innerText));
  assert.deepEqual(groups.sort(), [...languages].sort());
});

test('the operations shown are those of the description, in the order of its navigation', async () => {
  const described = Object.entries(description.paths).flatMap(([path, item]) => methods.filter(method => item[method])
    .map(method => ({place: item[method]['x-order'], name: `${method.toUpperCase()}${path}`})));
  described.sort((left, right) => left.place - right.place);
  const shown = await page.$$eval('a[href^="#tag/"]', all => all.map(each => decodeURI(each.getAttribute('href'))));
  const operations = shown.map(each => each.replace(/^#tag\/[^/]+\/?/, '')).filter(each => each !== '');
  assert.deepEqual(operations, described.map(each => each.name));
});

async function send(operation) {
  await page.evaluate(id => { location.hash = id; }, operation);
  const [, method, path] = /\/([A-Z]+)(\/.*)$/.exec(operation);
  await page.getByRole('button', {name: `Test Request (${method.toLowerCase()} ${path})`}).first().click();
  const answered = page.waitForResponse(answer => new URL(answer.url()).pathname === path);
  await page.getByRole('button', {name: /^Send/}).last().click();
  const answer = await answered;
  await page.getByText(new RegExp(`^${answer.status()} `)).first().waitFor();
  return answer;
}

test('a call can be tried with a token, and the answer is shown', async () => {
  await page.fill('input[placeholder=Token]', service.token);
  const created = await send('tag/namespace/POST/namespaces/');
  assert.equal(created.status(), 201);
  const {id, name} = await created.json();
  await page.getByRole('dialog').getByText(id).first().waitFor();
  await page.getByRole('button', {name: 'Close Client'}).click();
  const listed = await send('tag/namespace/GET/namespaces/');
  assert.equal(listed.status(), 200);
  assert.deepEqual((await listed.json()).results.map(each => each.name), [name]);
  await page.getByRole('dialog').getByText(id).first().waitFor();
  assert.deepEqual(page.complaints, []);
});

test('nothing is sent that was not asked for', async () => {
  await page.fill('input[placeholder=Token]', service.token);
  await page.evaluate(() => { location.hash = 'tag/contact/PATCH/contacts/{id}/'; });
  await page.getByRole('button', {name: 'Test Request (patch /contacts/{id}/)', exact: true}).click();
  await page.locator('tr[id="If-Match"] [contenteditable=true]').last().fill('"1-0123456789abcdef"');
  await page.getByRole('checkbox', {name: 'Include If-Match in request', checked: true}).waitFor();
  await page.getByRole('button', {name: 'Close Client'}).click();
  const listed = await send('tag/contact/GET/contacts/');
  assert.equal(new URL(listed.url()).search, '');
  await page.getByRole('button', {name: 'Close Client'}).click();
  await page.evaluate(() => { location.hash = 'tag/contact/PUT/contacts/{id}/approve/'; });
  await page.getByRole('button', {name: 'Test Request (put /contacts/{id}/approve/)', exact: true}).click();
  const carried = page.locator('tr[id="If-Match"] [contenteditable=true]').last();
  await carried.waitFor();
  assert.equal((await carried.innerText()).trim(), '');
});

test('the token is forgotten with the page', async () => {
  await page.fill('input[placeholder=Token]', service.token);
  const kept = await page.evaluate(() => JSON.stringify({...localStorage, ...sessionStorage}) + document.cookie);
  assert.ok(!kept.includes(service.token));
  await page.reload();
  await page.waitForSelector('input[placeholder=Token]');
  assert.equal(await page.inputValue('input[placeholder=Token]'), '');
});

// Plays docs/tutorial-browser.md as a reader would: clicks, fills in and sends what the page says, and compares what the
// reference shows with what the page shows. All that is done and expected here stands on that page.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';

import {openPage, startBrowser} from './browser.mjs';
import {startService} from './service.mjs';

const tutorial = readFileSync(new URL('../../docs/tutorial-browser.md', import.meta.url), 'utf8');
const viewport = {width: 1400, height: 3000};  // So high that the editors draw all of their lines.
const stepSecondsMax = 15;
let browser;
let service;
let page;

before(async () => {
  [browser, service] = await Promise.all([startBrowser(), startService({sandbox: 'sandbox-lender'})]);
  page = await openPage(browser, service.url, {viewport});
  page.setDefaultTimeout(stepSecondsMax * 1000);
  await page.goto(service.url + '/docs/');
  await page.waitForSelector('a[href^="#tag/"]', {state: 'attached'});
});

after(async () => {
  await browser?.close();
  assert.equal(await service?.stop(), 0);
});

// A step of the page: {title, actor, group, operation, fields: [[name, value]], body, status, answer}.
function readStep(section) {
  const found = what => {
    const match = what.exec(section);
    assert.ok(match, `no ${what} in: ${section}`);
    return match.slice(1);
  };
  const [title] = found(/^(\d+\. .+)\n/);
  const [actor, group, operation] = found(/\*\*(\w+)\*\* opens \*\*(.+) › (.+)\*\*\./);
  const [status] = found(/It shows \*\*(\d{3} [A-Za-z ]+)\*\*/);
  const [answer] = found(/^```text\n(.*?)\n```$/ms);
  const body = /^```json\n(.*?)\n```$/ms.exec(section)?.[1];
  const fields = [...section.matchAll(/^- `([^`]+)`: (.+)$/gm)].map(([, name, value]) => [name, value]);
  return {title, actor, group, operation, fields, body, status, answer};
}

// What the page leaves out is left out of the comparison.
function readExample(text) {
  return JSON.parse(text.replace(/,\s*…(?=\s*[}\]])/g, ''));
}

// The first place where `shown` is not what `example` says, or ''; fields that the example does not name may be there.
function difference(example, shown, at = '') {
  if (typeof example === 'string' && typeof shown === 'string') {
    const parts = example.split('…').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.+')}$`).test(shown) ? '' : `${at}: ${shown} instead of ${example}`;
  }
  if (Array.isArray(example) && example.length !== shown?.length) return `${at}: not ${example.length} of them`;
  if (typeof example === 'object' && example !== null) {
    if (typeof shown !== 'object' || shown === null) return `${at}: ${shown}`;
    return Object.keys(example).map(key => difference(example[key], shown[key], `${at}/${key}`)).find(each => each) ?? '';
  }
  return Object.is(example, shown) ? '' : `${at}: ${shown} instead of ${example}`;
}

const steps = tutorial.split(/^## (?=\d)/m).slice(1).map(each => readStep(each.split(/^## /m)[0]));
const noted = new Map();  // What a reader copies later: "the id of step 4".

function filledIn(text) {
  return text.replace(/the (id|ETag) of step \d+/g, what => {
    assert.ok(noted.has(what), what);
    return noted.get(what);
  });
}

function readTokens() {
  const commands = [...tutorial.matchAll(/^build\/release\/contactd token --data data (.+)$/gm)];
  return new Map(commands.map(([, rest]) => [/--user (\w+)/.exec(rest)[1], service.makeToken(rest.split(' '))]));
}

const form = () => page.getByRole('dialog').filter({has: page.locator('[data-addressbar-action=send]')});

const requestBody = () => form().getByRole('region', {name: /^Request:/}).locator('.cm-content').last();

async function openForm(step) {
  const group = page.locator('li[data-sidebar-id]', {has: page.locator('> div').getByText(step.group, {exact: true})});
  await group.getByRole('link', {name: new RegExp(`^${step.operation}\\b`)}).first().click();
  const chosen = decodeURI(new URL(page.url()).hash);
  const [, method, path] = /\/([A-Z]+)(\/.*)$/.exec(chosen);
  await page.getByRole('button', {name: `Test Request (${method.toLowerCase()} ${path})`, exact: true}).click();
  await form().waitFor();
}

const dense = text => text.replace(/\s+/g, '');

// The form is drawn anew while it takes over what was filled in before: then the editor is not there for a moment.
async function replaceText(editor, text) {
  for (let tries = 0; tries < 5; ++tries) {
    await editor.press('Control+A');
    await page.keyboard.insertText(text);
    if (dense(await editor.innerText()) === dense(text)) return;
    await page.waitForTimeout(200);
  }
  assert.fail(`could not be filled in: ${text}`);
}

// A field is typed, or chosen from what drops down (one choice, or several) and ticked.
async function fillIn(name, value) {
  const row = form().locator(`tr[id="${name}"]`);
  const cell = row.locator('td').last();
  const editor = cell.locator('[contenteditable=true]');
  if (await editor.count() > 0) return replaceText(editor, value);
  await cell.getByRole('button').first().click();
  for (const choice of value.split(', ')) {
    await page.getByRole('option', {name: choice}).or(page.getByRole('menuitem', {name: choice})).first().click();
  }
  await row.getByRole('checkbox').setChecked(true);
}

// The service's answer, when the page shows it: its status, its body, and the tag among the headers.
async function send(step) {
  const [received] = await Promise.all([
    page.waitForResponse(each => each.request().resourceType() === 'fetch'),
    form().getByRole('button', {name: /^Send/}).last().click(),
  ]);
  const sent = await received.text();
  const answer = form().getByRole('region', {name: /^Response/});
  await answer.getByText(step.status, {exact: true}).waitFor();
  await page.waitForFunction(([editor, text]) => editor.innerText.replace(/\s+/g, '') === text,
                             [await answer.locator('.cm-content').elementHandle(), dense(sent)]);
  const headers = answer.getByRole('button', {name: /^Response Headers/});
  if (await headers.getAttribute('aria-expanded') !== 'true') await headers.click();
  await answer.getByText('x-request-id').waitFor();
  const etag = answer.getByRole('row', {name: /^etag/i}).getByRole('cell').last();
  return {etag: await etag.count() > 0 ? (await etag.innerText()).trim() : undefined, body: JSON.parse(sent)};
}

async function play(step, newToken) {
  await openForm(step);
  if (newToken) await form().getByPlaceholder('Token').fill(newToken);
  for (const [name, value] of step.fields) await fillIn(name, filledIn(value));
  if (step.body) await replaceText(requestBody(), filledIn(step.body));
  const shown = await send(step);
  assert.equal(difference(readExample(step.answer), shown.body), '');
  noted.set(`the id of step ${parseInt(step.title)}`, shown.body.id);
  noted.set(`the ETag of step ${parseInt(step.title)}`, shown.etag);
  await page.getByRole('button', {name: 'Close Client'}).click();
}

test('the day can be played as it is written down', async () => {
  const tokens = readTokens();
  assert.ok(steps.length > 10);
  let actor;
  for (const step of steps) {
    const newToken = step.actor === actor ? undefined : tokens.get(step.actor.toLowerCase());
    actor = step.actor;
    await play(step, newToken).catch(error => {
      throw new Error(`step ${step.title}: ${error.message}`, {cause: error});
    });
  }
  const refused = steps.map(each => each.status).filter(status => status >= '400');
  assert.deepEqual(page.complaints, refused.map(status => status.replace(/ (.+)/, ' ($1)')).map(
    status => `console: Failed to load resource: the server responded with a status of ${status}`));
});

test('the service shows the page itself', async () => {
  const served = await openPage(browser, service.url);
  await served.goto(service.url + '/docs/day/');
  const titles = await served.$$eval('h2', all => all.map(each => each.textContent));
  assert.deepEqual(titles, [...tutorial.matchAll(/^## (.+)$/gm)].map(([, title]) => title));
  const blocks = await served.$$eval('pre code', all => all.map(each => each.textContent));
  assert.deepEqual(blocks, [...tutorial.matchAll(/^```\w+\n(.*?)\n```$/gms)].map(([, text]) => text));
  const copied = await served.locator('.with-copy').allTextContents();
  assert.deepEqual(copied, [...tutorial.matchAll(/^```(?:sh|json)\n(.*?)\n```$/gms)].map(([, text]) => text + 'Copy'));
  assert.deepEqual(served.complaints, []);
});

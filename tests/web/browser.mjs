// Drives Debian's Chromium and writes down what a clean page must not do. Nothing is downloaded for it: the driver comes
// from the folder that the environment variable CONTACTD_NPM names.
import {createRequire} from 'node:module';

const {chromium} = createRequire(process.env.CONTACTD_NPM + '/')('playwright-core');

export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

// A page of its own context whose `complaints` gather console errors and warnings, exceptions, violations of the
// security policy, and requests to any other origin.
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({viewport: {width: 1400, height: 900}, ...options});
  const page = await context.newPage();
  page.complaints = [];
  const complain = text => page.complaints.push(text);
  await page.exposeFunction('reportViolation', complain);
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => {
      window.reportViolation(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complain(`console: ${message.text()}`);
  });
  page.on('pageerror', error => complain(`exception: ${error}`));
  page.on('request', request => {
    const {origin, protocol} = new URL(request.url());
    if (origin !== url && !['data:', 'blob:'].includes(protocol)) complain(`request: ${request.url()}`);
  });
  page.on('websocket', socket => complain(`web socket: ${socket.url()}`));
  return page;
}

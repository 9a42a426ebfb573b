// Runs the real program for the tests of this folder, on a temporary folder and a free port of the loopback interface.
// The program's path comes from the environment variable CONTACTD_BINARY.
import {execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const binary = process.env.CONTACTD_BINARY;
const startSecondsMax = 60;

function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CONTACTD_')));
}

function addressOf(server) {
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = why => reject(new Error(`the service did not start: ${why}: ${printed}`));
    const timer = setTimeout(() => fail('too slow'), startSecondsMax * 1000);
    server.on('error', fail);
    server.on('exit', code => fail(`it ended with ${code}`));
    server.stdout.on('data', some => {
      printed += some;
      const found = /contactd listens on (http:\/\/[0-9.:]+)\n/.exec(printed);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[1]);
    });
  });
}

// With `sandbox`, the tenant of that name is filled first. Gives {url, token, makeToken, stop}: a token for one tenant
// with every scope; makeToken gives others, for the options of `contactd token`.
export async function startService({sandbox} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'contactd-'));
  const data = join(folder, 'data');
  const env = cleanEnvironment();
  if (sandbox) execFileSync(binary, ['sandbox', '--data', data, '--tenant', sandbox], {env, stdio: 'ignore'});
  const server = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0'],
                       {env, stdio: ['ignore', 'pipe', 'ignore']});
  const ended = new Promise(resolve => { server.on('exit', resolve); });
  const stop = async () => {
    server.kill('SIGTERM');
    const code = await ended;
    rmSync(folder, {recursive: true, force: true});
    return code;
  };
  try {
    const url = await addressOf(server);
    const makeToken = options => execFileSync(binary, ['token', '--data', data, ...options], {env}).toString().trim();
    return {url, token: makeToken(['--tenant', 'tenant-one', '--user', 'user-one1']), makeToken, stop};
  } catch (error) {
    server.kill('SIGKILL');
    rmSync(folder, {recursive: true, force: true});
    throw error;
  }
}

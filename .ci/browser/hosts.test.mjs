// A page on an international host, and one on a port: what the wizard stored for them is what a browser sends.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { startProfile } from './browser.mjs';

const program = process.env.MSGSSO_WIZARD;
const home = mkdtempSync(path.join(process.env.WORK, 'home-'));
// As a user writes each page, as browsers write its origin, and the host that Messenger compares.
const pages = [
  { written: 'https://www.bücher.example/chat', origin: 'https://www.xn--bcher-kva.example', host: 'www.xn--bcher-kva.example' },
  { written: 'https://WWW.Straße.example.:443/', origin: 'https://www.xn--strae-oqa.example', host: 'www.xn--strae-oqa.example' },
  { written: 'https://my_shop.example:9443/chat?a=ü', origin: 'https://my_shop.example:9443', host: 'my_shop.example' },
];
let simulator, site, browser, env, deployment;
const served = new Map(); // by the Host that a browser sends

before(async () => {
  simulator = spawn(program, ['simulator'], { stdio: ['ignore', 'pipe', 'ignore'] });
  env = { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8' };
  for await (const line of createInterface({ input: simulator.stdout })) {
    const at = line.indexOf('=');
    env[line.slice(0, at)] = line.slice(at + 1);
    if (env.GENESYSCLOUD_OAUTHCLIENT_SECRET) break;
  }
  const made = await run('--no-input', '--output', 'json', ...pages.flatMap(({ written }) => ['--redirect-uri', written]));
  assert.equal(made.code, 0, made.err);
  deployment = JSON.parse(made.out).genesys.deployment_id;

  const [cert, key] = ['cert.pem', 'key.pem'].map((name) => readFileSync(path.join(process.env.WORK, name)));
  site = https.createServer({ cert, key }, (req, res) => res.setHeader('content-type', 'text/html').end(served.get(req.headers.host) ?? '<!doctype html>'));
  await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
  const at = `127.0.0.1:${site.address().port}`;
  browser = await startProfile(Object.fromEntries(['www.other.example', ...pages.map(({ origin }) => new URL(origin).host)].map((host) => [host.includes(':') ? host : `${host}:443`, at])));
});

after(async () => {
  await browser?.close();
  site?.close();
  site?.closeAllConnections();
  simulator?.kill('SIGINT');
});

async function run(...args) {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] }), said = { out: '', err: '' };
  child.stdout.on('data', (text) => { said.out += text; });
  child.stderr.on('data', (text) => { said.err += text; });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, ...said };
}

async function genesys(at) {
  const token = await fetch(env.GENESYSCLOUD_REGION + '/oauth/token', {
    method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }),
    headers: { authorization: 'Basic ' + btoa(env.GENESYSCLOUD_OAUTHCLIENT_ID + ':' + env.GENESYSCLOUD_OAUTHCLIENT_SECRET) },
  });
  const answer = await fetch(env.GENESYSCLOUD_REGION + at, { headers: { authorization: 'Bearer ' + (await token.json()).access_token } });
  return answer.json();
}

const okta = async (at) => (await fetch(env.OKTA_CLIENT_ORGURL + at, { headers: { authorization: 'SSWS ' + env.OKTA_CLIENT_TOKEN } })).json();

test('the hosts and origins of browsers are stored', async () => {
  assert.deepEqual((await genesys('/api/v2/webdeployments/deployments/' + deployment)).allowedDomains, pages.map(({ host }) => host));
  const origins = (await okta('/api/v1/trustedOrigins')).map(({ origin }) => origin);
  for (const { origin } of pages) assert.ok(origins.includes(origin), `${origin} is not in ${origins}`);
});

for (const { written, origin } of pages) {
  test(`a visitor signs in and out on ${written}`, async () => {
    const saved = await run('page', '--html', '--deployment', deployment, '--redirect-uri', written);
    assert.equal(saved.code, 0, saved.err);
    served.set(new URL(origin).host, saved.out);
    const page = await browser.newPage();
    const faults = [];
    page.on('pageerror', (err) => faults.push(err.message));

    const there = new URL(written), { pathname, search } = there;
    await page.goto(there.hostname.endsWith('.') ? origin + pathname : written); // to a browser, a root dot is another host
    await page.getByRole('button', { name: 'alice@acme.test' }).click();
    await page.locator('#genesys-stand-in[data-state="authenticated"]').waitFor();
    assert.equal(page.url(), origin + pathname + search, 'the code stays in the address bar');

    const revoked = page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.url().endsWith('/webdeployments/token/revoke'));
    const ended = page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.url().endsWith('/api/v1/sessions/me'));
    await page.getByRole('button', { name: 'Sign out' }).click();
    assert.equal((await revoked).status(), 204);
    assert.equal((await ended).status(), 204, 'the origin is trusted');
    await page.getByText(/Not signed in: the visitor signed out\.$/).waitFor();
    assert.deepEqual(faults, []);
    await page.close();
  });
}

test('Messenger starts on no other host', async () => {
  served.set('www.other.example', served.get(new URL(pages[0].origin).host));
  const page = await browser.newPage();
  await page.goto('https://www.other.example/chat');
  await page.getByText('This host is not an allowed domain of the deployment').waitFor();
  await page.close();
});

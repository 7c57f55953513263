// The same page, and `msgsso-wizard test`, with an OpenID provider that is not ours.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { startBrowser } from './browser.mjs';
import { startProvider } from './provider.mjs';

const program = process.env.MSGSSO_WIZARD;
const home = mkdtempSync(path.join(process.env.WORK, 'home-'));
let simulator, provider, browser, env, deployment;

before(async () => {
  simulator = spawn(program, ['simulator'], { stdio: ['ignore', 'pipe', 'ignore'] });
  env = { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8' };
  for await (const line of createInterface({ input: simulator.stdout })) {
    const at = line.indexOf('=');
    env[line.slice(0, at)] = line.slice(at + 1);
    if (env.GENESYSCLOUD_OAUTHCLIENT_SECRET) break;
  }
  provider = await startProvider(env.OKTA_CLIENT_ORGURL, env.OKTA_CLIENT_TOKEN);
  env.OKTA_CLIENT_ORGURL = provider.url;
  browser = await startBrowser();
  const made = await finish(run('--no-input', '--output', 'json'));
  assert.equal(made.code, 0, made.err);
  const result = JSON.parse(made.out);
  assert.equal(result.okta.issuer, `${provider.url}/oauth2/default`);
  deployment = result.genesys.deployment_id;
});

after(async () => {
  await browser?.close();
  await provider?.close();
  simulator?.kill('SIGINT');
});

const run = (...args) => spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });

async function finish(child) {
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => { said.out += text; });
  child.stderr.on('data', (text) => { said.err += text; });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, ...said };
}

// signIn fills the provider's own page.
async function signIn(page) {
  await page.locator('input[name=login]').fill('alice');
  await page.locator('input[name=password]').fill('any');
  await page.getByRole('button', { name: /sign-in/i }).click();
}

// offline keeps the provider's page from asking for its web font.
async function offline() {
  const context = await browser.newContext();
  await context.route(/^https?:\/\/(?!localhost|127\.0\.0\.1)/, (route) => route.abort());
  return context;
}

test('the sign-in test passes and leaves nothing behind', async () => {
  const child = run('test', '--deployment', deployment, '--no-browser');
  const ended = finish(child);
  const address = await new Promise((resolve, reject) => {
    let text = '';
    child.stderr.on('data', (more) => {
      text += more;
      const found = /http:\/\/localhost:8080\/\?start=\S+/.exec(text);
      if (found) resolve(found[0]);
    });
    child.once('close', () => reject(new Error(`no address in:\n${text}`)));
  });
  const context = await offline();
  const page = await context.newPage();
  await page.goto(address);
  await signIn(page);
  await page.getByText('You can close this page').waitFor();
  const { code, out, err } = await ended;
  assert.equal(code, 0, err);
  assert.match(out, /Sign-in works/);
  assert.match(out, /alice@acme\.test/);
  await context.close();
});

test('the complete page signs a visitor in', async () => {
  const file = path.join(home, 'page.html');
  const saved = await finish(run('page', '--html', '--deployment', deployment, '--file', file));
  assert.equal(saved.code, 0, saved.err);
  const text = readFileSync(file);
  const site = http.createServer((_, res) => res.setHeader('content-type', 'text/html').end(text));
  await new Promise((resolve) => site.listen(8080, 'localhost', resolve));
  const context = await offline();
  try {
    const page = await context.newPage();
    await page.goto('http://localhost:8080/');
    await signIn(page);
    const box = page.locator('#genesys-stand-in[data-state="authenticated"]');
    await box.waitFor();
    assert.equal(await box.getAttribute('data-name'), 'Alice Visitor');
    assert.equal(await box.getAttribute('data-email'), 'alice@acme.test');
  } finally {
    await context.close();
    await new Promise((resolve) => { site.close(resolve); site.closeAllConnections(); });
  }
});

test('an answer that lacks its promised issuer, or has another one, signs nobody in', async () => {
  const text = readFileSync(path.join(home, 'page.html'), 'utf8');
  assert.match(text, /sendsIssuer: true,/);
  let change;
  const site = http.createServer((req, res) => {
    const url = new URL(req.url, 'http://localhost:8080');
    if (url.searchParams.get('iss') === `${provider.url}/oauth2/default`) { // somebody is between Okta and the page
      change(url.searchParams);
      return res.writeHead(302, { location: url.href }).end();
    }
    res.setHeader('content-type', 'text/html').end(text);
  });
  await new Promise((resolve) => site.listen(8080, 'localhost', resolve));
  try {
    for (change of [(query) => query.delete('iss'), (query) => query.set('iss', 'https://evil.test')]) {
      const context = await offline(), page = await context.newPage();
      const said = page.waitForEvent('console', (message) => /the answer is from (a server that it does not name|https:\/\/evil\.test), not from/.test(message.text()));
      await page.goto('http://localhost:8080/');
      await signIn(page);
      await said;
      await page.getByText(/Not signed in/).waitFor();
      assert.equal(page.url(), 'http://localhost:8080/');
      assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => /gca?r?tkn/.test(key))), []);
      await context.close();
    }
  } finally {
    await new Promise((resolve) => { site.close(resolve); site.closeAllConnections(); });
  }
});

test('a framed page stays a page, and a click takes the whole window', async () => {
  const text = readFileSync(path.join(home, 'page.html'));
  const site = http.createServer((_, res) => res.setHeader('content-type', 'text/html').end(text));
  const portal = http.createServer((_, res) => res.setHeader('content-type', 'text/html').end('<iframe src="http://localhost:8080/?topic=1" width=600 height=600></iframe>'));
  await new Promise((resolve) => site.listen(8080, 'localhost', resolve));
  await new Promise((resolve) => portal.listen(8090, resolve));
  try {
    for (const of of ['localhost', '127.0.0.1']) { // the same site, whose storage is the page's, and another one
      const context = await offline(), page = await context.newPage();
      const said = page.waitForEvent('console', (message) => /this page is in a frame/.test(message.text()));
      await page.goto(`http://${of}:8090/`);
      await said;
      assert.equal(page.url(), `http://${of}:8090/`);
      await page.frameLocator('iframe').getByRole('button', { name: 'Sign in again' }).click();
      await signIn(page);
      await page.locator('#genesys-stand-in[data-state="authenticated"]').waitFor();
      assert.equal(page.url(), 'http://localhost:8080/?topic=1');
      await context.close();
    }
  } finally {
    for (const server of [site, portal]) await new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  }
});

test('the next program on the port finds no token of a closed preview', async () => {
  const context = await offline();
  const serve = async (use) => {
    const child = run('page', '--serve', '--no-browser', '--deployment', deployment);
    const ended = finish(child);
    await new Promise((resolve) => { child.stderr.on('data', (text) => /Serving the page/.test(text) && resolve()); child.once('close', resolve); });
    const page = await context.newPage();
    await page.goto('http://localhost:8080/');
    await use(page);
    await page.close({ runBeforeUnload: true });
    child.kill('SIGINT');
    const { code, err } = await ended;
    assert.equal(code, 0, err);
  };
  const next = async (use) => {
    const other = http.createServer((_, res) => res.setHeader('content-type', 'text/html').end('<!doctype html>'));
    await new Promise((resolve) => other.listen(8080, 'localhost', resolve));
    const page = await context.newPage();
    await page.goto('http://localhost:8080/');
    await use(page);
    await page.close();
    await new Promise((resolve) => { other.close(resolve); other.closeAllConnections(); });
  };
  try {
    await serve(async (page) => {
      await signIn(page);
      await page.locator('#genesys-stand-in[data-state="authenticated"]').waitFor();
      assert.ok((await page.evaluate(() => Object.keys(localStorage))).some((key) => key.endsWith(':gcatkn')));
    });
    await next(async (page) => {
      assert.deepEqual((await page.evaluate(() => Object.keys(localStorage))).filter((key) => /:gca?r?tkn|msgsso/.test(key)), []);
      await page.evaluate(() => localStorage.setItem('_of-a-browser-that-broke:gcartkn', 'x'));
    });
    await serve(async (page) => { // the provider knows the visitor
      await page.locator('#genesys-stand-in[data-state="authenticated"]').waitFor();
      assert.deepEqual((await page.evaluate(() => Object.keys(localStorage))).filter((key) => /broke/.test(key)), []);
    });
  } finally {
    await context.close();
  }
});

test('doctor finds nothing broken and writes nothing', async () => {
  const { code, out, err } = await finish(run('doctor', '--deployment', deployment, '--output', 'json'));
  assert.equal(code, 0, err + out);
  const report = JSON.parse(out);
  assert.equal(report.calls.writes, 0);
  assert.deepEqual(report.findings.filter((f) => f.state === 'fail'), []);
});

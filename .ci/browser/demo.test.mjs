// What a person sees who runs `msgsso-wizard demo` and has a browser.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startBrowser } from './browser.mjs';
import { makeOpener } from './opener.mjs';
import { startTerminal } from './terminal.mjs';

const opener = makeOpener();
let terminal, browser;

before(async () => {
  terminal = startTerminal('msgsso-demo', `'${process.env.MSGSSO_WIZARD}' demo --visitor-names include`, {
    env: { PATH: opener.path, LANG: 'C.UTF-8', TERM: 'xterm-256color', DISPLAY: ':0' },
  });
  browser = await startBrowser();
  for (let presses = 0; !/deploymentId:/.test(terminal.screen()); presses++) {
    assert.ok(presses < 40, `no snippet yet:\n${terminal.screen()}`);
    terminal.press('Enter');
    await new Promise((resolve) => setTimeout(resolve, 700));
  }
});

after(async () => {
  await browser?.close();
  terminal?.stop();
});

test('the complete page signs a visitor in and out', async () => {
  terminal.press('p');
  await terminal.until(/open preview/);
  terminal.press('o');
  assert.equal(await opener.next(), 'http://localhost:8080/');
  await terminal.until(/The page clears what the browser keeps for its origin/);
  const context = await browser.newContext({ viewport: { width: 900, height: 640 } });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (err) => faults.push(err.message));

  await page.goto('http://localhost:8080/');
  await page.getByRole('button', { name: 'alice@acme.test' }).click();
  const box = page.locator('#genesys-stand-in[data-state="authenticated"]');
  await box.waitFor();
  assert.equal(await box.getAttribute('data-email'), 'alice@acme.test');
  assert.match(await box.getAttribute('data-name'), /^Alice /);
  assert.match(await box.getAttribute('data-subject'), /^00u/);
  assert.equal(page.url(), 'http://localhost:8080/', 'the code stays in the address bar');
  await page.getByText('Signed in.').waitFor();
  if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, 'page-signed-in.png') });
  assert.equal((await stored(page)).filter((key) => /gcatkn$/.test(key)).length, 1);

  const revoked = page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.url().endsWith('/webdeployments/token/revoke'));
  await page.getByRole('button', { name: 'Sign out' }).click();
  assert.equal((await revoked).status(), 204);
  await page.getByText(/Not signed in: the visitor signed out/).waitFor();
  assert.deepEqual((await stored(page)).filter((key) => /gca|gcar/.test(key)), []);

  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByRole('button', { name: 'alice@acme.test' }).click(); // asked again: prompt=login
  await box.waitFor();
  terminal.press('Escape'); // the preview ends, and has the open page forget what Messenger stored
  await terminal.until(/open preview/);
  assert.deepEqual((await stored(page)).filter((key) => /gca|gcar/.test(key)), []);
  assert.deepEqual(faults, []);
  await assert.rejects(fetch('http://localhost:8080/'), 'the port is still listened on');
  await context.close();
  terminal.press('Escape');
});

const stored = (page) => page.evaluate(() => Object.keys(localStorage));

test('the test sign-in proves the whole chain', async () => {
  await terminal.until(/t test/);
  terminal.press('t');
  const address = await opener.next();
  assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/[A-Z2-7]+$/);
  const context = await browser.newContext({ viewport: { width: 900, height: 640 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('button', { name: 'alice@acme.test' }).click();
  await page.getByText('You can close this page').waitFor();
  assert.doesNotMatch(page.url(), /code=|state=/);
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, 'page-test.png') });
  const screen = await terminal.until(/Sign-in works/);
  assert.match(screen, /alice@acme\.test/);
  assert.doesNotMatch(screen, /✗(?! broken)/);
  await assert.rejects(fetch('http://localhost:8080/'), 'the port is still listened on');
  await context.close();
});

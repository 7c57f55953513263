// The demo on a screen of its own, and the steps by which pictures and films walk through it.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeOpener } from '../browser/opener.mjs';
import { startTerminal } from '../browser/terminal.mjs';
import { style } from './paint.mjs';

// startDemo runs the demo at a size and on a dark or light ground. The browser takes the visitor's part.
export function startDemo(args, { cols, rows, theme, browser }) {
  const opener = makeOpener();
  // Outside tmux, as far as the program knows: tmux would cost it the true colors.
  const command = `env -u TMUX -u TMUX_PANE '${process.env.MSGSSO_WIZARD}' demo ${args}`;
  const terminal = startTerminal('msgsso-screens', command, {
    cols, rows, style: style(theme),
    env: { PATH: opener.path, LANG: 'C.UTF-8', TERM: 'xterm-256color', COLORTERM: 'truecolor', HOME: process.env.WORK },
  });
  return { terminal, browser, opener, theme };
}

// startSession is a shell where a setup at a simulator is done. stop ends both.
export async function startSession(folder, { cols, rows, theme }) {
  const simulator = spawn(process.env.MSGSSO_WIZARD, ['simulator', '--okta-profile', 'workforce'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const variables = {};
  for await (const line of createInterface(simulator.stdout)) {
    const [name, ...value] = line.split('=');
    variables[name] = value.join('=');
    if (Object.keys(variables).length === 5) break;
  }
  const env = {
    ...variables, PATH: `${path.dirname(process.env.MSGSSO_WIZARD)}:${process.env.PATH}`, LANG: 'C.UTF-8', TERM: 'xterm-256color', HOME: folder,
    MSGSSO_REDIRECT_URI: 'https://www.example.com/support', PS1: '$ ',
  };
  execFileSync('msgsso-wizard', ['--no-input'], { env, cwd: folder, stdio: 'ignore' });
  const terminal = startTerminal('msgsso-screens', `env -u TMUX -u TMUX_PANE -u MSGSSO_WIZARD -C '${folder}' bash --norc --noprofile`, { cols, rows, style: style(theme), env });
  await terminal.until(/^\$/m);
  return { terminal, stop: () => { terminal.stop(); simulator.kill(); } };
}

// same reports whether two frames look the same.
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// settled waits until the screen stays the same, and returns it.
export async function settled(terminal) {
  let now = terminal.frame();
  for (let before, tries = 0; tries < 10 && !same(now, before); tries++) { // a clock may run on it
    await sleep(150);
    [before, now] = [now, terminal.frame()];
  }
  return now;
}

// walk takes the steps one by one. A text is a key, a pattern is waited for, anything else is called with the stage.
export async function walk(stage, steps) {
  for (const step of steps) {
    if (typeof step === 'string') stage.terminal.press(step);
    else if (step instanceof RegExp) await stage.terminal.until(step);
    else await step(stage);
    await sleep(150); // otherwise the next key could join this one's sequence
  }
}

// pressUntil presses a key until the terminal is as wanted.
const pressUntil = (key, wanted, pause) => async ({ terminal }) => {
  for (let n = 0; !wanted(terminal); n++) {
    assert.ok(n < 40, `${key} does not lead there:\n${terminal.screen()}`);
    terminal.press(key);
    await sleep(pause);
  }
};

// through accepts each default until the pattern shows. The review ignores an Enter that comes too soon.
export const through = (pattern) => pressUntil('Enter', (terminal) => pattern.test(terminal.screen()), 800);

// field goes to the field with that label: its row has the mark of the cursor, or the terminal's cursor.
export const field = (label) => pressUntil('Tab', (terminal) => {
  const { cursor } = terminal.frame();
  return terminal.screen().split('\n').some((row, y) => row.includes(label) && (row.includes('›') || cursor?.y === y));
}, 300);

// type types a text letter by letter.
export const type = (text) => ({ terminal }) => { for (const letter of text) terminal.press(letter); };

// signIn is a visitor who signs in with the browser. The stage learns the address of the simulated Okta.
export async function signIn(stage) {
  const page = await stage.browser.newPage();
  await page.goto(await stage.opener.next(180)); // Okta allows 20 app calls a minute, and the wizard waits
  stage.okta = new URL(page.url()).origin;
  await page.getByRole('button', { name: 'alice@acme.test' }).click();
  await page.getByText('You can close this page').waitFor();
  await page.close();
}

// oktaToken is the demo's API token. The simulator hands out the same one each time, and names it when it starts.
async function oktaToken() {
  const simulator = spawn(process.env.MSGSSO_WIZARD, ['simulator'], { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface(simulator.stdout)) {
    const [name, value] = line.split('=');
    if (name !== 'OKTA_CLIENT_TOKEN') continue;
    simulator.kill();
    return value;
  }
  return assert.fail('the simulator names no token');
}

// okta calls the simulated Okta as another admin would.
async function okta(stage, method, path) {
  const headers = { Authorization: `SSWS ${stage.oktaToken ??= await oktaToken()}`, 'Content-Type': 'application/json' };
  const answer = await fetch(`${stage.okta}/api/v1${path}`, { method, headers, body: method === 'POST' ? '{}' : undefined });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
}

// rotateSecret replaces the app's client secret, so that the one in Genesys Cloud is outdated.
export async function rotateSecret(stage) {
  const [app] = await okta(stage, 'GET', '/apps?q=Genesys%20Cloud%20Messenger');
  const secrets = `/apps/${app.id}/credentials/secrets`;
  const [old] = await okta(stage, 'GET', secrets);
  await okta(stage, 'POST', secrets);
  await okta(stage, 'POST', `${secrets}/${old.id}/lifecycle/deactivate`);
}

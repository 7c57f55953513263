// Makes docs/screens/*.png and their index from the demo, as it is.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBrowser } from '../browser/browser.mjs';
import { makeOpener } from '../browser/opener.mjs';
import { makePainter } from './paint.mjs';
import { settled, startDemo } from './demo.mjs';
import { light, walks } from './scenes.mjs';

const usual = { cols: 80, rows: 24 };
const mostBytes = 60_000;

const out = process.env.OUT;
mkdirSync(out, { recursive: true });
for (const old of readdirSync(out)) if (old.endsWith('.png')) rmSync(path.join(out, old));
const browser = await startBrowser();
const paint = await makePainter(browser);
const opener = makeOpener();
const index = [];

// take writes one picture after the other, each at its size.
async function take(terminal, shot, theme) {
  const sizes = [`${usual.cols}x${usual.rows}`, ...(theme === 'dark' ? shot.sizes : [])];
  for (const size of sizes) {
    const [cols, rows] = size.split('x').map(Number);
    terminal.resize(cols, rows);
    await sleep(250); // everything is drawn anew a moment after a change of size
    const name = `${[shot.name, theme === 'dark' ? size : theme].join('-')}.png`.replace(`-${usual.cols}x${usual.rows}`, '');
    await paint(path.join(out, name), await settled(terminal), { cols, rows, theme });
    index.push({ shot, name, size, theme });
  }
  terminal.resize(usual.cols, usual.rows);
  await sleep(250);
}

// signIn is a person in a browser.
async function signIn() {
  const page = await browser.newPage();
  await page.goto(await opener.next());
  await page.getByRole('button', { name: 'alice@acme.test' }).click();
  await page.getByText('You can close this page').waitFor();
  await page.close();
}

// press presses a key until the screen shows what is wanted, at most so often: not faster than the review takes an Enter.
async function press(terminal, key, pattern, most = 40) {
  for (let n = 0; !pattern.test(terminal.screen()); n++) {
    assert.ok(n < most, `${key} does not lead to ${pattern}:\n${terminal.screen()}`);
    terminal.press(key);
    await sleep(key === 'Enter' ? 800 : 300);
  }
}

async function walk(terminal, does, theme) {
  for (const what of does) {
    if (typeof what === 'string') terminal.press(what);
    else if (what instanceof RegExp) await terminal.until(what);
    else if (what.through) await press(terminal, 'Enter', what.through);
    else if (what.field) await press(terminal, 'Tab', new RegExp(`^ *[›>] ${what.field}`, 'm'));
    else if (what.type) for (const letter of what.type) terminal.press(letter);
    else if (what.signIn) await signIn();
    else if (theme === 'dark' || light.includes(what.name)) await take(terminal, what, theme);
    await sleep(150); // a key is not part of the next one's sequence
  }
}

// upTo is the walk to the last picture that is wanted in light.
function upTo(does, theme) {
  const last = does.findLastIndex((what) => light.includes(what.name));
  return theme === 'dark' ? does : does.slice(0, last + 1);
}

try {
  for (const theme of ['dark', 'light']) {
    for (const { args, does } of walks) {
      const steps = upTo(does, theme);
      if (steps.length === 0) continue;
      const terminal = startDemo(args, { ...usual, theme, path: opener.path });
      try {
        await walk(terminal, steps, theme);
      } finally {
        terminal.stop();
        await sleep(200);
      }
    }
  }
} finally {
  await browser.close();
}

const rows = index.filter((entry) => entry.theme === 'dark' && entry.size === '80x24').map(({ shot, name }) => {
  const others = index.filter((entry) => entry.shot.name === shot.name && entry.name !== name)
    .map((entry) => `[${entry.theme === 'dark' ? entry.size : entry.theme}](${entry.name})`).join(' ');
  return `## ${shot.name}\n\n${shot.says}.${others && ` Also ${others}.`}\n\n![${shot.name}](${name})\n`;
});
writeFileSync(path.join(out, 'README.md'), `# Screens\n\nMade from the demo by \`make screens\`. Ports, ids and times differ each time.\n\n${rows.join('\n')}`);
execFileSync('pngquant', ['--force', '--ext', '.png', '--speed', '1', '--strip', '24', '--', ...index.map(({ name }) => path.join(out, name))]);
for (const { name } of index) {
  const { size } = statSync(path.join(out, name));
  assert.ok(size < mostBytes, `${name} has ${size} bytes`);
}
console.log(`${index.length} pictures`);

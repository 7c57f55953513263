// Makes docs/screens/*.png and their list from the demo, and the pictures of commands in docs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBrowser } from '../browser/browser.mjs';
import { makePainter } from './paint.mjs';
import { sessions, walks } from './scenes.mjs';
import { settled, startDemo, startSession, walk } from './stage.mjs';

const sizes = [[120, 40], [80, 24], [40, 12]];
const themes = ['dark', 'light'];
const usual = { cols: 80, rows: 24 };
const mostBytes = 4_000_000; // all together

const out = process.env.OUT;
mkdirSync(out, { recursive: true });
const browser = await startBrowser();
const paint = await makePainter(browser);
const made = [];

// take paints the screen of a stage in each size.
const take = (stage) => async (name) => {
  for (const [cols, rows] of sizes) {
    stage.terminal.resize(cols, rows);
    await sleep(250); // the program redraws a moment after a change of size
    const file = path.join(out, `${name}-${cols}x${rows}-${stage.theme}.png`);
    await paint(file, await settled(stage.terminal), { cols, rows, theme: stage.theme });
    made.push(file);
  }
  stage.terminal.resize(usual.cols, usual.rows);
  await sleep(250);
};

for (const old of readdirSync(out)) if (old.endsWith('.png')) rmSync(path.join(out, old));
try {
  for (const theme of themes) {
    for (const { args, steps } of walks) {
      const stage = startDemo(args, { ...usual, theme, browser });
      stage.take = take(stage);
      try {
        await walk(stage, steps);
      } finally {
        stage.terminal.stop();
        await sleep(200);
      }
    }
  }
  for (const { name, size, steps } of sessions) {
    const stage = await startSession(mkdtempSync(path.join(process.env.WORK, name)), size);
    try {
      await walk(stage, steps);
      const file = path.join(out, '..', `${name}.png`);
      await paint(file, await settled(stage.terminal), size);
      made.push(file);
    } finally {
      stage.stop();
    }
  }
} finally {
  await browser.close();
}
execFileSync('pngquant', ['--force', '--ext', '.png', '--speed', '1', '--strip', '128', '--', ...made]); // fewer lose the color of a single mark

const shots = walks.flatMap(({ steps }) => steps.filter((step) => step.shot));
const picture = (name, size, theme) => `${name}-${size}-${theme}.png`;
const others = (name) => sizes.flatMap(([cols, rows]) => themes.map((theme) => [`${cols}x${rows}`, theme]))
  .map(([size, theme]) => `[${size} ${theme}](${picture(name, size, theme)})`).join(', ');
const section = ({ shot, says }) => `## ${shot}\n\n${says}.\n\n${others(shot)}\n\n![${shot}](${picture(shot, '80x24', 'dark')})\n`;
writeFileSync(path.join(out, 'README.md'),
  `# Screens\n\nEach main screen in three sizes, dark and light. \`make screens\` draws them from the demo. Ports, IDs, and times differ each time.\n\n${shots.map(section).join('\n')}`);

assert.equal(made.length, shots.length * sizes.length * themes.length + sessions.length);
const bytes = made.reduce((sum, file) => sum + statSync(file).size, 0);
assert.ok(bytes < mostBytes, `the pictures have ${bytes} bytes`);
console.log(`${made.length} pictures, ${bytes} bytes`);

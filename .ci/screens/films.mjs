// Makes docs/tour.gif and docs/fault.gif: what the demo shows becomes a film.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBrowser } from '../browser/browser.mjs';
import { makePainter } from './paint.mjs';
import { films } from './scenes.mjs';
import { same, settled, startDemo } from './stage.mjs';

const size = { cols: 100, rows: 30, theme: 'dark' }; // the smallest size that shows the chain
const every = 100; // ms between two looks
const reading = 5_000; // ms
const longest = 180_000; // ms
const lastFrame = 6; // seconds
const mostBytes = 2_000_000;

// shoot plays one film: a user reads each screen, and presses Enter. It collects what the screen shows, and for how long.
async function shoot({ args, ends }) {
  const { terminal } = startDemo(args, size);
  const frames = [];
  let pressed = 0;
  try {
    for (const began = Date.now(); !ends.test(terminal.screen()); await sleep(every)) {
      assert.ok(Date.now() - began < longest, `${ends} did not come:\n${terminal.screen()}`);
      const frame = terminal.frame();
      if (/◆/.test(frame.painted) && !same(frame, frames.at(-1)?.frame)) frames.push({ frame, at: Date.now() });
      if (/enter/.test(frame.painted) && Date.now() - Math.max(pressed, frames.at(-1).at) > reading) {
        terminal.press('Enter');
        pressed = Date.now();
      }
    }
    frames.push({ frame: await settled(terminal), at: Date.now() });
  } finally {
    terminal.stop();
  }
  return frames.map(({ frame, at }, i) => ({ frame, seconds: i + 1 < frames.length ? (frames[i + 1].at - at) / 1000 : lastFrame }));
}

// develop paints the frames and joins them.
async function develop(name, frames, browser) {
  const paint = await makePainter(browser);
  const file = (i) => path.join(process.env.WORK, `${name}-${String(i).padStart(4, '0')}.png`);
  let list = 'ffconcat version 1.0\n';
  for (const [i, { frame, seconds }] of frames.entries()) {
    await paint(file(i), frame, size);
    list += `file '${file(i)}'\nduration ${seconds.toFixed(2)}\n`;
  }
  const reel = path.join(process.env.WORK, `${name}.txt`);
  writeFileSync(reel, `${list}file '${file(frames.length - 1)}'\n`);
  const out = path.join(process.env.OUT, `${name}.gif`);
  execFileSync('ffmpeg', [
    '-hide_banner', '-loglevel', 'error', '-y', '-f', 'concat', '-safe', '0', '-i', reel, '-fps_mode', 'vfr',
    '-filter_complex', 'split[a][b];[a]palettegen=max_colors=64:stats_mode=full[p];[b][p]paletteuse=dither=none:diff_mode=rectangle',
    out,
  ], { stdio: 'inherit' });
  const bytes = statSync(out).size;
  assert.ok(bytes < mostBytes, `${name} has ${bytes} bytes`);
  console.log(`${name}: ${frames.length} frames, ${Math.round(frames.reduce((sum, { seconds }) => sum + seconds, 0))} s, ${bytes} bytes`);
}

const browser = await startBrowser();
try {
  for (const film of films) {
    await develop(film.name, await shoot(film), browser);
  }
} finally {
  await browser.close();
}

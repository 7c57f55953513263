// Makes docs/demo.gif: the demo plays by itself, and what its screen shows becomes a film.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBrowser } from '../browser/browser.mjs';
import { makePainter } from './paint.mjs';
import { startDemo } from './demo.mjs';

const size = { cols: 80, rows: 24, theme: 'dark' };
const every = 100; // ms between two looks
const longest = 120_000; // ms
const lastFrame = 4; // seconds
const mostBytes = 2_000_000;

// watch collects what is shown, and for how long.
async function watch(terminal) {
  const frames = [];
  for (const began = Date.now(); ; await sleep(every)) {
    assert.ok(Date.now() - began < longest, `the demo does not end:\n${terminal.screen()}`);
    const text = terminal.screen();
    if (/This was a demo/.test(text)) break; // the full screen was left
    if (!/DEMO/.test(text)) continue;
    const painted = terminal.painted();
    if (painted !== frames.at(-1)?.painted) frames.push({ painted, at: Date.now() });
  }
  const end = Date.now();
  return frames.map((frame, i) => ({ ...frame, seconds: ((frames[i + 1]?.at ?? end) - frame.at) / 1000 }));
}

const terminal = startDemo('--autoplay', size);
let frames;
try {
  frames = await watch(terminal);
} finally {
  terminal.stop();
}
frames.at(-1).seconds = lastFrame;
const browser = await startBrowser();
let list = '';
try {
  const paint = await makePainter(browser);
  for (const [i, { painted, seconds }] of frames.entries()) {
    const file = path.join(process.env.WORK, `frame-${String(i).padStart(4, '0')}.png`);
    await paint(file, painted, size);
    list += `file '${file}'\nduration ${seconds.toFixed(2)}\n`;
  }
} finally {
  await browser.close();
}
const films = path.join(process.env.WORK, 'frames.txt');
writeFileSync(films, `ffconcat version 1.0\n${list}file '${path.join(process.env.WORK, `frame-${String(frames.length - 1).padStart(4, '0')}.png`)}'\n`);
execFileSync('ffmpeg', [
  '-hide_banner', '-loglevel', 'error', '-y', '-f', 'concat', '-safe', '0', '-i', films, '-fps_mode', 'vfr',
  '-filter_complex', 'split[a][b];[a]palettegen=max_colors=48:stats_mode=full[p];[b][p]paletteuse=dither=none:diff_mode=rectangle',
  process.env.OUT,
], { stdio: 'inherit' });
const bytes = statSync(process.env.OUT).size;
assert.ok(bytes < mostBytes, `the film has ${bytes} bytes`);
console.log(`${frames.length} frames, ${Math.round(frames.reduce((sum, f) => sum + f.seconds, 0))} s, ${bytes} bytes`);

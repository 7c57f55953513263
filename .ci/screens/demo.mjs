// What both commands begin with: the demo on a screen.
import { setTimeout as sleep } from 'node:timers/promises';
import { startTerminal } from '../browser/terminal.mjs';
import { style } from './paint.mjs';

// startDemo runs the demo on a screen of that size and theme.
export function startDemo(args, { cols, rows, theme, path = process.env.PATH }) {
  return startTerminal('msgsso-screens', `'${process.env.MSGSSO_WIZARD}' demo ${args}`, {
    cols, rows, style: style(theme), env: { PATH: path, LANG: 'C.UTF-8', TERM: 'xterm-256color', HOME: process.env.WORK },
  });
}

// settled waits until the screen stays as it is, and returns it with its colours.
export async function settled(terminal) {
  for (let before = '', tries = 0; tries < 10; tries++) {
    const now = terminal.painted();
    if (now === before) return now;
    before = now;
    await sleep(150);
  }
  return terminal.painted(); // a clock runs on it
}

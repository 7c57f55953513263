// A program in a terminal, driven as a person would: tmux holds the screen.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

// startTerminal runs a command line on a screen of its own until stop is called. style is what the terminal answers when
// it is asked for its colours.
export function startTerminal(name, command, { cols = 100, rows = 40, env = {}, style = 'default' } = {}) {
  const tmux = (...args) => execFileSync('tmux', ['-L', name, '-f', '/dev/null', ...args], { encoding: 'utf8' });
  const set = Object.entries(env).map(([key, value]) => `${key}='${value}'`).join(' ');
  tmux('start-server', ';', 'set-option', '-g', 'window-style', style, ';', 'new-session', '-d', '-s', 'it', '-x', String(cols), '-y', String(rows), `exec env ${set} ${command}`);
  tmux('set-option', '-t', 'it', 'remain-on-exit', 'on');
  const screen = () => tmux('capture-pane', '-p', '-J', '-t', 'it');
  return {
    screen,
    // frame is the screen with its colors, as escape sequences, with the blanks at the end of its lines, and with the
    // place of the cursor if it is shown.
    frame() {
      const [shown, x, y] = tmux('display-message', '-p', '-t', 'it', '#{cursor_flag} #{cursor_x} #{cursor_y}').trim().split(' ').map(Number);
      return { painted: tmux('capture-pane', '-p', '-e', '-N', '-t', 'it'), cursor: shown ? { x, y } : null };
    },
    resize(cols, rows) { tmux('resize-window', '-t', 'it', '-x', String(cols), '-y', String(rows)); },
    press(...keys) { tmux('send-keys', '-t', 'it', ...keys); },
    // until waits for a text on the screen and returns the screen.
    async until(pattern, seconds = 20) {
      for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
        const text = screen();
        if (pattern.test(text)) return text;
      }
      return assert.fail(`${pattern} did not come; the screen:\n${screen()}`);
    },
    // ended waits until the program has ended and returns its exit code.
    async ended(seconds = 20) {
      for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
        const [dead, code] = tmux('display-message', '-p', '-t', 'it', '#{pane_dead} #{pane_dead_status}').trim().split(' ');
        if (dead === '1') return Number(code);
      }
      return assert.fail(`the program goes on; the screen:\n${screen()}`);
    },
    stop() {
      try { tmux('kill-server'); } catch { /* it has ended already */ }
    },
  };
}

// A stand-in for xdg-open that writes down what it was asked to open.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// makeOpener returns a PATH on which the stand-in comes first, and a way to wait for the next address.
export function makeOpener() {
  const folder = mkdtempSync(path.join(process.env.WORK, 'opener-'));
  const opened = path.join(folder, 'opened');
  const program = path.join(folder, 'xdg-open');
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$1" >>'${opened}'\n`);
  chmodSync(program, 0o755);
  let seen = 0;
  return {
    path: `${folder}:${process.env.PATH}`,
    async next(seconds = 20) {
      for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
        const lines = existsSync(opened) ? readFileSync(opened, 'utf8').trim().split('\n') : [];
        if (lines.length > seen) return lines[seen++];
      }
      return assert.fail('no browser was opened');
    },
  };
}

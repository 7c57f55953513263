import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const script = readFileSync(new URL('../preview.js', import.meta.url), 'utf8');

function storage(items) {
  return Object.defineProperty({ ...items }, 'removeItem', { value(name) { delete this[name]; } });
}

/** A browser whose time goes on by hand. */
function browser(genesys) {
  const timers = new Map(), notes = [], listeners = {};
  let at = 0, line;
  const world = {
    localStorage: storage({ '_d-1:gcatkn': '1', '_d-1:gcartkn': '2', '_d-1:actmu': '3', 'msgsso:signed-out': '5', theirs: '4' }),
    sessionStorage: storage({ 'msgsso:try:s': '1', 'msgsso:starts': '2', theirs: '3' }),
    EventSource: class {
      constructor(path) { this.path = path; line = this; }
      addEventListener(name, heard) { this[name] = heard; }
      close() { this.closed = true; }
    },
    document: { createElement: () => ({ style: {}, setAttribute() {} }), body: { appendChild: (note) => notes.push(note.textContent) } },
    setTimeout: (run, after) => { timers.set(++at, { run, after }); return at; },
    clearTimeout: (id) => { timers.delete(id); },
    addEventListener: (name, heard) => { listeners[name] = heard; },
  };
  world.window = world;
  if (genesys) world.Genesys = genesys;
  vm.runInNewContext(script, world);
  return {
    world, notes, listeners, timers, line,
    elapse: (limit) => [...timers].filter(([, t]) => t.after <= limit).forEach(([id, t]) => { timers.delete(id); t.run(); }),
    kept: () => [Object.keys(world.localStorage), Object.keys(world.sessionStorage)],
  };
}
const cleared = [['_d-1:actmu', 'theirs'], ['theirs']];

test('the end signs out first, then clears, then hangs up', () => {
  const calls = [];
  const b = browser((...call) => calls.push(call));
  assert.equal(b.line.path, '/.msgsso/end');
  b.line.end();
  b.line.end();
  assert.equal(calls.length, 1);
  assert.deepEqual(calls[0].slice(0, 2), ['command', 'Auth.logout']);
  assert.equal(b.kept()[0].length, 5); // Messenger needs its token for signing out
  assert.ok(!b.line.closed);
  calls[0][3]();
  assert.deepEqual(b.kept(), cleared);
  assert.ok(b.line.closed);
  assert.equal(b.notes.length, 1);
  b.world.sessionStorage['msgsso:signed-out'] = b.world.localStorage['msgsso:signed-out'] = 'late';
  b.listeners.pagehide();
  assert.deepEqual(b.kept(), cleared);
});

test('a page that is left takes its tokens with it, and not its way back', () => {
  const b = browser();
  b.listeners.pagehide();
  assert.deepEqual(b.kept(), [['_d-1:actmu', 'msgsso:signed-out', 'theirs'], ['msgsso:try:s', 'msgsso:starts', 'theirs']]);
  assert.deepEqual(b.notes, []);
});

test('a Messenger that does not answer is not waited for', () => {
  const b = browser(() => {});
  b.line.end();
  b.elapse(999); // the server's patience is a second
  assert.deepEqual(b.kept(), cleared);
  assert.ok(b.line.closed);
});

test('without Messenger, too', () => {
  const b = browser();
  b.line.end();
  assert.deepEqual(b.kept(), cleared);
});

test('a server that is gone for long is the end, one that comes back is not', () => {
  const b = browser();
  b.line.onopen();
  b.line.onerror();
  b.line.onerror();
  assert.equal(b.timers.size, 1);
  b.line.onopen();
  b.elapse(1e6);
  assert.equal(b.kept()[0].length, 5);
  assert.deepEqual(b.notes, []);
  b.line.onerror();
  b.elapse(1e6);
  assert.deepEqual(b.kept(), cleared);
});

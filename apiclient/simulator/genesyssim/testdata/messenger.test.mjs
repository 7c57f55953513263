import assert from 'node:assert/strict';
import test from 'node:test';
import { deploymentId, jwt, live, open, provider } from './page.mjs';

const exchange = 'oauthcodegrantjwtexchange';
const jwtKey = `_${deploymentId}:gcatkn`;
const refreshKey = `_${deploymentId}:gcartkn`;
const handed = { authCode: 'c-1', redirectUri: 'http://localhost:8080/', nonce: 'n-1', codeVerifier: 'v-1', iss: 'https://i' };
const kept = (value) => JSON.stringify({ value });
const plain = (v) => JSON.parse(JSON.stringify(v)); // what another realm made has another prototype
const refusal = { http: 401, code: 'bad.credentials', message: 'Invalid login credentials.', contextId: 'r-1' };

test('signs in with what the page hands over', async () => {
  const asked = [];
  const token = jwt(900);
  const page = open({
    routes: live({}, { [exchange]: { jwt: token, refreshToken: 'rt' } }),
    queue: provider(asked, (e) => e.resolve(handed)),
  });
  await page.reaches('authenticated');
  assert.deepEqual(page.calls.find((c) => c.path === exchange).body, {
    deploymentId, oauth: { code: 'c-1', redirectUri: 'http://localhost:8080/', nonce: 'n-1', codeVerifier: 'v-1', iss: 'https://i' },
  });
  assert.deepEqual(page.names(), ['ready', 'authenticating', 'authenticated']);
  assert.deepEqual(plain(page.events[1][1]), { authCode: 'c-1', redirectUri: 'http://localhost:8080/' });
  assert.deepEqual(plain(page.events[2][1]), { jwt: token, refreshToken: 'rt' });
  assert.deepEqual([page.stored.get(jwtKey), page.stored.get(refreshKey)], [kept(token), kept('rt')]);
  assert.equal(page.text(), 'signed in as Alice Çelik · alice@acme.test');
  assert.equal(page.box.dataset.email, 'alice@acme.test');
  assert.deepEqual(asked.map((d) => d.forceUpdate), [false]);
  assert.ok(page.timers.at(-1).after > 890_000 && page.timers.at(-1).after <= 900_000);
});

for (const [name, host, routes, state, text] of [
  ['a domain that is not allowed', 'evil-localhost', live({}), 'blocked', 'evil-localhost is not an allowed domain of this deployment'],
  ['a part of an allowed domain', 'shop.localhost', live({ enabled: false }), 'anonymous', 'anonymous: authentication is off in the version that is live'],
  ['an unknown deployment', 'localhost', live({}, { 'domains.json': { http: 403 } }), 'blocked', 'this deployment is not known here'],
  ['an inactive deployment', 'localhost', live({}, { 'config.json': { status: 'Inactive', auth: {} } }), 'blocked', 'this deployment is not active'],
]) {
  test(name, async () => {
    const asked = [];
    const page = open({ host, routes, queue: provider(asked, (e) => e.resolve(handed)) });
    await page.reaches(state);
    assert.equal(page.text(), text);
    assert.equal(asked.length, 0);
  });
}

test('waits for a plugin that is ready late, and for a page that has no code yet', async () => {
  const page = open({ routes: live({}) });
  await page.reaches('waiting');
  assert.equal(page.text(), 'waiting for the AuthProvider plugin of the page');
  const asked = [];
  const asking = new Promise((resolve) => provider(asked, (e) => { e.resolve(); resolve(); })(page));
  await asking;
  await new Promise(setImmediate);
  assert.equal(page.text(), 'waiting for the page to sign you in');
  assert.equal(page.times(exchange), 0);
});

test('says why it failed, asks for one more code and then stops', async () => {
  const asked = [];
  const hand = (e) => e.resolve({ ...handed, authCode: `c-${asked.length}` });
  const page = open({ routes: live({}, { [exchange]: refusal }), queue: provider(asked, hand) });
  await page.reaches('error');
  while (page.names().length < 5) await new Promise(setImmediate);
  await new Promise(setImmediate);
  assert.deepEqual(page.names(), ['ready', 'authenticating', 'authError', 'authenticating', 'authError']);
  assert.deepEqual(asked.map((d) => d.forceUpdate), [false, true]);
  assert.equal(page.text(), 'not signed in: Invalid login credentials. · bad.credentials · request r-1');
  assert.deepEqual([page.box.dataset.code, page.box.dataset.request, page.stored.size], ['bad.credentials', 'r-1', 0]);
});

for (const [how, answer] of [['says nothing', (e) => e.resolve()], ['refuses', (e) => e.reject(new Error('not again'))]]) {
  test(`a page that ${how} after a refusal leaves the refusal to be seen`, async () => {
    const asked = [];
    const page = open({
      routes: live({}, { [exchange]: refusal }),
      queue: provider(asked, (e) => (e.data.forceUpdate ? answer(e) : e.resolve(handed))),
    });
    await page.reaches('error');
    while (asked.length < 2) await new Promise(setImmediate);
    await new Promise(setImmediate);
    assert.deepEqual([page.box.dataset.code, page.times(exchange)], ['bad.credentials', 1]);
  });
}

test('another refusal is final', async () => {
  const asked = [];
  const page = open({
    routes: live({}, { [exchange]: { ...refusal, http: 403, code: 'not.authorized' } }),
    queue: provider(asked, (e) => e.resolve(handed)),
  });
  await page.reaches('error');
  await new Promise(setImmediate);
  assert.equal(asked.length, 1);
});

test('a page that refuses to hand over a code', async () => {
  const page = open({ routes: live({}), queue: provider([], (e) => e.reject(new Error('<b>denied</b>'))) });
  await page.reaches('error');
  assert.equal(page.text(), 'not signed in: <b>denied</b>');
  assert.deepEqual(page.names(), ['ready', 'authProviderError']);
});

test('a reload finds its tokens', async () => {
  const asked = [];
  const page = open({ routes: live({}), queue: provider(asked, () => {}), stored: { [jwtKey]: kept(jwt(60)) } });
  await page.reaches('authenticated');
  assert.deepEqual([asked.length, page.times(exchange)], [0, 0]);
});

test('a JWT that is over is renewed', async () => {
  const fresh = jwt(900);
  const page = open({
    routes: live({}, { refresh: { jwt: fresh } }), queue: provider([], () => {}),
    stored: { [jwtKey]: kept(jwt(-1)), [refreshKey]: kept('rt') },
  });
  await page.reaches('authenticated');
  assert.deepEqual(page.calls.at(-1).body, { deploymentId, refreshToken: 'rt' });
  assert.equal(page.stored.get(jwtKey), kept(fresh));
});

test('without a refresh token the page signs in again when the JWT is over', async () => {
  let again;
  const asked = new Promise((resolve) => { again = (e) => { e.resolve(); resolve(); }; });
  const page = open({
    routes: live({}, { [exchange]: { jwt: jwt(300) } }),
    queue: provider([], (e) => e.resolve(handed), { reAuthenticate: again }),
  });
  await page.reaches('authenticated');
  page.timers.at(-1).f();
  await asked;
  assert.deepEqual([page.names().at(-1), page.stored.size], ['tokenError', 0]);
});

test('a visitor steps up on demand, with one exchange', async () => {
  const asked = [];
  const page = open({
    routes: live({ allowSessionUpgrade: true }, { [exchange]: { jwt: jwt(900) } }),
    queue: provider(asked, () => {}, {
      signIn: (e) => { page.plugin.publish('signedIn', handed); e.resolve(handed); },
    }),
  });
  await page.reaches('anonymous');
  assert.equal(page.button.hidden, false);
  page.button.listeners.click();
  await page.reaches('authenticated');
  assert.deepEqual(page.names(), ['ready', 'signInAvailable', 'signingIn', 'signedIn', 'authenticating', 'authenticated']);
  assert.deepEqual([asked.length, page.times(exchange), page.button.hidden], [0, 1, true]);
});

test('signing out revokes and forgets', async () => {
  const token = jwt(900);
  const page = open({
    routes: live({}, { revoke: { http: 204 } }), queue: provider([], () => {}),
    stored: { [jwtKey]: kept(token), [refreshKey]: kept('rt') },
  });
  await page.reaches('authenticated');
  await page.plugin.command('Auth.logout');
  assert.deepEqual([page.box.dataset.state, page.stored.size, page.names().at(-1)], ['signed-out', 0, 'loggedOut']);
  assert.deepEqual([page.calls.at(-1).method, page.calls.at(-1).jwt], ['DELETE', `Bearer ${token}`]);
});

test('signing out forgets even if Genesys Cloud does not answer well', async () => {
  const page = open({
    routes: live({}, { revoke: refusal }), queue: provider([], () => {}), stored: { [jwtKey]: kept(jwt(900)) },
  });
  await page.reaches('authenticated');
  await assert.rejects(page.plugin.command('Auth.logout'), { code: 'bad.credentials' });
  assert.deepEqual([page.stored.size, page.names().at(-1)], [0, 'logoutError']);
  await assert.rejects(page.plugin.command('Auth.nothing'), /no command Auth\.nothing/);
});

// The Go test starts a simulator and says where it is.
test('signs in and out at the simulator', { skip: !process.env.STAND_IN_SITE && 'run by the Go test' }, async () => {
  const { base, id, code } = JSON.parse(process.env.STAND_IN_SITE);
  const page = open({ base, id, queue: provider([], (e) => e.resolve(code)) });
  await page.reaches('authenticated');
  assert.equal(page.text(), 'signed in as Alice Çelik · alice@acme.test');
  await page.plugin.command('Auth.refreshToken');
  await page.plugin.command('Auth.logout');
  assert.equal(page.stored.size, 0);
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { Tab, open } from './browser.mjs';

const here = 'https://www.example.com/support';
const issuer = 'https://acme.okta.com/oauth2/default';
const signIns = (tab) => Object.keys(tab.session).filter((key) => key.startsWith('msgsso:try:'));

test('what Messenger gets fits what Okta was asked', async () => {
  const tab = new Tab();
  const { sent, back } = await tab.visit(`${here}?topic=1#chat`, { code: 'c1', iss: issuer });
  assert.deepEqual(
    ['client_id', 'redirect_uri', 'response_type', 'scope', 'code_challenge_method'].map((name) => sent.get(name)),
    ['0oa1', here, 'code', 'openid email profile', 'S256']);
  assert.match(sent.get('state'), /^msgsso-.{32}$/);
  assert.equal(sent.get('nonce').length, 32);

  const page = tab.open(back);
  assert.equal(page.address, `${here}?topic=1#chat`);
  assert.deepEqual(signIns(tab), []);
  const got = await page.ask('getAuthCode');
  assert.equal(got.codeVerifier.length, 64);
  assert.equal(createHash('sha256').update(got.codeVerifier).digest('base64url'), sent.get('code_challenge'));
  assert.deepEqual({ ...got, codeVerifier: '' }, { authCode: 'c1', redirectUri: here, nonce: sent.get('nonce'), codeVerifier: '', iss: issuer });
  assert.deepEqual(page.went, []);
});

test('without an iss from Okta none is passed on', async () => {
  const tab = new Tab();
  const { back } = await tab.visit(here, { code: 'c1' });
  assert.ok(!('iss' in await tab.open(back).ask('getAuthCode')));
});

test('parameters of others stay in the address', async () => {
  const tab = new Tab();
  const { back } = await tab.visit('https://www.example.com/shop?a=1', { code: 'c1', lang: 'de' });
  const page = tab.open(back);
  assert.equal(page.address, `${here}?lang=de`);
  await page.ask('getAuthCode');
  page.emit('Auth.authenticated', { jwt: 'x' });
  assert.deepEqual(page.went, ['https://www.example.com/shop?a=1'], 'back to where the sign-in began');
});

for (const [name, change] of Object.entries({
  'a wrong state': (url) => url.searchParams.set('state', 'guess'),
  'a key of ours as state': (url) => url.searchParams.set('state', 'msgsso:starts'),
  'no state': (url) => url.searchParams.delete('state'),
})) {
  test(`${name} is ignored, and the try under way goes on`, async () => {
    const tab = new Tab();
    const { back } = await tab.visit(here, { code: 'c1' });
    const url = new URL(back);
    change(url);
    const page = tab.open(url.href);
    assert.equal(page.address, url.href);
    assert.equal(signIns(tab).length, 1);
    assert.equal((await tab.open(back).ask('getAuthCode')).authCode, 'c1');
  });
}

test('an answer of ours that this tab did not ask for leaves the address bar, and that of another script stays', async () => {
  const tab = new Tab();
  const answer = 'code=c9&error_description=d&iss=i&session_state=s&error_uri=u&state=';
  const page = tab.open(`${here}?topic=1&${answer}msgsso-of-another-tab#chat`);
  assert.equal(page.address, `${here}?topic=1#chat`);
  assert.match(page.log.join(), /did not begin/);
  page.ask('getAuthCode');
  await page.leaves();
  assert.doesNotMatch(JSON.stringify(tab.session), /c9/);

  const other = new Tab(), theirs = `${here}?topic=1&${answer}theirs`;
  const open = other.open(theirs);
  assert.equal(open.address, theirs);
  open.ask('getAuthCode');
  const back = `${here}?code=c1&state=${(await open.leaves()).searchParams.get('state')}`;
  assert.equal(other.open(back).address, `${here}?topic=1`, 'whose answer it is, it is of no use any more');
});

test('an answer must name its issuer where the server promises that it does', async () => {
  const tab = new Tab();
  const { back } = await tab.visit(here, { code: 'c1' }, { sendsIssuer: true });
  const page = tab.open(back, { sendsIssuer: true });
  await assert.rejects(page.ask('getAuthCode'), /from a server that it does not name, not from https:\/\/acme/);
  assert.deepEqual(page.went, []);
  const named = await tab.visit(here, { code: 'c2', iss: issuer }, { sendsIssuer: true, clicked: true });
  assert.equal((await tab.open(named.back, { sendsIssuer: true }).ask('getAuthCode')).authCode, 'c2');
});

test('in a frame nothing navigates by itself, and a click takes the whole window', async () => {
  const top = { location: { href: 'https://portal.example/' } };
  const page = new Tab().open(`${here}?topic=1`, { frame: top });
  await assert.rejects(page.ask('getAuthCode'), /in a frame/);
  assert.match(page.log.join(), /warn .*in a frame/);
  assert.deepEqual([page.went, top.location.href], [[], 'https://portal.example/']);
  await page.window.messengerSignIn();
  assert.deepEqual([page.went, top.location.href], [[], `${here}?topic=1`]);

  const boxed = { location: { set href(_) { throw new Error('the frame is sandboxed'); } } };
  const inside = new Tab().open(here, { frame: boxed });
  await inside.window.messengerSignIn();
  assert.match(inside.log.join(), /cannot go to Okta: the frame is sandboxed/);
});

test('an answer counts once, and in the tab that asked', async () => {
  const tab = new Tab();
  const { back } = await tab.visit(here, { code: 'c1' });
  assert.match(new Tab().open(back).log.join(), /did not begin/);
  await tab.open(back).ask('getAuthCode');
  const again = tab.open(back);
  again.ask('getAuthCode');
  assert.notEqual((await again.leaves()).searchParams.get('state'), new URL(back).searchParams.get('state'));
});

test('another issuer is refused', async () => {
  const tab = new Tab();
  const { back } = await tab.visit(here, { code: 'c1', iss: 'https://evil.example' });
  const page = tab.open(back);
  assert.match(page.log.join(), /from https:\/\/evil\.example, not from https:\/\/acme/);
  await assert.rejects(page.ask('getAuthCode'), /evil/);
  assert.deepEqual(page.went, []);
});

test('a refusal of Okta is told as text, and is no loop', async () => {
  const tab = new Tab();
  const text = 'User is not assigned <img src=x onerror=alert(1)> 100%s';
  const { back } = await tab.visit(here, { error: 'access_denied', error_description: text });
  const page = tab.open(back);
  assert.equal(page.address, here);
  assert.deepEqual(page.log, [`warn Messenger sign-in: Okta did not sign the visitor in: ${text}`]);
  await assert.rejects(page.ask('getAuthCode'), /not assigned/);
  await assert.rejects(page.ask('reAuthenticate'), /not assigned/);
  assert.deepEqual(page.went, []);
  page.window.messengerSignIn();
  assert.equal((await page.leaves()).origin, 'https://acme.okta.com', 'a click begins again');
});

test('until the visitor is signed in Messenger gets the same code as often as it asks', async () => {
  const tab = new Tab();
  const { back } = await tab.visit(here, { code: 'c1' });
  const page = tab.open(back);
  const first = await page.ask('getAuthCode', undefined);
  assert.deepEqual(await page.ask('getAuthCode', null), first);
  assert.deepEqual(await page.ask('getAuthCode', { forceUpdate: false }), first);
  page.emit('Auth.authenticated', { jwt: 'x' });
  page.ask('getAuthCode');
  await page.leaves();
});

test('a code that Messenger had is not given again once it was refused or another one was asked for', async () => {
  for (const end of [
    (page) => page.emit('Auth.authError', { message: 'no' }),
    (page) => page.ask('getAuthCode', { forceUpdate: true }).catch(() => {}),
  ]) {
    const tab = new Tab();
    const { back } = await tab.visit(here, { code: 'c1' });
    const page = tab.open(back);
    await page.ask('getAuthCode');
    await end(page);
    await assert.rejects(page.ask('getAuthCode'), /refused the sign-in: no|did not take/);
    assert.deepEqual(page.went, []);
  }
});

test('an error about an earlier sign-in does not spoil the code that just came', async () => {
  const tab = new Tab();
  const { back } = await tab.visit(here, { code: 'c1' });
  const page = tab.open(back);
  page.emit('Auth.authError', { message: 'the stored token ended' });
  assert.equal((await page.ask('getAuthCode', { forceUpdate: true })).authCode, 'c1');
});

test('a click begins again where the browser did not leave', async () => {
  const tab = new Tab();
  const page = tab.open(here, { clicked: true });
  const asked = page.ask('getAuthCode');
  await page.leaves(); // and it stays: Stop was pressed, or the visitor did not want to leave the site
  const click = async (how, ...command) => {
    const before = page.went.length;
    how(...command);
    for (let i = 0; i < 500 && page.went.length === before; i++) await new Promise((later) => setTimeout(later, 10));
    assert.equal(page.went.length, before + 1);
  };
  await click(page.window.messengerSignIn);
  await click(page.ask, 'reAuthenticate');
  assert.ok(await open(asked));
  const back = tab.open(`${here}?code=c1&state=${new URL(page.went[1]).searchParams.get('state')}`);
  assert.equal((await back.ask('getAuthCode')).authCode, 'c1', 'whichever of them the visitor finished');
  assert.deepEqual(signIns(tab), []);
});

test('a refused code begins no loop', async () => {
  const tab = new Tab();
  const { back } = await tab.visit(here, { code: 'c1' });
  const page = tab.open(back);
  assert.equal((await page.ask('getAuthCode')).authCode, 'c1');
  await assert.rejects(page.ask('getAuthCode', { forceUpdate: true }), /did not take/);
  page.emit('Auth.authError', new Error('bad.request'));
  await assert.rejects(page.ask('getAuthCode', { forceUpdate: true }), /refused the sign-in: bad\.request/);
  await assert.rejects(page.ask('reAuthenticate'), /bad\.request/);
  assert.deepEqual(page.went, []);
});

test('forceUpdate and reAuthenticate begin anew once the visitor was signed in', async () => {
  for (const [command, data, ends] of [['getAuthCode', { forceUpdate: true }, false], ['reAuthenticate', {}, true]]) {
    const tab = new Tab();
    const { sent, back } = await tab.visit(here, { code: 'c1' });
    const page = tab.open(back);
    await page.ask('getAuthCode');
    page.emit('Auth.authenticated', { jwt: 'x' });
    const asked = page.ask(command, data);
    assert.notEqual((await page.leaves()).searchParams.get('nonce'), sent.get('nonce'));
    assert.equal(await open(asked), !ends, command);
    page.ask('getAuthCode');
    assert.equal(await open(asked), !ends);
    assert.equal(page.went.length, 1, 'a page leaves once');
  }
});

test('a click in Messenger is no loop', async () => {
  const tab = new Tab();
  const { back } = await tab.visit(here, { error: 'access_denied' });
  for (let i = 0; i < 4; i++) {
    const page = tab.open(back, { clicked: true });
    await page.ask('reAuthenticate');
    assert.equal(page.went.length, 1);
  }
  const later = tab.open(here);
  later.ask('getAuthCode');
  await later.leaves(); // clicks do not count
});

test('pages that go to Okta again and again stop after three times', async () => {
  const tab = new Tab();
  for (let i = 0; i < 3; i++) await tab.visit(here, { code: 'c' });
  const page = tab.open(here);
  await assert.rejects(page.ask('getAuthCode'), /three times/);
  assert.deepEqual(page.went, []);
});

test('the back button does not trap the visitor', async () => {
  const tab = new Tab();
  const page = tab.open(here);
  const asked = page.ask('getAuthCode');
  await page.leaves();
  page.fire('pageshow', { persisted: false });
  assert.ok(await open(asked));
  page.fire('pageshow', { persisted: true });
  await assert.rejects(asked, /came back/);
  await assert.rejects(page.ask('getAuthCode'), /came back/);
  const loaded = tab.open(here, { kind: 'back_forward' });
  await assert.rejects(loaded.ask('getAuthCode'), /came back/);
  assert.deepEqual(loaded.went, []);
});

test('coming back to a page on which nothing was begun is no reason to stay', async () => {
  const page = new Tab().open(here, { kind: 'back_forward' });
  page.ask('getAuthCode');
  await page.leaves();
});

test('a plugin that was pasted twice works once', async () => {
  const tab = new Tab();
  const { back } = await tab.visit(here, { code: 'c1' });
  const page = tab.open(back, { pasted: 2 });
  assert.equal((await page.ask('getAuthCode')).authCode, 'c1');
  assert.deepEqual(page.log, []);
});

test('signing out ends Messenger, then Okta, and the page stays signed out', async () => {
  const tab = new Tab();
  const page = tab.open(`${here}?topic=1#a`);
  await page.window.messengerSignOut();
  assert.deepEqual(page.order, ['Auth.logout', 'fetch', 'replace']);
  assert.deepEqual(page.fetched, [{ to: 'https://acme.okta.com/api/v1/sessions/me', method: 'DELETE', credentials: 'include' }]);
  assert.deepEqual(page.went, [here]);
  const after = tab.open(here);
  await assert.rejects(after.ask('getAuthCode'), /signed out\.$/);
  after.window.messengerSignIn();
  const again = (await after.leaves()).searchParams;
  assert.equal(again.get('prompt'), 'login', 'whoever comes next is asked');
  const back = tab.open(`${here}?code=c2&state=${again.get('state')}`);
  await back.ask('getAuthCode');
  back.emit('Auth.authenticated', { jwt: 'x' });
  const next = tab.open(here);
  next.ask('getAuthCode');
  assert.equal((await next.leaves()).searchParams.get('prompt'), null);
});

test('signing out says so where Okta cannot be told, and needs no Messenger', async () => {
  for (const okta of [{ status: 404 }, new TypeError('Failed to fetch')]) {
    const tab = new Tab();
    tab.local.setItem('_d-1:gcatkn', 'x');
    tab.local.setItem('_d-1:gcartkn', 'x');
    tab.local.setItem('of the site', 'x');
    const page = tab.open(here, { okta, messenger: false });
    await page.window.messengerSignOut();
    assert.deepEqual(page.went, [here]);
    assert.deepEqual(Object.keys(tab.local), ['of the site', 'msgsso:signed-out']);
    assert.match(tab.open(here).log.join(), /perhaps not of Okta \((it answers with 404|Failed to fetch)\)/);
  }
});

test('whoever comes next in the browser is asked, in whatever tab, until somebody is signed in', async () => {
  const first = new Tab(), next = new Tab(), other = new Tab();
  next.local = other.local = first.local;
  await first.open(here, { okta: new TypeError('Failed to fetch') }).window.messengerSignOut();
  const page = next.open(here);
  assert.deepEqual(page.log, []);
  page.ask('getAuthCode');
  const asked = (await page.leaves()).searchParams;
  assert.equal(asked.get('prompt'), 'login', 'Okta still knows the last visitor');
  const back = next.open(`${here}?code=c2&state=${asked.get('state')}`);
  await back.ask('getAuthCode');
  back.emit('Auth.authenticated', { jwt: 'x' });
  assert.deepEqual(Object.keys(first.local), []);
  const known = other.open(here);
  known.ask('getAuthCode');
  assert.equal((await known.leaves()).searchParams.get('prompt'), null);
});

test('a page that is reloaded after signing out stays, and a click asks', async () => {
  const tab = new Tab();
  await tab.open(here).window.messengerSignOut();
  for (let i = 0; i < 2; i++) await assert.rejects(tab.open(here).ask('getAuthCode'), /signed out\.$/);
  const page = tab.open(here);
  page.window.messengerSignIn();
  assert.equal((await page.leaves()).searchParams.get('prompt'), 'login');
});

test('signing out in another tab counts here', async () => {
  const page = new Tab().open(here);
  page.emit('Auth.loggedOut', {});
  await assert.rejects(page.ask('getAuthCode'), /signed out/);
});

test('an anonymous chat signs in on demand', async () => {
  const tab = new Tab();
  const { back } = await tab.visit(here, { code: 'c1' }, { stepUp: true });
  const page = tab.open(back, { stepUp: true });
  const [ready, signedIn] = page.events;
  assert.deepEqual([ready.event, signedIn.event, signedIn.data.authCode], ['ready', 'signedIn', 'c1']);
  assert.equal((await page.ask('signIn')).authCode, 'c1');

  const denied = await tab.visit(here, { error: 'access_denied' }, { stepUp: true });
  const failed = tab.open(denied.back, { stepUp: true }).events.at(-1);
  assert.deepEqual([failed.event, failed.data.message], ['signInFailed', 'Okta did not sign the visitor in: access_denied']);
  assert.ok(!tab.open(here).has('signIn'), 'only where it is wanted');
});

test('a code that was published and refused is not given again', async () => {
  for (const name of ['Auth.authError', 'Auth.signInFailed']) {
    const tab = new Tab();
    const { back } = await tab.visit(here, { code: 'c1' }, { stepUp: true });
    const page = tab.open(back, { stepUp: true });
    page.emit(name, { message: 'no' });
    await assert.rejects(page.ask('getAuthCode'), /refused the sign-in: no|did not take/);
    page.ask('signIn');
    assert.equal((await page.leaves()).origin, 'https://acme.okta.com', 'a click begins again');
  }
});

test('an insecure page says so and stays', async () => {
  const page = new Tab().open(here, { secure: false });
  await assert.rejects(page.ask('getAuthCode'), /https pages and on localhost only/);
  assert.match(page.log.join(), /^error .*https pages/);
  assert.deepEqual(page.went, []);
});

test('a page at another address is told', () => {
  for (const url of [`${here}/`, 'https://example.com/support', 'http://www.example.com/support', 'https://www.example.com/Support']) {
    assert.match(new Tab().open(url).log.join(), new RegExp(`this page is ${url}, but Okta sends visitors back to ${here}:`));
  }
  assert.deepEqual(new Tab().open(`${here}?a=1#b`).log, []);
});

test('errors of Messenger are told without what they carry', () => {
  const page = new Tab().open(here);
  page.emit('Auth.authError', { message: 'no', jwt: 'a token' });
  page.emit('Auth.tokenError');
  page.receive('Auth.error', new Error('bare'));
  assert.deepEqual(page.log.splice(2), ['error Messenger sign-in: Auth.error: bare'], 'an error that is no message');
  assert.deepEqual(page.log, ['error Messenger sign-in: Auth.authError: no', 'error Messenger sign-in: Auth.tokenError: no reason was given']);
});

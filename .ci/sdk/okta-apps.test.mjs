import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { all, openOkta, pagesOf, refused, webApp, withoutNulls } from './okta.mjs';

let org;
before(async () => { org = await openOkta(); });
after(() => org.stop());

const last = () => org.statuses.at(-1);

test('app integrations are listed over several pages, found by the start of their label, and filtered', async () => {
  const api = org.client.applicationApi;
  const apps = await pagesOf(org, 2, (o) => api.listApplications(o));
  assert.deepEqual(apps.slice(0, 5).map((a) => a.label), ['Okta Admin Console', 'Okta Dashboard', 'Okta Workflows', 'HR import', 'Customer portal']);
  assert.ok(!apps.some((a) => a.status !== 'ACTIVE'));
  assert.equal(apps[3].signOnMode, null);

  const found = await all(api.listApplications({ q: 'customer' }));
  assert.deepEqual(found.map((a) => a.label), ['Customer portal']);
  const inactive = await all(api.listApplications({ filter: 'status eq "INACTIVE"' }));
  assert.deepEqual(inactive.map((a) => a.label), ['Old chat']);
});

test('an app integration from creation to deletion', async () => {
  const api = org.client.applicationApi;

  const made = await api.createApplication({ application: webApp('Messenger') });
  assert.equal(last(), 200);
  assert.match(made.id, /^0oa.{17}$/);
  assert.equal(made.status, 'ACTIVE');
  assert.equal(made.constructor.name, 'OpenIdConnectApplication');
  assert.ok(made.created instanceof Date && !Number.isNaN(made.created.valueOf()));
  const client = made.credentials.oauthClient;
  assert.equal(client.client_id, made.id);
  assert.equal(client.client_secret.length, 64);
  assert.equal(client.pkce_required, false);
  assert.deepEqual(made.settings.oauthClient.redirect_uris, ['https://www.example.com/support']);
  assert.equal(made.settings.oauthClient.consent_method, 'TRUSTED');

  const read = await api.getApplication({ appId: made.id });
  assert.equal(last(), 200);
  assert.equal(read.label, 'Messenger');
  assert.equal(read.credentials.oauthClient.client_secret, undefined, 'a read shows no secret');

  const wish = withoutNulls(read);
  wish.label = 'Messenger of the shop';
  wish.settings.oauthClient.redirect_uris.push('https://shop.example.com/');
  const replaced = await api.replaceApplication({ appId: made.id, application: wish });
  assert.equal(last(), 200);
  assert.equal(replaced.label, 'Messenger of the shop');
  assert.equal(replaced.credentials.oauthClient.client_secret, client.client_secret, 'PUT keeps the secret and shows it');
  const again = await api.getApplication({ appId: made.id });
  assert.deepEqual(again.settings.oauthClient.redirect_uris, ['https://www.example.com/support', 'https://shop.example.com/']);

  await refused(api.deleteApplication({ appId: made.id }), 403, 'E0000056', 'Delete application forbidden.');
  await api.deactivateApplication({ appId: made.id });
  assert.equal(last(), 200);
  assert.equal((await api.getApplication({ appId: made.id })).status, 'INACTIVE');
  await api.activateApplication({ appId: made.id });
  assert.equal((await api.getApplication({ appId: made.id })).status, 'ACTIVE');
  await api.deactivateApplication({ appId: made.id });
  await api.deleteApplication({ appId: made.id });
  assert.equal(last(), 204);
  await refused(api.getApplication({ appId: made.id }), 404, 'E0000007', `Not found: Resource not found: ${made.id} (AppInstance)`);
});

test('app integrations that Okta refuses', async () => {
  const api = org.client.applicationApi;
  const bad = webApp('Bad');
  bad.settings.oauthClient.redirect_uris = [];
  await refused(api.createApplication({ application: bad }), 400, 'E0000001');
  const read = await api.getApplication({ appId: (await all(api.listApplications({ q: 'customer' })))[0].id });
  await refused(api.replaceApplication({ appId: read.id, application: read }), 400, 'E0000001',
    'helpUrl: The field cannot be null');
  const browser = withoutNulls(read);
  browser.settings.oauthClient.application_type = 'browser';
  await refused(api.replaceApplication({ appId: read.id, application: browser }), 400, 'E0000001');
});

test('a call too many is refused with the time at which the next may be made', async () => {
  const call = async () => { for (;;) await all(org.client.applicationApi.listApplications({ limit: 200 })); };
  await assert.rejects(call, (err) => {
    assert.equal(`${err.status} ${err.errorCode}`, '429 E0000047');
    assert.equal(err.headers.get('x-rate-limit-limit'), '20');
    assert.equal(err.headers.get('x-rate-limit-remaining'), '0');
    const wait = Number(err.headers.get('x-rate-limit-reset')) * 1000 - Date.parse(err.headers.get('date'));
    assert.ok(wait >= 0 && wait <= 61_000, `${wait} ms`);
    return true;
  });
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { all, openOkta, refused, webApp } from './okta.mjs';

let org;
let app;
before(async () => {
  org = await openOkta();
  app = await org.client.applicationApi.createApplication({ application: webApp('Messenger') });
});
after(() => org.stop());

const last = () => org.statuses.at(-1);

test('the secrets of an app integration are rotated', async () => {
  const api = org.client.applicationSSOPublicKeysApi;
  const appId = app.id;
  const [first, ...none] = await all(api.listOAuth2ClientSecrets({ appId }));
  assert.deepEqual(none, []);
  assert.equal(first.client_secret, app.credentials.oauthClient.client_secret);
  assert.equal(first.status, 'ACTIVE');

  const second = await api.createOAuth2ClientSecret({ appId, oAuth2ClientSecretRequestBody: {} });
  assert.equal(last(), 201);
  assert.match(second.id, /^ocs.{17}$/);
  assert.equal(second.client_secret.length, 64);
  await refused(api.createOAuth2ClientSecret({ appId, oAuth2ClientSecretRequestBody: {} }), 400, 'E0000001',
    "You've reached the maximum number of client secrets per client.");
  await refused(api.deleteOAuth2ClientSecret({ appId, secretId: first.id }), 400, 'E0000001',
    "You can't delete an active client secret. Deactivate the secret before deleting it.");

  const off = await api.deactivateOAuth2ClientSecret({ appId, secretId: first.id });
  assert.equal(last(), 200);
  assert.equal(off.status, 'INACTIVE');
  assert.equal((await api.activateOAuth2ClientSecret({ appId, secretId: first.id })).status, 'ACTIVE');
  await api.deactivateOAuth2ClientSecret({ appId, secretId: first.id });
  await api.deleteOAuth2ClientSecret({ appId, secretId: first.id });
  assert.equal(last(), 204);
  assert.deepEqual((await all(api.listOAuth2ClientSecrets({ appId }))).map((x) => x.id), [second.id]);
  const read = await api.getOAuth2ClientSecret({ appId, secretId: second.id });
  assert.equal(read.client_secret, second.client_secret);
  await refused(api.getOAuth2ClientSecret({ appId, secretId: first.id }), 404, 'E0000007');
});

test('a secret of one\'s own choice is kept, a short one refused', async () => {
  const api = org.client.applicationSSOPublicKeysApi;
  const appId = app.id;
  await refused(api.createOAuth2ClientSecret({ appId, oAuth2ClientSecretRequestBody: { client_secret: 'short' } }), 400, 'E0000001',
    "client_secret: 'client_secret' must be at least '14' characters long.");
  const chosen = await api.createOAuth2ClientSecret({
    appId, oAuth2ClientSecretRequestBody: { client_secret: 'chosen by the admin', status: 'INACTIVE' },
  });
  assert.equal(chosen.client_secret, 'chosen by the admin');
  assert.equal(chosen.status, 'INACTIVE');
});

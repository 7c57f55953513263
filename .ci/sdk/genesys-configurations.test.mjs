import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { body, cursors, messengerSettings, openGenesys, refused } from './genesys.mjs';

let org;
let api;
before(async () => {
  org = await openGenesys();
  api = org.webDeployments;
});
after(() => org.stop());

test('a configuration from its draft to its deletion', async () => {
  const made = await body(api.postWebdeploymentsConfigurations(messengerSettings('Shop')), 201);
  assert.equal(made.version, 'DRAFT');
  assert.equal(made.status, 'Active');
  assert.deepEqual(made.languages, ['en-us', 'de']);
  assert.equal(made.datePublished, undefined);

  const first = await body(api.postWebdeploymentsConfigurationVersionsDraftPublish(made.id));
  assert.equal(first.version, '1');
  assert.ok(first.datePublished);

  const draft = await body(api.getWebdeploymentsConfigurationVersionsDraft(made.id));
  draft.authenticationSettings = { enabled: true, integrationId: '5b0a1f8e-3a56-4d5e-9f4b-0d6f4f2f1c11', allowSessionUpgrade: false };
  draft.messenger.styles.primaryColor = '#AA0000';
  const changed = await body(api.putWebdeploymentsConfigurationVersionsDraft(made.id, draft));
  assert.deepEqual(changed.authenticationSettings, draft.authenticationSettings);
  assert.equal((await body(api.getWebdeploymentsConfigurationVersion(made.id, '1'))).messenger.styles.primaryColor, '#0165A7');
  assert.equal((await body(api.postWebdeploymentsConfigurationVersionsDraftPublish(made.id))).version, '2');

  const versions = await cursors((o) => api.getWebdeploymentsConfigurationVersions(made.id, o), { pageSize: '2' });
  assert.deepEqual(versions.map((page) => page.map((v) => v.version)), [['DRAFT', '2'], ['1']]);
  assert.equal((await body(api.getWebdeploymentsConfigurationVersion(made.id, 'DRAFT'))).messenger.styles.primaryColor, '#AA0000');
  await refused(api.getWebdeploymentsConfigurationVersion(made.id, '3'), 404, 'not.found');

  assert.equal(await body(api.deleteWebdeploymentsConfiguration(made.id), 204), '');
  await refused(api.getWebdeploymentsConfigurationVersionsDraft(made.id), 404, 'not.found');
});

test('configurations are listed over several pages', async () => {
  const made = await body(api.postWebdeploymentsConfigurations(messengerSettings('Unpublished')), 201);
  const names = (all) => all.map((page) => page.map((c) => `${c.name} ${c.version}`));
  const list = (o) => api.getWebdeploymentsConfigurations(o);
  assert.deepEqual(names(await cursors(list, { pageSize: '2' })),
    [['Main website DRAFT', 'Help centre DRAFT'], ['Unpublished DRAFT']]);
  await body(api.deleteWebdeploymentsConfiguration(made.id), 204);
});

test('configurations that Genesys Cloud refuses', async () => {
  const post = (change) => api.postWebdeploymentsConfigurations({ ...messengerSettings('Bad'), ...change });
  await refused(post({ name: undefined }), 400, 'constraint.validation');
  await refused(post({ name: 'x'.repeat(101) }), 400, 'constraint.validation');
  await refused(post({ defaultLanguage: 'fr' }), 400, 'constraint.validation');
  await refused(post({ headless: true }), 400, 'invalid.property');
  await refused(post({ position: { alignment: 'Top' } }), 400, 'invalid.value');
});

test('a configuration that a deployment uses cannot be deleted', async () => {
  const [deployment] = (await body(api.getWebdeploymentsDeployments())).entities;
  await refused(api.deleteWebdeploymentsConfiguration(deployment.configuration.id), 409, 'resource.conflict');
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { body, cursors, messengerType, openGenesys, pages, refused } from './genesys.mjs';

let org;
let api;
let type;
before(async () => {
  org = await openGenesys();
  api = org.integrations;
  type = await body(api.getIntegrationsType((await messengerType(org)).id));
});
after(() => org.stop());

const oneKey = (o) => {
  const keys = Object.keys(o);
  assert.equal(keys.length, 1);
  return keys[0];
};

// credentialWish is a credential of the type that the integration takes, whose fields are not documented.
async function credentialWish(secret) {
  const spec = type.credentials[oneKey(type.credentials)];
  assert.equal(spec.required, true);
  const known = (await body(api.getIntegrationsCredentialsTypes())).entities;
  const kind = known.find((t) => t.name === spec.credentialTypes[0]);
  const [id, hidden] = kind.required;
  return { name: 'Messenger client', type: { name: kind.name }, credentialFields: { [id]: '0oa1', [hidden]: secret } };
}

test('the type, its schemas and what they refuse', async () => {
  const schema = await body(api.getIntegrationsTypeConfigschema(type.id, 'properties'));
  assert.deepEqual(Object.values(schema.properties).map((p) => p.type).sort(), ['boolean', 'integer', 'string']);
  assert.ok(schema.required.length > 0);
  assert.deepEqual((await body(api.getIntegrationsTypeConfigschema(type.id, 'advanced'))).properties, {});
  await refused(api.getIntegrationsTypeConfigschema(type.id, 'nothing'), 400, 'invalid.value');
  await refused(api.getIntegrationsType('nobody'), 404, 'not.found');
});

test('a credential from creation to deletion', async () => {
  const wish = await credentialWish('first secret');
  const made = await body(api.postIntegrationsCredentials({ body: wish }));
  assert.equal(made.name, 'Messenger client');
  assert.equal(made.type.name, wish.type.name);

  const read = await body(api.getIntegrationsCredential(made.id));
  assert.deepEqual(Object.keys(read.credentialFields).sort(), Object.keys(wish.credentialFields).sort());
  assert.ok(!JSON.stringify(read).includes('first secret'));

  const changed = await body(api.putIntegrationsCredential(made.id, { body: { ...await credentialWish('second'), name: 'Renamed' } }));
  assert.equal(changed.name, 'Renamed');
  const listed = await pages((o) => api.getIntegrationsCredentials(o), { pageSize: 1 });
  assert.deepEqual(listed.map((c) => c.name), ['CRM user', 'Renamed']);
  const listing = await cursors((o) => api.getIntegrationsCredentialsListing(o), { pageSize: '1' });
  assert.deepEqual(listing.flat().map((c) => c.id), listed.map((c) => c.id));

  await refused(api.postIntegrationsCredentials({ body: { ...wish, type: { name: 'nothing' } } }), 400, 'constraint.validation');
  await refused(api.postIntegrationsCredentials({ body: { ...wish, credentialFields: {} } }), 400, 'constraint.validation');
  assert.equal(await body(api.deleteIntegrationsCredential(made.id), 204), '');
  await refused(api.getIntegrationsCredential(made.id), 404, 'not.found');
});

test('an integration from creation to deletion', async () => {
  const made = await body(api.postIntegrations({ body: { name: 'Messenger SSO', integrationType: { id: type.id } } }));
  assert.equal(made.intendedState, 'DISABLED');
  assert.equal(made.reportedState.code, 'INACTIVE');

  const config = await body(api.getIntegrationConfigCurrent(made.id));
  assert.equal(config.version, 1);
  assert.deepEqual(config.properties, {});
  assert.deepEqual(config.credentials, {});

  const credential = await body(api.postIntegrationsCredentials({ body: await credentialWish('secret') }));
  const schema = await body(api.getIntegrationsTypeConfigschema(type.id, 'properties'));
  const key = oneKey(type.credentials);
  const [uri] = Object.keys(schema.properties).filter((name) => schema.properties[name].format === 'uri');
  const lifetime = Object.keys(schema.properties).find((name) => schema.properties[name].type === 'integer');
  const wish = {
    ...config,
    notes: 'Made by the SDK',
    properties: { [uri]: 'https://acme.okta.com/oauth2/default/.well-known/openid-configuration', [lifetime]: 3600 },
    credentials: { [key]: { id: credential.id } },
  };
  const stored = await body(api.putIntegrationConfigCurrent(made.id, { body: wish }));
  assert.equal(stored.version, 2);
  assert.deepEqual(stored.properties, wish.properties);
  assert.equal(stored.credentials[key].id, credential.id);
  await refused(api.putIntegrationConfigCurrent(made.id, { body: wish }), 409, 'version.conflict',
    'Integration configuration update failed due to version conflict.');
  await refused(api.putIntegrationConfigCurrent(made.id, { body: { ...stored, properties: { ...wish.properties, [uri]: 'nonsense' } } }), 400, 'constraint.validation');
  await refused(api.putIntegrationConfigCurrent(made.id, { body: { ...stored, properties: { ...wish.properties, [lifetime]: 899 } } }), 400, 'constraint.validation');
  const again = await body(api.putIntegrationConfigCurrent(made.id, { body: { ...stored, name: 'Messenger SSO 2' } }));
  assert.equal(again.version, 3);

  const on = await body(api.patchIntegration(made.id, { body: { intendedState: 'ENABLED' }, expand: ['config.current'] }));
  assert.equal(on.intendedState, 'ENABLED');
  assert.equal(on.config.current.version, 3);
  const active = await body(api.getIntegration(made.id, { expand: ['config.current'] }));
  assert.equal(active.reportedState.code, 'ACTIVE');
  assert.equal(active.name, 'Messenger SSO 2');
  await refused(api.patchIntegration(made.id, { body: { intendedState: 'ASLEEP' } }), 400, 'invalid.value');

  const gone = await body(api.deleteIntegration(made.id));
  assert.equal(gone.id, made.id);
  await refused(api.getIntegration(made.id), 404, 'not.found');
  await body(api.deleteIntegrationsCredential(credential.id), 204);
});

test('an integration without its credential is in error', async () => {
  const made = await body(api.postIntegrations({ body: { name: 'Unfinished', integrationType: { id: type.id } } }));
  await body(api.patchIntegration(made.id, { body: { intendedState: 'ENABLED' } }));
  const { reportedState } = await body(api.getIntegration(made.id));
  assert.equal(reportedState.code, 'ERROR');
  assert.match(reportedState.detail.message, /is not set/);
  await body(api.deleteIntegration(made.id));
  // OpenTofu's provider names an integration only afterwards.
  const unnamed = await body(api.postIntegrations({ body: { integrationType: { id: type.id } } }));
  assert.equal(unnamed.name, type.name);
  await body(api.deleteIntegration(unnamed.id));
  await refused(api.postIntegrations({ body: { name: 'No type', integrationType: { id: 'nothing' } } }), 400, 'constraint.validation');
});

test('integrations are listed over several pages', async () => {
  for (const name of ['One', 'Two', 'Three']) {
    await body(api.postIntegrations({ body: { name, integrationType: { id: type.id } } }));
  }
  const list = (o) => api.getIntegrations(o);
  const names = (entities) => entities.map((i) => i.name);
  assert.deepEqual(names(await pages(list, { pageSize: 2, expand: ['config.current'] })),
    ['CRM data actions', 'Agent dashboard', 'One', 'Two', 'Three']);
});

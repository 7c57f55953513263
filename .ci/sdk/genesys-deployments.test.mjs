import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { body, cursors, messengerSettings, openGenesys, refused } from './genesys.mjs';

let org;
let api;
let configuration;
let flow;
before(async () => {
  org = await openGenesys();
  api = org.webDeployments;
  const draft = await body(api.postWebdeploymentsConfigurations(messengerSettings('Shop')), 201);
  configuration = await body(api.postWebdeploymentsConfigurationVersionsDraftPublish(draft.id));
  flow = (await body(org.architect.getFlows({ type: ['inboundshortmessage'] }))).entities.find((f) => f.publishedVersion);
});
after(() => org.stop());

const wish = (change) => ({
  name: 'Shop',
  allowAllDomains: false,
  allowedDomains: ['shop.example.com'],
  flow: { id: flow.id },
  configuration: { id: configuration.id, version: configuration.version },
  ...change,
});

test('a deployment from creation to deletion', async () => {
  const made = await body(api.postWebdeploymentsDeployments(wish()), 201);
  assert.equal(made.status, 'Active');
  assert.deepEqual(made.allowedDomains, ['shop.example.com']);
  assert.equal(made.flow.id, flow.id);
  assert.equal(made.configuration.version, '1');
  assert.ok(made.snippet.includes(made.id));

  const read = await body(api.getWebdeploymentsDeployment(made.id));
  assert.deepEqual(read, made);

  // What was read can be sent back as it is; only the pin moves.
  await body(api.putWebdeploymentsConfigurationVersionsDraft(configuration.id, { ...messengerSettings('Shop'), description: 'second' }));
  const second = await body(api.postWebdeploymentsConfigurationVersionsDraftPublish(configuration.id));
  await refused(api.putWebdeploymentsDeployment(made.id, { ...read, configuration: { id: configuration.id, version: '9' } }), 400, 'constraint.validation');
  const moved = await body(api.putWebdeploymentsDeployment(made.id, {
    ...read, status: 'Inactive', configuration: { id: second.id, version: second.version },
  }));
  assert.equal(moved.configuration.version, '2');
  assert.equal(moved.status, 'Inactive');

  const live = await body(api.getWebdeploymentsDeploymentConfigurations(made.id));
  assert.equal(live.configurationVersion.version, '2');
  assert.equal(live.configurationVersion.description, 'second');
  assert.equal(live.deployment.id, made.id);

  await refused(api.deleteWebdeploymentsConfiguration(configuration.id), 409, 'resource.conflict', 'Resource is used by another');
  assert.equal(await body(api.deleteWebdeploymentsDeployment(made.id), 204), '');
  await refused(api.getWebdeploymentsDeployment(made.id), 404, 'not.found');
  await refused(api.deleteWebdeploymentsDeployment(made.id), 404, 'not.found');
});

test('deployments are listed over several pages, with their configuration when asked', async () => {
  for (const name of ['One', 'Two']) await body(api.postWebdeploymentsDeployments(wish({ name })), 201);
  const all = await cursors((o) => api.getWebdeploymentsDeployments(o), { pageSize: '2' });
  assert.deepEqual(all.map((page) => page.map((d) => d.name)), [['Main website', 'One'], ['Two']]);
  assert.equal(all[0][0].configuration.languages, undefined);
  const [full] = (await body(api.getWebdeploymentsDeployments({ expand: ['Configuration', 'SupportedContent'] }))).entities;
  assert.deepEqual(full.configuration.languages, ['en-us', 'de']);
});

test('deployments that Genesys Cloud refuses', async () => {
  const post = (change) => api.postWebdeploymentsDeployments(wish(change));
  await refused(post({ allowAllDomains: true }), 400, 'constraint.validation');
  await refused(post({ flow: { id: 'nothing' } }), 400, 'bad.flow.id');
  await refused(post({ supportedContent: { id: 'nothing' } }), 404, 'scp.id.not.found');
  await refused(post({ configuration: { id: configuration.id, version: 'DRAFT' } }), 400, 'constraint.validation');
  await refused(post({ name: '' }), 400, 'constraint.validation');
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { body, messengerSettings, openGenesys, refused } from './genesys.mjs';

// Everything that is made takes this long to become ready.
const settle = 400;

let org;
let api;
before(async () => {
  org = await openGenesys({ flags: ['--settle', `${settle}ms`] });
  api = org.webDeployments;
});
after(() => org.stop());

// until reads again and again until it gets what is wanted.
async function until(read, want) {
  for (const end = Date.now() + 10 * settle; Date.now() < end; await sleep(settle / 10)) {
    if (await read() === want) return;
  }
  assert.fail(`never became ${want}`);
}

test('drafts, versions and deployments are Pending first, then Active', async () => {
  const made = await body(api.postWebdeploymentsConfigurations(messengerSettings('Slow')), 201);
  assert.equal(made.status, 'Pending');
  await refused(api.postWebdeploymentsConfigurationVersionsDraftPublish(made.id), 400, 'bad.request');
  await until(async () => (await body(api.getWebdeploymentsConfigurationVersionsDraft(made.id))).status, 'Active');

  const { id, version, status } = await body(api.postWebdeploymentsConfigurationVersionsDraftPublish(made.id));
  assert.equal(status, 'Pending');
  await until(async () => (await body(api.getWebdeploymentsConfigurationVersion(id, version))).status, 'Active');

  const deployment = await body(api.postWebdeploymentsDeployments({
    name: 'Slow', allowAllDomains: true, configuration: { id, version },
  }), 201);
  assert.equal(deployment.status, 'Pending');
  await until(async () => (await body(api.getWebdeploymentsDeployment(deployment.id))).status, 'Active');
});

test('an integration is on its way before it is where it should be', async () => {
  const list = await body(org.integrations.getIntegrations());
  const { id } = list.entities.find((i) => i.name === 'Agent dashboard');
  const switched = (intendedState) => body(org.integrations.patchIntegration(id, { body: { intendedState } }));
  const reported = async () => (await body(org.integrations.getIntegration(id))).reportedState.code;
  assert.equal((await switched('DISABLED')).reportedState.code, 'DEACTIVATING');
  await until(reported, 'INACTIVE');
  assert.equal((await switched('ENABLED')).reportedState.code, 'ACTIVATING');
  await until(reported, 'ACTIVE');
});

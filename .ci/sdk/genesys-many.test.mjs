import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cursors, openGenesys, pages } from './genesys.mjs';
import { refusal } from './harness.mjs';

let org;
before(async () => {
  org = await openGenesys({ flags: ['--genesys-configurations', '300', '--genesys-integrations', '120', '--genesys-flows', '120'] });
});
after(() => org.stop());

const distinct = (entities) => new Set(entities.map((e) => e.id)).size;

test('more configurations than fit on the largest page', async () => {
  const all = await cursors((o) => org.webDeployments.getWebdeploymentsConfigurations(o), {});
  assert.deepEqual(all.map((page) => page.length), [300, 2]);
  assert.equal(distinct(all.flat()), 302);
});

test('many integrations and flows', async () => {
  const integrations = await pages((o) => org.integrations.getIntegrations(o), { pageSize: 50 });
  assert.equal(distinct(integrations), 122);
  const flows = await pages((o) => org.architect.getFlows(o), { pageSize: 50, type: ['inboundshortmessage'] });
  assert.equal(distinct(flows), 122);
});

test('a call too many is refused with the time to wait', async () => {
  const call = async () => { for (let n = 0; n <= 300; n++) await org.organizations.getOrganizationsMe(); };
  const err = await refusal(call());
  assert.equal(`${err.status} ${err.body.code}`, '429 too.many.requests.retry.after');
  assert.equal(err.headers['inin-ratelimit-allowed'], '300');
  const wait = Number(err.headers['retry-after']);
  assert.ok(wait >= 1 && wait <= 60, `${wait} s`);
});

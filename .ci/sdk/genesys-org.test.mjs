import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { body, openGenesys, pages, refused } from './genesys.mjs';
import { refusal } from './harness.mjs';

const denied = 'webDeployments:deployment:delete';
let org;
before(async () => { org = await openGenesys({ flags: ['--deny', denied] }); });
after(() => org.stop());

test('which organization, which client and what it may do', async () => {
  const me = await body(org.organizations.getOrganizationsMe());
  assert.equal(me.name, 'Acme Contact Centre');
  assert.equal(me.state, 'active');
  const token = await body(org.tokens.getTokensMe());
  assert.equal(token.organization.id, me.id);
  assert.equal(token.OAuthClient.id, org.env.GENESYSCLOUD_OAUTHCLIENT_ID);
  await refused(org.users.getUsersMe(), 400, 'not.a.user');

  const subject = await body(org.authorization.getAuthorizationSubjectsMe());
  const [{ role: { policies } }] = subject.grants;
  const actions = policies.find((p) => `${p.domain}:${p.entityName}` === 'webDeployments:deployment').actions;
  assert.deepEqual(actions, ['add', 'edit', 'view']);
  await refused(org.webDeployments.deleteWebdeploymentsDeployment('any'), 403, 'missing.permissions',
    `Unable to perform the requested action. You are missing the following permission(s): [${denied}]`);
  const products = await body(org.authorization.getAuthorizationProducts());
  assert.ok(products.total > 0 && products.entities.length === products.total && products.entities.every((p) => p.id));
});

test('flows are listed over several pages, filtered, sorted and read', async () => {
  const list = (o) => org.architect.getFlows(o);
  const names = (flows) => flows.map((f) => f.name);
  const sorted = ['Draft chat', 'Main line', 'Opening hours', 'Service mailbox', 'Web chat'];
  assert.deepEqual(names(await pages(list, { pageSize: 2, sortBy: 'name' })), sorted);
  const messages = await pages(list, { pageSize: 1, type: ['inboundshortmessage'], sortBy: 'name' });
  assert.deepEqual(messages.map((f) => `${f.name} ${Boolean(f.publishedVersion)}`), ['Draft chat false', 'Web chat true']);
  assert.deepEqual(names(await pages(list, { pageSize: 9, type: ['inboundcall', 'inboundemail'], sortBy: 'name' })), ['Main line', 'Service mailbox']);
  const read = await body(org.architect.getFlow(messages[1].id));
  assert.equal(read.type, 'INBOUNDSHORTMESSAGE');
  await refused(org.architect.getFlow('nothing'), 404, 'architect.flow.not.found');
  await refused(list({ type: ['nothing'] }), 400, 'architect.invalid.flow.type');
});

test('a page size that cannot be had is refused', async () => {
  await refused(org.architect.getFlows({ pageSize: 0 }), 400, 'invalid.query.param.value');
  await refused(org.webDeployments.getWebdeploymentsConfigurations({ after: 'nonsense' }), 400, 'invalid.query.param.value');
});

test('wrong credentials, no token, and a token that was revoked', async () => {
  const { GENESYSCLOUD_OAUTHCLIENT_ID: id, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret } = org.env;
  const { response: wrong } = await refusal(org.client.loginClientCredentialsGrant(id, 'wrong'));
  assert.equal(`${wrong.status} ${wrong.data.error}`, '401 invalid_client');
  const { response: nobody } = await refusal(org.client.loginClientCredentialsGrant('nobody', secret));
  assert.equal(`${nobody.status} ${nobody.data.error}`, '400 invalid_client');

  await body(org.tokens.deleteTokensMe());
  await refused(org.organizations.getOrganizationsMe(), 401, 'bad.credentials');
  org.client.setAccessToken('');
  await refused(org.organizations.getOrganizationsMe(), 401, 'authentication.required');
  await org.client.loginClientCredentialsGrant(id, secret);
  await body(org.organizations.getOrganizationsMe());
});

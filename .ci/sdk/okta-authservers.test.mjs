import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { all, openOkta, refused, webApp } from './okta.mjs';

let org;
before(async () => { org = await openOkta(); });
after(() => org.stop());

const last = () => org.statuses.at(-1);

const accessPolicy = (name, priority, ...clients) => ({
  type: 'OAUTH_AUTHORIZATION_POLICY', status: 'ACTIVE', name, description: `${name}, made here`, priority,
  conditions: { clients: { include: clients } },
});

const accessRule = (name) => ({
  type: 'RESOURCE_ACCESS', name, status: 'ACTIVE', priority: 1,
  conditions: {
    people: { groups: { include: ['EVERYONE'] } },
    grantTypes: { include: ['authorization_code'] },
    scopes: { include: ['*'] },
  },
  actions: { token: { accessTokenLifetimeMinutes: 60, refreshTokenLifetimeMinutes: 0, refreshTokenWindowMinutes: 10080 } },
});

test('the authorization server is found by its id and by the name "default"', async () => {
  const api = org.client.authorizationServerApi;
  const servers = await all(api.listAuthorizationServers({ limit: 1 }));
  const server = servers.find((s) => s.name === 'default');
  assert.match(server.id, /^aus.{17}$/);
  assert.equal(server.issuer, `${org.url}/oauth2/default`);
  assert.deepEqual(server.audiences, ['api://default']);
  for (const authServerId of ['default', server.id]) {
    assert.equal((await api.getAuthorizationServer({ authServerId })).id, server.id);
  }
  await refused(api.getAuthorizationServer({ authServerId: 'nobody' }), 404, 'E0000007');
});

test('a policy and its rule from creation to deletion', async () => {
  const { authorizationServerApi: api, applicationApi } = org.client;
  const at = { authServerId: 'default' };
  const app = await applicationApi.createApplication({ application: webApp('Messenger') });

  const made = await api.createAuthorizationServerPolicy({ ...at, policy: accessPolicy('Messenger', 1, app.id) });
  assert.equal(last(), 201);
  assert.match(made.id, /^00p.{17}$/);
  assert.deepEqual(made.conditions.clients.include, [app.id]);
  await api.createAuthorizationServerPolicy({ ...at, policy: accessPolicy('First of all', 1, 'ALL_CLIENTS') });
  const listed = await all(api.listAuthorizationServerPolicies(at));
  assert.deepEqual(listed.map((p) => `${p.priority} ${p.name}`).slice(0, 2), ['1 First of all', '2 Messenger']);

  const policyId = made.id;
  const rule = await api.createAuthorizationServerPolicyRule({ ...at, policyId, policyRule: accessRule('Sign-in') });
  assert.equal(last(), 201);
  assert.match(rule.id, /^0pr.{17}$/);
  assert.deepEqual(rule.conditions.grantTypes.include, ['authorization_code']);
  assert.equal(rule.actions.token.accessTokenLifetimeMinutes, 60);

  const ruleId = rule.id;
  const read = await api.getAuthorizationServerPolicyRule({ ...at, policyId, ruleId });
  read.conditions.grantTypes.include.push('refresh_token');
  const replaced = await api.replaceAuthorizationServerPolicyRule({ ...at, policyId, ruleId, policyRule: read });
  assert.equal(last(), 200);
  assert.deepEqual(replaced.conditions.grantTypes.include, ['authorization_code', 'refresh_token']);
  assert.deepEqual((await all(api.listAuthorizationServerPolicyRules({ ...at, policyId }))).map((r) => r.id), [ruleId]);

  await api.deactivateAuthorizationServerPolicy({ ...at, policyId });
  assert.equal(last(), 204);
  assert.equal((await api.getAuthorizationServerPolicy({ ...at, policyId })).status, 'INACTIVE');

  await api.deleteAuthorizationServerPolicyRule({ ...at, policyId, ruleId });
  assert.equal(last(), 204);
  await refused(api.getAuthorizationServerPolicyRule({ ...at, policyId, ruleId }), 404, 'E0000007');

  await api.deleteAuthorizationServerPolicy({ ...at, policyId });
  assert.equal(last(), 204);
  await refused(api.getAuthorizationServerPolicy({ ...at, policyId }), 404, 'E0000007');
});

test('policies and rules that Okta refuses', async () => {
  const api = org.client.authorizationServerApi;
  const at = { authServerId: 'default' };
  const nameless = accessPolicy('x', 1, 'ALL_CLIENTS');
  delete nameless.name;
  await refused(api.createAuthorizationServerPolicy({ ...at, policy: nameless }), 400, 'E0000001', 'name: The field cannot be left blank');
  const { id: policyId } = await api.createAuthorizationServerPolicy({ ...at, policy: accessPolicy('Short', 9, 'ALL_CLIENTS') });
  const hasty = accessRule('Hasty');
  hasty.actions.token.accessTokenLifetimeMinutes = 1;
  await refused(api.createAuthorizationServerPolicyRule({ ...at, policyId, policyRule: hasty }), 400, 'E0000001');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all, openOkta, refused, webApp } from './okta.mjs';

// inOrg runs a test in an org of its own that these flags shape.
const inOrg = (name, flags, check) => test(name, async () => {
  const org = await openOkta({ flags });
  try {
    await check(org);
  } finally {
    await org.stop();
  }
});

inOrg('an Integrator org has a server "default" without a policy', ['--okta-profile', 'integrator'], async ({ client }) => {
  assert.deepEqual(await all(client.authorizationServerApi.listAuthorizationServerPolicies({ authServerId: 'default' })), []);
});

inOrg('a production org has one with a policy and a rule', ['--okta-profile', 'workforce'], async ({ client }) => {
  const at = { authServerId: 'default' };
  const [policy, ...more] = await all(client.authorizationServerApi.listAuthorizationServerPolicies(at));
  assert.deepEqual(more, []);
  assert.deepEqual(policy.conditions.clients.include, ['ALL_CLIENTS']);
  const [rule] = await all(client.authorizationServerApi.listAuthorizationServerPolicyRules({ ...at, policyId: policy.id }));
  assert.ok(rule.conditions.grantTypes.include.includes('authorization_code'));
});

inOrg('an org without API Access Management has no such server', ['--okta-profile', 'no-api-am'], async ({ client }) => {
  await refused(all(client.authorizationServerApi.listAuthorizationServers()), 401, 'E0000015',
    'You do not have permission to access the feature you are requesting');
  assert.equal((await client.applicationApi.createApplication({ application: webApp('Messenger') })).status, 'ACTIVE');
});

inOrg('an org with a domain of its own lists it', ['--okta-profile', 'custom-domain'], async ({ client }) => {
  const { domains } = await client.customDomainApi.listCustomDomains();
  assert.deepEqual(domains.map((d) => d.validationStatus), ['VERIFIED']);
});

inOrg('an admin who may only look', ['--okta-read-only'], async ({ client }) => {
  const me = await client.userApi.getUser({ userId: 'me' });
  const roles = await all(client.roleAssignmentApi.listAssignedRolesForUser({ userId: me.id }));
  assert.deepEqual(roles.map((r) => r.type), ['READ_ONLY_ADMIN']);
  assert.ok((await all(client.groupApi.listGroups())).length > 0);
  await refused(client.applicationApi.createApplication({ application: webApp('Messenger') }), 403, 'E0000006',
    'You do not have permission to perform the requested action');
});

inOrg('an org with 3,000 groups is read page by page', ['--okta-groups', '3000'], async ({ client, statuses }) => {
  const groups = await all(client.groupApi.listGroups({ limit: 1000 }));
  assert.ok(groups.length > 3000 && groups.length < 3050, `${groups.length} groups`);
  assert.equal(new Set(groups.map((g) => g.id)).size, groups.length);
  assert.deepEqual(statuses, [200, 200, 200, 200]);
});

inOrg('an org whose reads lag behind', ['--lag', '1h'], async ({ client: { applicationApi: api } }) => {
  const { id } = await api.createApplication({ application: webApp('Messenger') });
  await refused(api.getApplication({ appId: id }), 404, 'E0000007');
  assert.deepEqual(await all(api.listApplications({ q: 'Messenger' })), []);
  await api.deactivateApplication({ appId: id });
});

inOrg('an org whose writes lag behind, too', ['--lag', '1h', '--lag-writes'], async ({ client: { applicationApi: api } }) => {
  const { id } = await api.createApplication({ application: webApp('Messenger') });
  await refused(api.deactivateApplication({ appId: id }), 404, 'E0000007');
});

test('what other clients of Okta ask for', async () => {
  const org = await openOkta();
  try {
    const { client } = org;
    const people = await all(client.userApi.listUsers());
    assert.deepEqual(people.map((u) => u.profile.login), ['ada@acme.test', 'alice@acme.test']);
    const app = await client.applicationApi.createApplication({ application: webApp('Messenger') });
    const policies = await all(client.policyApi.listPolicies({ type: 'ACCESS_POLICY' }));
    assert.deepEqual(policies.map((p) => p.name), ['Any two factors', 'Password only']);
    await client.applicationApi.assignApplicationPolicy({ appId: app.id, policyId: policies[1].id });
    assert.equal(org.statuses.at(-1), 204);
    assert.deepEqual(await all(client.applicationApi.listScopeConsentGrants({ appId: app.id })), []);
  } finally {
    await org.stop();
  }
});

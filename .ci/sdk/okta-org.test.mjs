import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { all, openOkta, refused } from './okta.mjs';

let org;
before(async () => { org = await openOkta(); });
after(() => org.stop());

test('who the token belongs to, and what the org is', async () => {
  const { userApi, roleAssignmentApi, orgSettingApi, customDomainApi } = org.client;
  const me = await userApi.getUser({ userId: 'me' });
  assert.match(me.id, /^00u.{17}$/);
  assert.equal(me.status, 'ACTIVE');
  assert.equal(me.profile.login, me.profile.email);
  assert.deepEqual((await all(roleAssignmentApi.listAssignedRolesForUser({ userId: me.id }))).map((r) => r.type), ['SUPER_ADMIN']);
  await refused(userApi.getUser({ userId: '00unobody' }), 404, 'E0000007', 'Not found: Resource not found: 00unobody (User)');

  const settings = await orgSettingApi.getOrgSettings();
  assert.match(settings.id, /^00o.{17}$/);
  assert.equal(settings.companyName, 'Acme');
  const known = await orgSettingApi.getWellknownOrgMetadata();
  assert.equal(known.id, settings.id);
  assert.equal(known.pipeline, 'idx');
  assert.deepEqual((await customDomainApi.listCustomDomains()).domains, []);
});

test('a wrong token, and one that was revoked', async () => {
  const stranger = await openOkta({ token: '00wrong' });
  try {
    await refused(stranger.client.userApi.getUser({ userId: 'me' }), 401, 'E0000011', 'Invalid token provided');
  } finally {
    await stranger.stop();
  }
  await org.client.apiTokenApi.revokeCurrentApiToken();
  assert.equal(org.statuses.at(-1), 204);
  await refused(org.client.userApi.getUser({ userId: 'me' }), 401, 'E0000011', 'Invalid token provided');
});

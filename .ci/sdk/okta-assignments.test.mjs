import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { all, openOkta, pagesOf, refused, webApp } from './okta.mjs';

let org;
before(async () => { org = await openOkta(); });
after(() => org.stop());

const last = () => org.statuses.at(-1);
const names = (groups) => groups.map((g) => g.profile.name);

test('groups are listed over several pages, searched and read', async () => {
  const api = org.client.groupApi;
  const groups = await pagesOf(org, 2, (o) => api.listGroups(o));
  assert.deepEqual(names(groups).slice(0, 4), ['Everyone', 'Okta Administrators', 'Web customers', 'Web partners']);
  assert.deepEqual(names(await all(api.listGroups({ q: 'every' }))), ['Everyone', 'Everyone in sales']);
  assert.deepEqual(names(await all(api.listGroups({ filter: 'type eq "BUILT_IN"' }))), ['Everyone', 'Okta Administrators']);
  assert.deepEqual(names(await all(api.listGroups({ search: 'profile.name sw "Web"' }))), ['Web customers', 'Web partners']);
  const read = await api.getGroup({ groupId: groups[2].id });
  assert.equal(last(), 200);
  assert.equal(read.type, 'OKTA_GROUP');
  await refused(api.getGroup({ groupId: '00gnobody' }), 404, 'E0000007', 'Not found: Resource not found: 00gnobody (UserGroup)');
});

test('groups and people are assigned to an app integration', async () => {
  const { applicationApi: api, groupApi, userApi } = org.client;
  const [customers, partners] = await all(groupApi.listGroups({ search: 'profile.name sw "Web"' }));
  const { id: appId } = await api.createApplication({ application: webApp('Messenger') });

  const first = await api.assignGroupToApplication({ appId, groupId: customers.id, applicationGroupAssignment: {} });
  assert.equal(last(), 200);
  assert.equal(first.id, customers.id);
  assert.equal(first.priority, 0);
  await api.assignGroupToApplication({ appId, groupId: customers.id });
  await api.assignGroupToApplication({ appId, groupId: partners.id, applicationGroupAssignment: { profile: {} } });
  assert.deepEqual((await all(api.listApplicationGroupAssignments({ appId }))).map((x) => x.id), [customers.id, partners.id]);
  assert.equal((await api.getApplicationGroupAssignment({ appId, groupId: partners.id })).priority, 1);
  await refused(all(api.listApplicationGroupAssignments({ appId, limit: 5 })), 400, 'E0000001');

  await api.unassignApplicationFromGroup({ appId, groupId: customers.id });
  assert.equal(last(), 204);
  await refused(api.getApplicationGroupAssignment({ appId, groupId: customers.id }), 404, 'E0000007');
  assert.deepEqual((await all(api.listApplicationGroupAssignments({ appId }))).map((x) => x.id), [partners.id]);

  const me = await userApi.getUser({ userId: 'me' });
  const assigned = await api.assignUserToApplication({ appId, appUser: { id: me.id, scope: 'USER' } });
  assert.equal(last(), 200);
  assert.equal(assigned.credentials.userName, me.profile.login);
  assert.deepEqual((await all(api.listApplicationUsers({ appId }))).map((x) => x.id), [me.id]);
  assert.equal((await api.getApplicationUser({ appId, userId: me.id })).scope, 'USER');
  await api.unassignUserFromApplication({ appId, userId: me.id });
  assert.equal(last(), 204);
  await refused(api.getApplicationUser({ appId, userId: me.id }), 404, 'E0000007');
});

test('an app integration that lets everybody in takes no groups', async () => {
  const { applicationApi: api, groupApi } = org.client;
  const open = webApp('Open to all');
  open.settings.implicitAssignment = true;
  const { id: appId } = await api.createApplication({ application: open, activate: false });
  assert.equal((await api.getApplication({ appId })).status, 'INACTIVE');
  const [everyone] = await all(groupApi.listGroups({ q: 'Everyone' }));
  await refused(api.assignGroupToApplication({ appId, groupId: everyone.id, applicationGroupAssignment: {} }), 400, 'E0000001',
    'It is not possible to assign groups to an AppInstance that has Federation Broker Mode enabled');
});

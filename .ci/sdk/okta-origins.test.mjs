import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { all, openOkta, pagesOf, refused } from './okta.mjs';

let org;
before(async () => { org = await openOkta(); });
after(() => org.stop());

const last = () => org.statuses.at(-1);
const page = (n) => ({ name: `Page ${n}`, origin: `https://www${n}.example.com`, scopes: [{ type: 'CORS' }, { type: 'REDIRECT' }] });

test('a trusted origin from creation to deletion', async () => {
  const api = org.client.trustedOriginApi;
  const made = await api.createTrustedOrigin({ trustedOrigin: { ...page(1), scopes: [{ type: 'CORS' }] } });
  assert.equal(last(), 200);
  assert.match(made.id, /^tos.{17}$/);
  assert.equal(made.status, 'ACTIVE');

  await refused(api.createTrustedOrigin({ trustedOrigin: { ...page(2), origin: page(1).origin } }), 400, 'E0000001');
  await refused(api.createTrustedOrigin({ trustedOrigin: { ...page(2), origin: 'www.example.com/path' } }), 400, 'E0000001',
    'origin: Origin value is not valid');

  const read = await api.getTrustedOrigin({ trustedOriginId: made.id });
  assert.deepEqual(read.scopes.map((s) => s.type), ['CORS']);
  read.scopes = page(1).scopes;
  await api.replaceTrustedOrigin({ trustedOriginId: made.id, trustedOrigin: read });
  assert.equal(last(), 200);
  const replaced = await api.getTrustedOrigin({ trustedOriginId: made.id });
  assert.deepEqual(replaced.scopes.map((s) => s.type), ['CORS', 'REDIRECT']);

  assert.equal((await api.deactivateTrustedOrigin({ trustedOriginId: made.id })).status, 'INACTIVE');
  assert.equal((await api.activateTrustedOrigin({ trustedOriginId: made.id })).status, 'ACTIVE');
  await api.deleteTrustedOrigin({ trustedOriginId: made.id });
  assert.equal(last(), 204);
  await refused(api.getTrustedOrigin({ trustedOriginId: made.id }), 404, 'E0000007');
});

test('trusted origins are listed over several pages and filtered', async () => {
  const api = org.client.trustedOriginApi;
  for (const n of [1, 2, 3, 4, 5]) await api.createTrustedOrigin({ trustedOrigin: page(n) });
  const origins = await pagesOf(org, 2, (o) => api.listTrustedOrigins(o));
  assert.deepEqual(origins.map((o) => o.name), ['Page 1', 'Page 2', 'Page 3', 'Page 4', 'Page 5']);
  const found = await all(api.listTrustedOrigins({ filter: 'origin eq "https://www3.example.com"' }));
  assert.deepEqual(found.map((o) => o.name), ['Page 3']);
});

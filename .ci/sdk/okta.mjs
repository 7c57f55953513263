// Okta's SDK against the simulated org. Its client takes an http URL as it is; nothing of it is replaced.
import assert from 'node:assert/strict';
import okta from '@okta/okta-sdk-nodejs';
import { refusal, startSimulator } from './harness.mjs';

// openOkta starts an org and a client of it. `statuses` has the status of every answer, oldest first: the
// SDK's methods return bodies only, its request executor tells of responses by an event.
export async function openOkta({ flags = [], token } = {}) {
  const simulator = await startSimulator(...flags);
  const statuses = [];
  const requestExecutor = new okta.DefaultRequestExecutor({ maxRetries: 0 });
  requestExecutor.on('response', (response) => statuses.push(response.status));
  const client = new okta.Client({
    orgUrl: simulator.env.OKTA_CLIENT_ORGURL,
    token: token ?? simulator.env.OKTA_CLIENT_TOKEN,
    requestExecutor,
    cacheMiddleware: null, // every read is a call
  });
  return { client, statuses, url: simulator.env.OKTA_CLIENT_ORGURL, stop: simulator.stop };
}

// all reads a collection to its end, page by page.
export async function all(listing) {
  const items = [];
  await (await listing).each((item) => { items.push(item); });
  return items;
}

// pagesOf reads a listing in pages of this many and again at once: the same items come, in the same order, by as
// many calls as there are pages.
export async function pagesOf(org, limit, list) {
  const whole = await all(list({ limit: 200 }));
  const before = org.statuses.length;
  const paged = await all(list({ limit }));
  assert.deepEqual(paged.map((x) => x.id), whole.map((x) => x.id));
  assert.equal(org.statuses.length - before, Math.ceil(whole.length / limit));
  assert.ok(whole.length > 2 * limit, 'three pages at least');
  return whole;
}

// refused checks status, code and, when given, the first cause or else the summary.
export async function refused(call, status, code, text) {
  const err = await refusal(call);
  assert.equal(`${err.status} ${err.errorCode}`, `${status} ${code}`, err.message);
  if (text) assert.equal(err.errorCauses[0]?.errorSummary ?? err.errorSummary, text);
}

// withoutNulls drops null members, as must be done before an object that was read is sent back: Okta's
// definition has nulls in answers and none in requests, and the SDK would send them.
export function withoutNulls(read) {
  for (const [name, value] of Object.entries(read)) {
    if (value === null) delete read[name];
    else if (typeof value === 'object') withoutNulls(value);
  }
  return read;
}

// webApp is an app integration like the one that the product makes.
export function webApp(label) {
  return {
    name: 'oidc_client',
    label,
    signOnMode: 'OPENID_CONNECT',
    credentials: {
      oauthClient: { autoKeyRotation: true, pkce_required: false, token_endpoint_auth_method: 'client_secret_basic' },
    },
    settings: {
      oauthClient: {
        application_type: 'web',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: ['https://www.example.com/support'],
        post_logout_redirect_uris: ['https://www.example.com/'],
      },
    },
  };
}

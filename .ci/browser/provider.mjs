// An OpenID provider that is not ours (npm oidc-provider) in place of the authorize and token side of the
// simulated Okta org: the server "default" is the provider's, all else goes on to the simulator.
//
//   browser, wizard, Genesys Cloud ──> front ┬─ /oauth2/default/** ──> oidc-provider
//                                            └─ everything else ────> simulated Okta org
import http from 'node:http';
import Provider, { interactionPolicy } from 'oidc-provider';

const mount = '/oauth2/default';
const people = {
  alice: { name: 'Alice Visitor', given_name: 'Alice', family_name: 'Visitor', preferred_username: 'alice@acme.test', email: 'alice@acme.test', email_verified: true },
};

// startProvider listens on a free loopback port. The provider knows the clients that the org has as app
// integrations, with the secrets and redirect URIs that they have when they first come.
export async function startProvider(okta, token) {
  const front = http.createServer();
  await new Promise((resolve) => front.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${front.address().port}`;
  const provider = makeProvider(url + mount, (id) => clientOf(okta, token, id)).callback();
  front.on('request', (req, res) => {
    if (!req.url.startsWith(mount + '/')) return passOn(okta, req, res);
    req.originalUrl = req.url;
    req.url = req.url.slice(mount.length);
    provider(req, res);
  });
  return { url, close: () => new Promise((resolve) => { front.close(resolve); front.closeAllConnections(); }) };
}

function makeProvider(issuer, findClient) {
  const policy = interactionPolicy.base();
  // Okta's web apps are not asked again for what was granted; the provider asks native ones each time.
  policy.get('consent').checks.remove('native_client_prompt');
  const provider = new Provider(issuer, {
    adapter: store(findClient),
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'given_name', 'family_name', 'preferred_username'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['of-this-test-only'] },
    features: { revocation: { enabled: true } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    interactions: { policy },
    pkce: { required: () => false },
    routes: { authorization: '/v1/authorize', token: '/v1/token', jwks: '/v1/keys', userinfo: '/v1/userinfo', revocation: '/v1/revoke', end_session: '/v1/logout' },
    scopes: ['openid', 'email', 'profile', 'offline_access'],
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid email profile offline_access');
      await grant.save();
      return grant;
    },
  });
  provider.on('server_error', (_, err) => console.error(err));
  return provider;
}

// clientOf reads a client once: the org allows a few reads of apps a minute.
const clients = new Map();
async function clientOf(okta, token, id) {
  if (!clients.has(id)) clients.set(id, await readClient(okta, token, id));
  return clients.get(id);
}

async function readClient(okta, token, id) {
  const read = async (path) => {
    const answer = await fetch(okta + path, { headers: { authorization: `SSWS ${token}`, accept: 'application/json' } });
    return answer.ok ? answer.json() : undefined;
  };
  const app = await read(`/api/v1/apps/${encodeURIComponent(id)}`);
  if (!app) return undefined;
  const secrets = await read(`/api/v1/apps/${encodeURIComponent(id)}/credentials/secrets`);
  const settings = app.settings.oauthClient;
  return {
    client_id: id,
    client_secret: secrets.find((s) => s.status === 'ACTIVE').client_secret,
    // The provider lets http://localhost redirects in for this type only.
    application_type: 'native',
    grant_types: settings.grant_types,
    response_types: settings.response_types,
    redirect_uris: settings.redirect_uris,
    post_logout_redirect_uris: settings.post_logout_redirect_uris ?? [],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

// store is the provider's memory; what it asks about clients is answered by the org.
function store(findClient) {
  const kept = new Map();
  return class {
    constructor(kind) { this.kind = kind; }
    key(id) { return `${this.kind}:${id}`; }
    async upsert(id, payload) { kept.set(this.key(id), { ...payload }); }
    async find(id) { return this.kind === 'Client' ? findClient(id) : kept.get(this.key(id)); }
    async findByUid(uid) { return [...kept].find(([k, v]) => k.startsWith(`${this.kind}:`) && v.uid === uid)?.[1]; }
    async findByUserCode() { return undefined; }
    async consume(id) { kept.get(this.key(id)).consumed = Math.floor(Date.now() / 1000); }
    async destroy(id) { kept.delete(this.key(id)); }
    async revokeByGrantId(grantId) {
      for (const [k, v] of kept) if (v.grantId === grantId) kept.delete(k);
    }
  };
}

// passOn hands a request to the org as it came: it writes addresses as the caller knows it, from the Host header.
function passOn(okta, req, res) {
  const { hostname, port } = new URL(okta);
  const on = http.request({ hostname, port, path: req.url, method: req.method, headers: req.headers }, (answer) => {
    res.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(res);
  });
  on.on('error', () => res.destroy());
  req.pipe(on);
}

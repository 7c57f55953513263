// Genesys Cloud's SDK against the simulated organization. Its "gateway" setting, made for proxies that stand
// in front of the service, is the way to a plain http address; nothing of the SDK is replaced.
import assert from 'node:assert/strict';
import platform from 'purecloud-platform-client-v2';
import { refusal, startSimulator } from './harness.mjs';

// openGenesys starts an organization and signs the SDK in with client credentials. The SDK has one client a
// process, and node gives each test file a process of its own. Every call returns {status, headers, body}.
export async function openGenesys({ flags = [] } = {}) {
  const simulator = await startSimulator(...flags);
  const { env } = simulator;
  const client = platform.ApiClient.instance;
  const { hostname, port } = new URL(env.GENESYSCLOUD_REGION);
  client.config.setGateway({ protocol: 'http', host: hostname, port: Number(port) });
  client.setReturnExtendedResponses(true);
  await client.loginClientCredentialsGrant(env.GENESYSCLOUD_OAUTHCLIENT_ID, env.GENESYSCLOUD_OAUTHCLIENT_SECRET);
  return {
    client, env,
    integrations: new platform.IntegrationsApi(),
    webDeployments: new platform.WebDeploymentsApi(),
    architect: new platform.ArchitectApi(),
    organizations: new platform.OrganizationApi(),
    tokens: new platform.TokensApi(),
    users: new platform.UsersApi(),
    authorization: new platform.AuthorizationApi(),
    stop: simulator.stop,
  };
}

// body checks the status of an answer and returns what it carries.
export async function body(call, status = 200) {
  const answer = await call;
  assert.equal(answer.status, status);
  return answer.body;
}

// pages reads a list by pageNumber to its end, and checks what the pages say of themselves.
export async function pages(list, opts) {
  const entities = [];
  for (let pageNumber = 1; ; pageNumber++) {
    const page = await body(list({ ...opts, pageNumber }));
    assert.equal(page.pageNumber, pageNumber);
    assert.equal(page.pageSize, opts.pageSize);
    assert.equal(page.pageCount, Math.ceil(page.total / opts.pageSize));
    entities.push(...page.entities);
    if (!page.nextUri) {
      assert.equal(entities.length, page.total);
      return entities;
    }
    assert.ok(page.entities.length === opts.pageSize && pageNumber < page.pageCount);
  }
}

// cursors reads a list by the cursors of nextUri, the paging of web deployments, and back again by those of
// previousUri; it returns its pages.
export async function cursors(list, opts) {
  const all = [];
  let page = await body(list(opts));
  for (; page.nextUri; page = await body(list({ ...opts, after: cursor(page.nextUri, 'after') }))) all.push(page.entities);
  all.push(page.entities);
  for (let n = all.length - 2; n >= 0; n--) {
    page = await body(list({ ...opts, before: cursor(page.previousUri, 'before') }));
    assert.deepEqual(page.entities, all[n]);
  }
  assert.equal(page.previousUri, undefined);
  return all;
}

function cursor(uri, name) {
  const value = new URL(uri, 'http://127.0.0.1').searchParams.get(name);
  assert.ok(value, `${uri} has no ${name}`);
  return value;
}

// refused checks status and code of an error answer, and the form that all of them have.
export async function refused(call, status, code, message) {
  const err = await refusal(call);
  assert.equal(`${err.status} ${err.body?.code}`, `${status} ${code}`, JSON.stringify(err.body));
  assert.equal(err.body.status, status);
  assert.equal(err.body.contextId, err.headers['inin-correlation-id']);
  if (message) assert.equal(err.body.message, message);
}

// messengerType finds the type of integration by its name: its id is not documented.
export async function messengerType(org) {
  const types = await pages((o) => org.integrations.getIntegrationsTypes(o), { pageSize: 20 });
  const found = types.filter((t) => /^openid connect messenger configuration$/i.test(t.name) && !t.nonInstallable);
  assert.equal(found.length, 1);
  return found[0];
}

// messengerSettings is a Messenger configuration as an admin makes one.
export const messengerSettings = (name) => ({
  name,
  languages: ['en-us', 'de'],
  defaultLanguage: 'en-us',
  messenger: {
    enabled: true,
    styles: { primaryColor: '#0165A7' },
    launcherButton: { visibility: 'On' },
    homeScreen: { enabled: true },
    apps: { conversations: { enabled: true } },
  },
  position: { alignment: 'Auto', sideSpace: 20, bottomSpace: 12 },
});

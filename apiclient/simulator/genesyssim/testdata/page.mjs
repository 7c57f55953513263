// A web page of nothing but what the stand-in touches.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

export const standIn = readFileSync(new URL('../messenger.js', import.meta.url), 'utf8');
export const deploymentId = 'd-1';

/** A JWT that ends in so many seconds; nobody checks its signature here. */
export function jwt(seconds, claims = { sub: '00u1', name: 'Alice Çelik', email: 'alice@acme.test' }) {
  const part = (v) => Buffer.from(JSON.stringify(v)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part({ ...claims, exp: Math.floor(Date.now() / 1000) + seconds })}.x`;
}

/** What a server answers: the files of the CDN, and whatever the test adds. */
export const live = (auth, more = {}) => ({
  'domains.json': { allowAllDomains: false, allowedDomains: ['LocalHost'] },
  'config.json': { status: 'Active', auth: { enabled: true, allowSessionUpgrade: false, ...auth } },
  ...more,
});

/** Opens a page. What the page does with Genesys before the script is there is run by queue. */
export function open({ routes, queue = () => {}, host = 'localhost', stored = {}, base = 'http://127.0.0.1:1', id = deploymentId }) {
  const page = { calls: [], events: [], timers: [], stored: new Map(Object.entries(stored)), elements: {} };
  const waiting = [];
  const changed = () => waiting.forEach((look) => look());

  const element = () => {
    const made = {
      style: {}, children: [], listeners: {}, setAttribute() {},
      appendChild(child) { page.elements[child.id] = child; return child; },
      addEventListener(event, f) { made.listeners[event] = f; },
      dataset: new Proxy({}, { set(o, key, value) { o[key] = value; queueMicrotask(changed); return true; } }),
    };
    return made;
  };
  const entry = (...args) => entry.q.push(args);
  Object.assign(entry, { q: [], t: 1, c: { environment: 'simulator', deploymentId: id } });
  const window = { _genesysJs: 'Genesys', Genesys: entry };
  page.genesys = (...args) => window.Genesys(...args);

  const fetch = routes ? async (url, { method, headers, body }) => {
    const path = new URL(url).pathname.split('/').pop();
    page.calls.push({ path, method, jwt: headers.Authorization, body: body && JSON.parse(body) });
    const said = routes[path];
    const { http: status = 200, ...answer } = typeof said === 'function' ? said(page.calls.at(-1)) : said;
    return { ok: status < 300, status, json: async () => { if (status === 204) throw new Error('empty'); return answer; } };
  } : globalThis.fetch;

  for (const event of ['ready', 'authenticating', 'authenticated', 'loggedOut', 'authError', 'tokenError', 'authProviderError',
    'logoutError', 'signInAvailable', 'signingIn', 'signedIn', 'signInFailed']) {
    page.genesys('subscribe', `Auth.${event}`, (e) => page.events.push([event, e.data]));
  }
  queue(page);
  vm.runInNewContext(standIn, {
    window, fetch, URL, atob, TextDecoder,
    document: { currentScript: { src: `${base}/genesys-bootstrap/genesys.min.js` }, body: element(), createElement: element },
    location: { hostname: host },
    localStorage: {
      getItem: (key) => page.stored.get(key) ?? null,
      setItem: (key, value) => page.stored.set(key, value),
      removeItem: (key) => page.stored.delete(key),
    },
    setTimeout: (f, after) => page.timers.push({ f, after }),
    clearTimeout() {},
    console: { error() {} },
  });
  page.box = page.elements['genesys-stand-in'];
  page.text = () => page.elements['genesys-stand-in-text'].textContent;
  page.button = page.elements['genesys-stand-in-sign-in'];
  page.names = () => page.events.map(([event]) => event);
  page.times = (path) => page.calls.filter((c) => c.path === path).length;
  /** Waits for a state of the box. */
  page.reaches = (state) => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${state} was not reached: ${page.box.dataset.state}: ${page.text()}`)), 5000);
    const look = () => page.box.dataset.state === state && (clearTimeout(late), resolve());
    waiting.push(look);
    look();
  });
  return page;
}

/** The page's plugin: what it hands over, in turn, and with which requests it was asked. */
export function provider(asked, hand, more = {}) {
  return (page) => page.genesys('registerPlugin', 'AuthProvider', (plugin) => {
    page.plugin = plugin;
    plugin.registerCommand('getAuthCode', (e) => { asked.push(e.data); hand(e); });
    for (const [name, f] of Object.entries(more)) plugin.registerCommand(name, f);
    plugin.ready();
  });
}

/*
 * The simulator's stand-in for Messenger's own script. Nothing in here is Genesys' code: it does what is documented of
 * the snippet's queue, of plugins and of the plugin "Auth", so that a page with an AuthProvider can be tried.
 *
 * A box in the lower right corner says what is going on. For tests:
 *   #genesys-stand-in                data-state    loading | blocked | waiting | anonymous | authenticating |
 *                                                  authenticated | signed-out | error
 *                                    data-name, data-email, data-subject   who is signed in
 *                                    data-code, data-request               of an error: its code and request id
 *   #genesys-stand-in-text           the sentence in it
 *   #genesys-stand-in-sign-in        the button of step-up, hidden unless signing in is on offer
 */
(function () {
  'use strict';

  const name = window._genesysJs || 'Genesys';
  const snippet = window[name];
  if (!snippet || !snippet.c) {
    console.error('Messenger (simulated): this script is started by the snippet, which is not on the page.');
    return;
  }
  const { deploymentId } = snippet.c;
  const base = new URL(document.currentScript.src).origin; // not by the environment: the simulator is no region
  const tokenPath = '/api/v2/webdeployments/token/';
  const spent = new Set(); // the codes that were exchanged: a step-up may hand one over twice
  let timer;

  // --- Commands and events
  const handlers = new Map();
  const past = new Map(); // "ready" events, for those who subscribe too late
  const commands = new Map();

  function subscribe(event, handler) {
    handlers.set(event, [...(handlers.get(event) || []), handler]);
    if (past.has(event)) handler(past.get(event));
  }

  function publish(event, data) {
    const message = { event, data };
    if (event.endsWith('.ready')) past.set(event, message);
    for (const handler of handlers.get(event) || []) {
      try {
        handler(message);
      } catch (error) {
        console.error(error); // a page's mistake is not to stop the others
      }
    }
  }

  function command(what, data) {
    return new Promise((resolve, reject) => {
      if (!commands.has(what)) throw new Error(`There is no command ${what}.`);
      commands.get(what)({ data: data || {}, resolve, reject });
    });
  }

  function plugin(owner) {
    return {
      registerCommand: (what, handler) => commands.set(`${owner}.${what}`, handler),
      publish: (event, data) => publish(`${owner}.${event}`, data),
      ready: () => publish(`${owner}.ready`),
      command,
      subscribe,
    };
  }

  // --- The box
  /** What an object tells: its members that are not empty. */
  const told = (facts) => Object.fromEntries(Object.entries(facts).filter(([, value]) => value));

  function element(parent, kind, id, style) {
    const made = document.createElement(kind);
    made.id = id;
    Object.assign(made.style, style); // by the object model, which a page's CSP leaves alone
    return parent.appendChild(made);
  }

  const box = element(document.body || document.documentElement, 'div', 'genesys-stand-in', {
    position: 'fixed', right: '16px', bottom: '16px', zIndex: '2147483647', maxWidth: 'min(22rem, calc(100vw - 64px))',
    padding: '12px 16px', borderRadius: '12px', background: '#10304a', color: '#fff',
    font: '14px/1.4 system-ui, sans-serif', overflowWrap: 'anywhere', boxShadow: '0 4px 16px rgba(0, 0, 0, .3)',
  });
  box.setAttribute('role', 'status');
  element(box, 'strong', 'genesys-stand-in-title', { display: 'block' }).textContent = 'Messenger (simulated)';
  const text = element(box, 'span', 'genesys-stand-in-text', {});
  const button = element(box, 'button', 'genesys-stand-in-sign-in', { marginLeft: '8px' });
  button.type = 'button';
  button.textContent = 'Sign in';
  button.hidden = true;
  button.addEventListener('click', stepUp);

  function show(state, sentence, facts) {
    for (const fact of Object.keys(box.dataset)) delete box.dataset[fact];
    Object.assign(box.dataset, { state }, told(facts || {}));
    text.textContent = sentence;
    button.hidden = true;
  }

  function fail(event, error) {
    const { message = String(error || 'no reason was given'), code, request } = error || {};
    console.error(`Messenger (simulated): ${event}: ${message}`, code || '', request || '');
    show('error', ['not signed in: ' + message, code, request && 'request ' + request].filter(Boolean).join(' · '), { code, request });
    publish(event, error);
  }

  // --- What Genesys Cloud is asked
  async function ask(method, path, { body, jwt } = {}) {
    const headers = told({ 'Content-Type': body && 'application/json', Authorization: jwt && `Bearer ${jwt}` });
    const answer = await fetch(base + path, { method, headers, body: body && JSON.stringify(body) });
    const said = await answer.json().catch(() => ({})); // some answers have no body
    if (!answer.ok) {
      throw Object.assign(new Error(said.message || `Genesys Cloud answers with ${answer.status}.`), {
        status: answer.status, code: said.code, request: said.contextId,
      });
    }
    return said;
  }

  const publicFile = (file) => ask('GET', `/webdeployments/v1/deployments/${encodeURIComponent(deploymentId)}/${file}`);

  // --- The visitor's tokens
  const jwtKey = `_${deploymentId}:gcatkn`;
  const refreshKey = `_${deploymentId}:gcartkn`;

  function kept(key) {
    try {
      return JSON.parse(localStorage.getItem(key)).value;
    } catch {
      return undefined; // none, or not one of ours
    }
  }

  function forget() {
    clearTimeout(timer);
    localStorage.removeItem(jwtKey);
    localStorage.removeItem(refreshKey);
  }

  function claims(jwt) {
    const bytes = atob(jwt.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0))));
  }

  const remaining = (jwt) => claims(jwt).exp * 1000 - Date.now();

  function welcome(jwt, refreshToken) {
    const { sub, name: who, email } = claims(jwt);
    localStorage.setItem(jwtKey, JSON.stringify({ value: jwt }));
    if (refreshToken) localStorage.setItem(refreshKey, JSON.stringify({ value: refreshToken }));
    clearTimeout(timer);
    timer = setTimeout(over, remaining(jwt));
    show('authenticated', ['signed in as ' + (who || sub), email].filter(Boolean).join(' · '), { name: who, email, subject: sub });
    publish('Auth.authenticated', refreshToken ? { jwt, refreshToken } : { jwt });
  }

  async function renew() {
    const refreshToken = kept(refreshKey);
    if (!refreshToken) throw new Error('There is no refresh token.');
    const { jwt } = await ask('POST', tokenPath + 'refresh', { body: { deploymentId, refreshToken } });
    welcome(jwt, refreshToken);
    return { jwt, refreshToken };
  }

  /** The JWT is over: a new one by the refresh token, else the page has to sign the visitor in again. */
  function over() {
    renew().catch((error) => {
      forget();
      fail('Auth.tokenError', error);
      return command('AuthProvider.reAuthenticate').catch((problem) => fail('Auth.authProviderError', problem));
    });
  }

  // --- Signing in and out
  async function exchange({ authCode, redirectUri, nonce, maxAge, codeVerifier, iss }) {
    spent.add(authCode);
    show('authenticating', 'signing in …');
    publish('Auth.authenticating', { authCode, redirectUri });
    const oauth = { code: authCode, redirectUri, nonce, maxAge, codeVerifier, iss };
    const { jwt, refreshToken } = await ask('POST', tokenPath + 'oauthcodegrantjwtexchange', { body: { deploymentId, oauth } });
    welcome(jwt, refreshToken);
  }

  /** A page that has no code yet resolves without one and leaves for the provider. A refused code is asked for anew, once. */
  async function askPage(forceUpdate) {
    let handed;
    try {
      if (!forceUpdate) show('waiting', 'waiting for the page to sign you in');
      handed = await command('AuthProvider.getAuthCode', { forceUpdate });
    } catch (error) {
      if (!forceUpdate) fail('Auth.authProviderError', error);
      else publish('Auth.authProviderError', error); // what was refused stays to be seen
      return;
    }
    if (!handed || !handed.authCode) return;
    try {
      await exchange(handed);
    } catch (error) {
      fail('Auth.authError', error);
      if (error.status === 401 && !forceUpdate) await askPage(true);
    }
  }

  async function stepUp() {
    button.hidden = true;
    publish('Auth.signingIn');
    try {
      await steppedUp(await command('AuthProvider.signIn'));
    } catch (error) {
      fail('Auth.signInFailed', error);
    }
  }

  async function steppedUp(handed) {
    if (!handed || !handed.authCode || spent.has(handed.authCode)) return;
    publish('Auth.signedIn', { authCode: handed.authCode });
    await exchange(handed).catch((error) => fail('Auth.authError', error));
  }

  const answer = (work) => ({ resolve, reject }) => work().then(resolve, reject);
  commands.set('Auth.getTokens', answer(async () => ({ jwt: kept(jwtKey), refreshToken: kept(refreshKey) })));
  commands.set('Auth.refreshToken', answer(renew));
  commands.set('Auth.reAuthenticate', answer(() => command('AuthProvider.reAuthenticate')));
  commands.set('Auth.logout', answer(async () => {
    const jwt = kept(jwtKey);
    forget();
    show('signed-out', 'signed out');
    try {
      if (jwt) await ask('DELETE', tokenPath + 'revoke', { jwt });
    } catch (error) {
      publish('Auth.logoutError', error);
      throw error;
    }
    publish('Auth.loggedOut');
  }));

  // --- Starting
  async function start() {
    show('loading', 'starting …');
    const host = location.hostname.toLowerCase();
    const { allowAllDomains, allowedDomains } = await publicFile('domains.json');
    const fits = (domain) => host === domain.toLowerCase() || host.endsWith('.' + domain.toLowerCase());
    if (!allowAllDomains && !allowedDomains.some(fits)) {
      console.error(`Messenger (simulated): ${host} is not an allowed domain of the deployment ${deploymentId}.`);
      show('blocked', `${host} is not an allowed domain of this deployment`);
      publish('GenesysJS.domainNotAllowed', { host });
      return;
    }
    const { status, auth } = await publicFile('config.json');
    if (status !== 'Active') {
      show('blocked', 'this deployment is not active');
      return;
    }
    publish('Messenger.ready');
    if (!auth.enabled) {
      show('anonymous', 'anonymous: authentication is off in the version that is live');
      return;
    }
    show('waiting', 'waiting for the AuthProvider plugin of the page');
    await new Promise((resolve) => subscribe('AuthProvider.ready', resolve));
    publish('Auth.ready');
    const jwt = kept(jwtKey);
    if (jwt && remaining(jwt) > 0) {
      welcome(jwt, kept(refreshKey));
    } else if (!(kept(refreshKey) && await renew().catch(forget))) {
      forget();
      await (auth.allowSessionUpgrade ? anonymous() : askPage(false));
    }
  }

  function anonymous() {
    show('anonymous', 'anonymous: you can sign in at any time');
    button.hidden = false;
    publish('Auth.signInAvailable');
  }

  const started = start().catch((error) => {
    console.error(`Messenger (simulated): ${error.message}`);
    show('blocked', error.status === 403 ? 'this deployment is not known here' : error.message, { code: error.code, request: error.request });
    publish('GenesysJS.error', error);
  });
  subscribe('AuthProvider.signedIn', ({ data }) => started.then(() => steppedUp(data)));
  subscribe('AuthProvider.signInFailed', ({ data }) => started.then(() => fail('Auth.signInFailed', data)));

  const calls = {
    registerPlugin: (owner, use) => use(plugin(owner)),
    subscribe,
    command: (what, data, resolve, reject) => command(what, data).then(resolve, reject || console.error),
  };
  const genesys = (what, ...rest) => calls[what](...rest);
  window[name] = Object.assign(genesys, { c: snippet.c, t: snippet.t });
  for (const waiting of snippet.q || []) {
    genesys(...waiting);
  }
})();

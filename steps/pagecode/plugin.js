// Signs visitors in to Genesys Cloud Messenger with Okta (code with PKCE).
// Paste it after the Messenger snippet, on every page that has the snippet. A
// Content-Security-Policy must allow it (script-src) and Okta (connect-src).
// For your own buttons there are messengerSignIn() and messengerSignOut().
(function () {
  'use strict';
  if (window.messengerSignIn) return; // pasted twice

  // The only part to change. Okta compares redirectUri letter by letter.
  const config = {
    issuer: '@issuer@',
    authorizeUrl: '@authorizeUrl@',
    clientId: '@clientId@',
    redirectUri: '@redirectUri@',
    scopes: '@scopes@',
    oktaUrl: '@oktaUrl@',
    deploymentId: '@deploymentId@',
    sendsIssuer: '@sendsIssuer@', // whether each answer must name it (RFC 9207)
    stepUp: '@stepUp@', // true: an anonymous chat may sign in later (allowSessionUpgrade)
  };

  const STARTS = 'msgsso:starts', TRY = 'msgsso:try:'; // keys in sessionStorage
  const SIGNED_OUT = 'msgsso:signed-out'; // in sessionStorage: why this tab stays; in localStorage: every tab has Okta ask
  const ANSWER = ['code', 'iss', 'error', 'error_description', 'state', 'session_state', 'error_uri'], OURS = 'msgsso-'; // how each state of ours begins
  const FRAMED = window.top === window ? '' : 'this page is in a frame, and Okta signs in whole windows only: ' + 'a click opens one.'; // and storage may be denied
  const CAME_BACK = 'the visitor came back from Okta without signing in.';
  let provider = null; // Messenger's side of this plugin, once its script is here
  let code = null, taken = false; // what Okta sent, until the visitor is signed in; whether Messenger had it
  let problem = ''; // why this page does not go to Okta by itself; a click still does
  let leaving = false, waiting = []; // whether the browser leaves for Okta, and what Messenger asked meanwhile
  let returnTo = ''; // the page on which the sign-in began, if it is another one
  const say = (level, text) => console[level]('Messenger sign-in:', text);
  const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  const random = (size) => base64url(crypto.getRandomValues(new Uint8Array(size)));
  const page = (address) => new URL(address, location.href).href.split(/[?#]/)[0];
  const answers = (query) => query.has('state') && (query.has('code') || query.has('error'));
  const scrubbed = (address, url = new URL(address)) => { // no log, no Referer and no later page may get an answer
    if (answers(url.searchParams)) ANSWER.forEach((name) => url.searchParams.delete(name));
    return url.href;
  };
  const tries = () => Object.keys(sessionStorage).filter((key) => key.startsWith(TRY));
  const within = (answer) => Promise.race([answer, new Promise((_, late) => setTimeout(late, 5000, new Error('no answer')))]);

  // Off to Okta. What must be known on the way back is kept for this tab, under the state.
  async function begin(stepUp, asked) {
    if (leaving && !asked) return; // a click begins again: perhaps the browser was stopped
    leaving = true;
    try {
      if (!window.isSecureContext) throw new Error('signing in works on ' + 'https pages and on localhost only.');
      if (FRAMED) return void (window.top.location.href = scrubbed(location.href));
      const state = OURS + random(24), nonce = random(24), verifier = random(48);
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
      const to = new URL(config.authorizeUrl);
      for (const [name, value] of Object.entries({
        client_id: config.clientId, redirect_uri: config.redirectUri, response_type: 'code', scope: config.scopes.join(' '),
        state, nonce, code_challenge: base64url(digest), code_challenge_method: 'S256',
      })) to.searchParams.set(name, value);
      sessionStorage.setItem(TRY + state, JSON.stringify({ nonce, verifier, stepUp, from: scrubbed(location.href) }));
      if (localStorage.getItem(SIGNED_OUT)) to.searchParams.set('prompt', 'login'); // Okta may still know the last visitor
      location.assign(to.href);
    } catch (error) {
      refuse('this page cannot go to Okta: ' + error.message);
      say('error', problem);
    }
  }

  function refuse(why) {
    [problem, leaving] = [why, false];
    waiting.splice(0).forEach((e) => e.reject(new Error(why)));
  }

  // Back from Okta: the code leaves the address bar at once, and every answer counts once.
  function comeBack() {
    const query = new URL(location.href).searchParams, state = query.get('state');
    if (!answers(query)) return null;
    const { nonce, verifier, stepUp, from } = JSON.parse(sessionStorage.getItem(TRY + state) || '{}');
    const same = from && page(from) === page(location.href);
    if (state.startsWith(OURS)) history.replaceState(history.state, '', same ? from : scrubbed(location.href));
    if (!from) return say('warn', 'ignored the answer to a sign-in that this tab did not begin.');
    tries().forEach((key) => sessionStorage.removeItem(key));
    const [authCode, iss, error, why] = ANSWER.map((name) => query.get(name));
    if (iss === null ? config.sendsIssuer : iss !== config.issuer) problem = 'the answer is from ' + (iss || 'a server that it does not name') + ', not from ' + config.issuer + '.';
    else if (error !== null) problem = 'Okta did not sign the visitor in: ' + (why || error);
    else code = { authCode, redirectUri: config.redirectUri, nonce, codeVerifier: verifier, ...(iss !== null && { iss }) };
    returnTo = same ? '' : from;
    return { stepUp };
  }

  // Going to Okta without a click must never become a loop: not after a failure, and three times a minute at most.
  async function go(e, asked, stepUp) {
    if (FRAMED && !asked) return e.reject(new Error(FRAMED));
    const starts = JSON.parse(sessionStorage.getItem(STARTS) || '[]').filter((at) => Date.now() - at < 60000);
    if (starts.length >= 3 && !problem) problem = 'this page went to Okta three times within a minute.';
    waiting.push(e); // open while the browser leaves: this page ends with it
    if (problem && !asked && !leaving) return refuse(problem);
    if (!asked && !leaving) sessionStorage.setItem(STARTS, JSON.stringify([...starts, Date.now()]));
    await begin(stepUp, asked);
  }

  function take() {
    [taken, problem] = [true, 'Genesys Cloud did not take the last sign-in.']; // until Auth.authenticated says otherwise
    return code;
  }

  function signedOut() {
    [code, problem] = [null, 'the visitor signed out.'];
    tries().forEach((key) => sessionStorage.removeItem(key));
    sessionStorage.setItem(SIGNED_OUT, sessionStorage.getItem(SIGNED_OUT) || problem);
    localStorage.setItem(SIGNED_OUT, '1');
  }

  // Messenger first, then Okta's own session: Okta ends it for trusted origins only, and the browser may keep it from us.
  async function signOut() {
    signedOut();
    await within(provider && provider.command('Auth.logout')).catch((error) => say('warn', 'Auth.logout: ' + error.message));
    ['gcatkn', 'gcartkn'].forEach((name) => localStorage.removeItem('_' + config.deploymentId + ':' + name)); // in any case
    try {
      const answer = await within(fetch(config.oktaUrl + '/api/v1/sessions/me', { method: 'DELETE', credentials: 'include' }));
      if (!answer.ok) throw new Error('it answers with ' + answer.status);
    } catch (error) {
      sessionStorage.setItem(SIGNED_OUT, 'the visitor signed out of Messenger, but perhaps not of Okta (' + error.message +
        '): the browser blocks third-party cookies, ' + 'this origin is not trusted by Okta, or the session had ended.');
    }
    location.replace(location.origin + location.pathname);
  }

  function register(plugin, back) {
    provider = plugin;
    provider.registerCommand('getAuthCode', (e) => {
      if (taken && e.data && e.data.forceUpdate) code = null; // another one: one that it has not had yet is as good
      return code ? e.resolve(take()) : go(e, false);
    });
    provider.registerCommand('reAuthenticate', async (e) => {
      await go(e, navigator.userActivation && navigator.userActivation.isActive);
      if (leaving) e.resolve(); // nothing to hand over: this page ends
    });
    if (config.stepUp) provider.registerCommand('signIn', (e) => {
      if (!code) return go(e, true, true);
      provider.publish('signedIn', code);
      e.resolve(take());
    });
    provider.subscribe('Auth.authenticated', () => {
      [code, problem] = [null, ''];
      [sessionStorage, localStorage].forEach((storage) => storage.removeItem(SIGNED_OUT));
      if (returnTo) location.replace(returnTo);
    });
    provider.subscribe('Auth.loggedOut', signedOut);
    for (const name of ['authError', 'authProviderError', 'tokenError', 'error', 'logoutError', 'signInFailed']) {
      provider.subscribe('Auth.' + name, (event) => {
        const text = (event && event.data && event.data.message) || (event && event.message) || 'no reason was given';
        if (taken && (name === 'authError' || name === 'signInFailed')) code = null;
        if (name === 'authError') problem = 'Genesys Cloud refused the sign-in: ' + text;
        say('error', 'Auth.' + name + ': ' + text);
      });
    }
    provider.ready();
    if (back && back.stepUp) provider.publish(code ? 'signedIn' : 'signInFailed', code ? take() : new Error(problem));
  }

  try { // a browser that keeps nothing for this site ends here
    if (typeof Genesys !== 'function') throw new Error('the Messenger snippet ' + 'must come before this script.');
    const back = FRAMED ? null : comeBack(), [visit] = performance.getEntriesByType('navigation');
    if (!back) problem = FRAMED || (tries().length && visit && visit.type === 'back_forward' ? CAME_BACK : sessionStorage.getItem(SIGNED_OUT) || '');
    if (problem) say('warn', problem);
    if (page(location.href) !== page(config.redirectUri)) say('warn', 'this page is ' + page(location.href) +
      ', but Okta sends visitors back to ' + config.redirectUri + ': that page needs this code, too, on the same origin.');
    window.addEventListener('pageshow', (event) => event.persisted && leaving && refuse(CAME_BACK)); // by the back button
    Object.assign(window, { messengerSignIn: () => begin(config.stepUp, true), messengerSignOut: signOut });
    Genesys('registerPlugin', 'AuthProvider', (plugin) => register(plugin, back));
  } catch (error) {
    say('error', error.message);
  }
}());

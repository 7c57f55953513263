// As much of a browser, and of Messenger, as the plugin touches.
import { readFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import vm from 'node:vm';

const script = (file) => readFileSync(`${process.env.MSGSSO_PLUGINS}/${file}`, 'utf8').replace(/<\/?script>/g, '');
const scripts = { plain: script('plain.html'), stepUp: script('step-up.html'), sendsIssuer: script('sends-issuer.html') };

/** Web storage: its keys are its own properties, its methods are not. */
class Store {
  getItem(key) { return Object.hasOwn(this, key) ? this[key] : null; }
  setItem(key, value) { this[key] = String(value); }
  removeItem(key) { delete this[key]; }
}

/** A tab of a browser. Its session storage outlives its pages. */
export class Tab {
  session = new Store();
  local = new Store();

  /** Opens a page with the plugin. Messenger's script comes late, unless it is left away. */
  open(url, { stepUp = false, sendsIssuer = false, kind = 'navigate', secure = true, clicked = false, okta = { status: 204 }, messenger = true, pasted = 1, frame = null } = {}) {
    const page = { log: [], went: [], fetched: [], events: [], order: [], address: url };
    const listeners = {}, handlers = {}, commands = {}, queue = [];
    let left;
    const leaving = new Promise((resolve) => { left = resolve; });
    const go = (to) => { page.went.push(to); left(); };
    const location = {
      get href() { return page.address; },
      get origin() { return new URL(page.address).origin; },
      get pathname() { return new URL(page.address).pathname; },
      assign: go,
      replace: (to) => { page.order.push('replace'); go(to); },
    };
    const write = (level) => (...what) => page.log.push([level, ...what].join(' '));
    const window = {
      location, btoa, URL, TextEncoder, setTimeout, isSecureContext: secure,
      sessionStorage: this.session, localStorage: this.local,
      crypto: secure ? webcrypto : { getRandomValues: (a) => webcrypto.getRandomValues(a) },
      performance: { getEntriesByType: () => [{ type: kind }] },
      navigator: { userActivation: { isActive: clicked } },
      history: { state: { site: 1 }, replaceState: (_, __, to) => { page.address = to; } },
      console: { warn: write('warn'), error: write('error') },
      addEventListener: (name, f) => { listeners[name] = f; },
      Genesys: (...args) => queue.push(args),
      fetch: async (to, options) => {
        page.order.push('fetch');
        page.fetched.push({ to, ...options });
        if (okta instanceof Error) throw okta;
        return { ok: okta.status < 300, status: okta.status };
      },
    };
    window.window = window;
    window.top = frame || window;
    if (frame) for (const name of ['sessionStorage', 'localStorage']) { // those of a frame of another site
      Object.defineProperty(window, name, { get() { throw new Error('Access is denied for this document.'); } });
    }
    vm.createContext(window);
    for (let i = 0; i < pasted; i++) vm.runInContext(scripts[stepUp ? 'stepUp' : sendsIssuer ? 'sendsIssuer' : 'plain'], window);

    const plugin = {
      registerCommand: (name, f) => { commands[name] = f; },
      subscribe: (name, f) => { handlers[name] = f; },
      publish: (event, data) => page.events.push({ event, data }),
      ready: () => page.events.push({ event: 'ready' }),
      command: async (name) => { page.order.push(name); page.emit('Auth.loggedOut'); },
    };
    page.receive = (name, event) => handlers[name](event);
    page.emit = (name, data) => page.receive(name, { event: name, data });
    page.ask = (name, data = {}) => new Promise((resolve, reject) => { commands[name]({ data, resolve, reject }); });
    page.has = (name) => name in commands;
    page.fire = (name, event) => listeners[name](event);
    page.window = window;
    if (messenger) for (const [what, name, use] of queue) if (what === 'registerPlugin' && name === 'AuthProvider') use(plugin);
    /** Waits until the page leaves, and returns where to. */
    page.leaves = async () => {
      const stays = AbortSignal.timeout(10000); // hashing is done elsewhere, and that may be busy
      await Promise.race([leaving, new Promise((_, no) => stays.addEventListener('abort', () => no(new Error('the page stays'))))]);
      return new URL(page.went.at(-1));
    };
    return page;
  }

  /** Opens a page, lets it go to Okta, and comes back with an answer. */
  async visit(url, answer, options) {
    const page = this.open(url, options);
    (options && options.stepUp ? page.ask('signIn') : page.ask('getAuthCode')).catch(() => {});
    const sent = (await page.leaves()).searchParams;
    const back = new URL(sent.get('redirect_uri'));
    for (const [name, value] of Object.entries({ state: sent.get('state'), ...answer })) back.searchParams.set(name, value);
    return { sent, back: back.href };
  }
}

/** Whether a promise stays open: whatever could settle it has run. */
export async function open(promise) {
  const mark = {};
  for (let i = 0; i < 50; i++) await new Promise(setImmediate);
  return (await Promise.race([promise, mark])) === mark;
}

// This part is in the preview only, not in the saved page: when the preview ends, or is gone for some seconds,
// the visitor signs out of Messenger and what Messenger and the page's code stored is removed. A page that is left takes
// its tokens with it: whatever listens on the port next could read them.
(function () {
  'use strict';
  let lost, over = false;
  const line = new EventSource('/.msgsso/end');

  function remove(storage, names) {
    Object.keys(storage).filter((name) => names.test(name)).forEach((name) => storage.removeItem(name));
  }

  function clear() {
    forget();
    remove(localStorage, /^msgsso:/);
    remove(sessionStorage, /^msgsso:/);
  }

  function forget() {
    remove(localStorage, /^_.+:gc(a|ar)tkn$/);
  }

  function finish() {
    clear();
    line.close(); // the server waits for this
  }

  function end() {
    if (over) return;
    over = true;
    const note = document.createElement('p');
    note.id = 'msgsso-ended';
    note.textContent = 'The preview has ended. You can close this page.';
    note.setAttribute('role', 'status');
    note.style.cssText = 'position:fixed;inset:0 0 auto;margin:0;padding:.75rem;background:#333;color:#fff;text-align:center;z-index:2147483647';
    document.body.appendChild(note);
    setTimeout(finish, 700); // before the server's patience ends
    try {
      window.Genesys('command', 'Auth.logout', {}, finish, finish);
    } catch (error) {
      finish(); // Messenger did not come so far
    }
  }

  window.addEventListener('pagehide', () => (over ? clear : forget)()); // whatever else was stored until then
  line.addEventListener('end', end);
  line.onopen = () => { lost = clearTimeout(lost); };
  line.onerror = () => { lost = lost || setTimeout(end, 4000); };
}());

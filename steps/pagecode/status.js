// What this page shows of Messenger's events, and its two buttons.
(function () {
  'use strict';
  const line = document.getElementById('status');
  const show = (state, text) => {
    line.dataset.state = state;
    line.textContent = text;
  };
  const tell = (name, state, text) => Genesys('subscribe', name, (event) => {
    const why = state === 'out' && event && event.data && event.data.message;
    show(state, why ? text + ': ' + why : text + '.');
  });

  tell('Auth.ready', 'wait', 'Messenger is ready');
  tell('Auth.signInAvailable', 'wait', 'Not signed in yet');
  tell('Auth.authenticating', 'wait', 'Genesys Cloud checks the sign-in');
  tell('Auth.authenticated', 'in', 'Signed in');
  tell('Auth.loggedOut', 'out', 'Signed out');
  tell('Auth.signInFailed', 'out', 'Not signed in');
  tell('Auth.authError', 'out', 'Genesys Cloud refused the sign-in');
  tell('Auth.authProviderError', 'out', 'Not signed in');
  tell('Auth.tokenError', 'out', 'The sign-in ended');
  tell('GenesysJS.domainNotAllowed', 'out', 'This host is not an allowed domain of the deployment');

  document.getElementById('sign-in').addEventListener('click', () => messengerSignIn());
  document.getElementById('sign-out').addEventListener('click', () => messengerSignOut());
}());

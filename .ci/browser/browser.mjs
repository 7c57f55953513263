// Debian's Chromium, headless, with a profile of its own. It reaches this computer only, where also the sites are.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const options = (sites = {}) => ({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
    '--host-resolver-rules=' + Object.entries(sites).map(([site, at]) => `MAP ${site} ${at}, `).join('') +
      'MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
  ],
});

export const startBrowser = () => chromium.launch(options());

// startProfile is a browser whose visitor lets pages use the cookies of other sites: Okta's, to end its session.
export function startProfile(sites) {
  const profile = mkdtempSync(path.join(process.env.WORK, 'profile-'));
  mkdirSync(path.join(profile, 'Default'));
  writeFileSync(path.join(profile, 'Default/Preferences'), '{"profile": {"cookie_controls_mode": 0}}');
  return chromium.launchPersistentContext(profile, { ...options(sites), ignoreHTTPSErrors: true });
}

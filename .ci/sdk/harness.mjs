// What all tests share: a simulator of their own, and how a refusal is looked at.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

// startSimulator runs `msgsso-wizard simulator` on free loopback ports until stop is called. Each test file
// has one of its own: the simulated orgs have the rate limits of the real ones.
export async function startSimulator(...flags) {
  const program = process.env.MSGSSO_WIZARD;
  assert.ok(program, 'MSGSSO_WIZARD names the program; the script "run" sets it');
  const child = spawn(program, ['simulator', ...flags], { stdio: ['ignore', 'pipe', 'ignore'] });
  // Whatever ends this process ends the simulator too.
  process.once('exit', () => child.kill('SIGKILL'));
  process.once('SIGTERM', () => process.exit(1));
  const gone = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  const env = await Promise.race([
    readEnvironment(child.stdout),
    gone.then((how) => assert.fail(`the simulator ended at once: ${how}`)),
  ]);
  for (const url of [env.OKTA_CLIENT_ORGURL, env.GENESYSCLOUD_REGION]) {
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  }
  return {
    env,
    async stop() {
      child.kill('SIGINT');
      await gone;
    },
  };
}

const variables = [
  'OKTA_CLIENT_ORGURL', 'OKTA_CLIENT_TOKEN',
  'GENESYSCLOUD_REGION', 'GENESYSCLOUD_OAUTHCLIENT_ID', 'GENESYSCLOUD_OAUTHCLIENT_SECRET',
];

async function readEnvironment(stdout) {
  const env = {};
  for await (const line of createInterface({ input: stdout })) {
    const at = line.indexOf('=');
    env[line.slice(0, at)] = line.slice(at + 1);
    if (variables.every((name) => env[name])) return env;
  }
  assert.fail('the simulator did not say where it listens');
}

// refusal returns what a call was rejected with; that it succeeds is a failure.
export async function refusal(call) {
  try {
    await call;
  } catch (err) {
    return err;
  }
  return assert.fail('the call was not refused');
}

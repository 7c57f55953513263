// The walks through the demo that become pictures and films.
import { field, rotateSecret, signIn, through, type } from './stage.mjs';

// shot names a main screen, says what it shows, and takes its pictures in each size and theme.
const shot = (name, says) => Object.assign((stage) => stage.take(name), { shot: name, says });

// The screens from which the walks begin, and to which others lead back.
const ready = /permissions\s+all .*granted/;
const plan = /enter\s+review all/;
const finish = /Paste \w+ before <\/head>/;

export const walks = [
  {
    args: '--latency 20ms --okta-groups 3000',
    steps: [
      ready, shot('welcome', 'The first screen: what you need, checked before anything else'),
      'Enter', /Planned changes/, shot('plan', 'A section: its answers, and what it would change'),
      '?', /Why/, shot('why', 'Why a section exists (?)'), 'Escape', plan,
      'k', /ctrl\+c/, shot('keys', 'All keys of a screen (k)'), 'Escape', plan,
      'm', /space/, shot('manual', 'The same section as manual setup (m): the steps in the consoles, with the values to paste'), 'Escape', plan,
      'Enter', /enter\s+(confirm|apply)/, shot('review', 'The review before the first change: all changes, and all answers with their origin'),
      's', /Save to/, shot('answers', 'Saving the answers as a file that repeats the run, without secrets (s in the review)'), 'Escape', /review|apply/i, 'Escape', plan,
      'e', /tab|next field/, shot('ask', 'A form: the answers of a section, each with its origin (e)'),
      field('Assignment'), 'Down', field('Groups'), type('web'), /Web/, shot('pick', 'A list of thousands, filtered as you type'),
    ],
  },
  {
    args: '--latency 20ms --settle 30s',
    steps: [
      ready, through(/[3-9](\.\d)? s of 60 s/), shot('working', 'Changes under way: what the wizard waits for, and how long at most'),
    ],
  },
  {
    args: '--latency 20ms --fault activation-refused',
    steps: [
      ready, through(/retry|try again/), shot('problem', 'An error: what happened, what to do, what exists so far (`demo --fault activation-refused`)'),
    ],
  },
  {
    args: '--latency 20ms',
    steps: [
      ready, through(finish), shot('finish', 'The snippet, read back and compared with what browsers get'),
      'p', /preview|try it/, shot('pagecode', 'The page code that the page needs in addition to the snippet (p)'), 'Escape', finish,
      't', signIn, /Sign-in works/, shot('result', 'A sign-in test that passed (t)'), 'Escape', finish,
      rotateSecret, 'd', /again/, shot('doctor', 'Doctor: each link of the chain, here after a client secret was replaced in Okta (d)'), 'Escape', finish,
      't', signIn, /retest/, shot('result-failed', 'A sign-in test that failed: which side refuses, why, and the key that fixes it'), 'Escape', finish,
      'u', /keep everything/i, shot('undo', 'What undo would delete (u)'),
    ],
  },
  {
    args: '--latency 20ms --deployment "Main website" --messenger-config "Main website" --rollout try',
    steps: [
      ready, through(/l\s+go live/), shot('rollout', 'A new version that is tried first: live pages keep theirs until you go live'),
      'l', /version 1 → 3/, shot('golive', 'What going live changes, and what visitors notice (l)'),
    ],
  },
];

// line types a command, or an answer, and enters it.
const line = (text) => (stage) => { type(text)(stage); stage.terminal.press('Enter'); };

// The commands whose output is a picture in docs. They run in a shell, after a setup at the simulator.
export const sessions = [
  {
    name: 'opentofu', size: { cols: 76, rows: 37, theme: 'dark' },
    steps: [line('msgsso-wizard export --dir opentofu'), /first plan/, line('head -28 opentofu/okta.tf'), /skip_authentication_policy.*\n\$/],
  },
  {
    name: 'rotate', size: { cols: 100, rows: 20, theme: 'dark' },
    steps: [line('msgsso-wizard rotate --deployment "Web SSO"'), /\[Y\/n\]/, line('y'), /Enter deactivates/, 'Enter', /Delete the old.*\[y\/N\]/],
  },
];

// The films: the tour, and what it shows of a fault until another answer has fixed it.
export const films = [
  { name: 'tour', args: '--tour', ends: /✓ Okta and Genesys Cloud are connected/ },
  { name: 'fault', args: '--tour --fault name-taken', ends: plan },
];

// The pictures: walks through the demo, each a list of what is done. A text is a key; a pattern is waited for; shot
// takes a picture at 80x24, and at the other sizes that it names.

export const shot = (name, says, sizes = []) => ({ name, says, sizes });
const field = (label) => ({ field: label });
const type = (text) => ({ type: text });

const big = '120x40', small = '40x12';

const toSnippet = { through: /deploymentId:/ };

export const walks = [
  {
    args: '--latency 20ms --okta-groups 3000',
    does: [
      /enter start/, shot('welcome', 'The first screen', [big, small]),
      'Enter', /enter review it all/, shot('plan', 'A section: what is there, and what would be changed', [big, small]),
      '?', shot('why', 'Why a section is there (?)'), 'Escape', /enter review it all/,
      'm', shot('hand', 'The same section by hand (m): the console\'s steps, with the values to paste', [small]), 'Escape', /enter review it all/,
      'Enter', /confirm and begin/, shot('review', 'The review before the first write: every answer, where it came from, and all that will be made', [big, small]), 'Escape', /enter review it all/,
      'e', /shift\+tab|next field/, shot('ask', 'A form: the answers of a section, each with where it came from (e)', [small]),
      field('Assignment'), 'Down', field('Groups'), type('web'), /Web/, shot('pick', 'A list of thousands, filtered as you type'),
    ],
  },
  {
    args: '--latency 20ms --settle 30s',
    does: [
      /enter start/, 'Enter', { through: /◉ Integration[^]*enter do it/ }, 'Enter', /[3-9] s of 60 s/,
      shot('working', 'Work under way: what is awaited, and for how long', [big, small]),
    ],
  },
  {
    args: '--latency 20ms --fault activation-refused',
    does: [/enter start/, 'Enter', { through: /try again/ }, shot('problem', 'A problem: what happened, what exists now, the one next step (demo --fault activation-refused)', [big, small])],
  },
  {
    args: '--latency 20ms',
    does: [
      /enter start/, 'Enter', toSnippet, /page code/, shot('snippet', 'The snippet, read back and compared with what browsers get', [big, small]),
      'p', /try it/, shot('pagecode', 'The code that the page needs beside it (p)'), 'Escape', /doctor/,
      'd', /again/, shot('doctor', 'Doctor: every link of the chain (d)'), 'Escape', /doctor/,
      't', { signIn: true }, /Sign-in works/, shot('verdict', 'A test sign-in that passed (t)', [big]), 'Escape', /page code/,
      'u', /enter take it back/, shot('undo', 'What undo would take back (u)', [small]),
    ],
  },
];

// light has these on a light ground, too.
export const light = ['welcome', 'plan', 'problem', 'snippet'];

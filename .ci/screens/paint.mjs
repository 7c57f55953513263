// A terminal's screen as HTML, and that as a picture: what `tmux capture-pane -e` gives has one line for each row, and
// no escape sequences but those for colours and styles (ECMA-48 8.3.117, xterm's 256 colours).

const themes = {
  dark: {
    ground: '#16181d', ink: '#e6e6e6',
    sixteen: ['#000000', '#e0606b', '#8cc570', '#e5c07b', '#61a0ef', '#c678dd', '#4fb8c4', '#c8ccd4', '#7d8799', '#f07680', '#a3d98a', '#f0d090', '#7fb5f5', '#d795e8', '#6fd0da', '#ffffff'],
  },
  light: {
    ground: '#ffffff', ink: '#1b1f24',
    sixteen: ['#000000', '#b3202d', '#23752c', '#8a6100', '#1457b8', '#8a2fa8', '#0b7285', '#5f6670', '#6b7280', '#b3202d', '#23752c', '#8a6100', '#1457b8', '#8a2fa8', '#0b7285', '#1b1f24'],
  },
};

// style is what tmux calls the theme's colours.
export const style = (theme) => `fg=${themes[theme].ink},bg=${themes[theme].ground}`;

const hex = (n) => n.toString(16).padStart(2, '0');

// indexed is one of the 256 colours: 16 of the theme's, a cube of 6 a side, 24 greys.
function indexed(n, theme) {
  if (n < 16) return theme.sixteen[n];
  if (n >= 232) return `#${hex(8 + 10 * (n - 232)).repeat(3)}`;
  const level = (step) => hex(step === 0 ? 0 : 55 + 40 * step);
  return `#${level(Math.floor((n - 16) / 36))}${level(Math.floor((n - 16) / 6) % 6)}${level((n - 16) % 6)}`;
}

const flags = { 1: 'bold', 2: 'faint', 3: 'italic', 4: 'underline', 7: 'reverse' };
const ends = { 22: ['bold', 'faint'], 23: ['italic'], 24: ['underline'], 27: ['reverse'] };

// apply carries the numbers of one SGR sequence over to the pen.
function apply(pen, numbers, theme) {
  for (let i = 0; i < numbers.length; i++) {
    const n = numbers[i];
    if (n === 0) for (const key of Object.keys(pen)) delete pen[key];
    else if (flags[n]) pen[flags[n]] = true;
    else if (ends[n]) for (const key of ends[n]) delete pen[key];
    else if (n === 39) delete pen.fg;
    else if (n === 49) delete pen.bg;
    else if (n >= 30 && n <= 37) pen.fg = theme.sixteen[n - 30];
    else if (n >= 40 && n <= 47) pen.bg = theme.sixteen[n - 40];
    else if (n >= 90 && n <= 97) pen.fg = theme.sixteen[n - 82];
    else if (n >= 100 && n <= 107) pen.bg = theme.sixteen[n - 92];
    else if (n === 38 || n === 48) {
      const rgb = numbers[i + 1] === 2;
      pen[n === 38 ? 'fg' : 'bg'] = rgb ? `#${numbers.slice(i + 2, i + 5).map(hex).join('')}` : indexed(numbers[i + 2], theme);
      i += rgb ? 4 : 2;
    }
  }
}

function css(pen, theme) {
  let [fg, bg] = [pen.fg ?? theme.ink, pen.bg ?? theme.ground];
  if (pen.reverse) [fg, bg] = [bg, fg];
  return [
    `color:${fg}`, bg === theme.ground ? '' : `background:${bg}`, pen.bold ? 'font-weight:bold' : '', pen.faint ? 'opacity:.62' : '',
    pen.italic ? 'font-style:italic' : '', pen.underline ? 'text-decoration:underline' : '',
  ].filter(Boolean).join(';');
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

// cells keeps what is not ASCII in a cell of its own, so that no font shifts the rest of the line.
const cells = (text) => text.replace(/[&<>]/g, (c) => entities[c]).replace(/[^\x00-\x7f]/gu, (c) => `<i>${c}</i>`);

function toHTML(painted, theme) {
  const pen = {};
  return painted.replace(/\n$/, '').split('\n').map((line) => line
    .replace(/\x1b\][^\x07\x1b]*(\x07|\x1b\\)/g, '') // links
    .split(/(\x1b\[[\d;:]*m)/)
    .map((part) => {
      if (!part.startsWith('\x1b[')) return part && `<span style="${css(pen, theme)}">${cells(part)}</span>`;
      apply(pen, part.slice(2, -1).split(/[;:]/).map(Number), theme);
      return '';
    }).join('')).join('\n');
}

// A cell in pixels. Its width is 1ch before the browser rounds it down. It is lower than the glyphs of lines, which join.
const cell = { width: 9.03125, height: 17 };
const margin = { x: 12, y: 10 };

const sheet = (theme, cols, rows) => `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; background: ${theme.ground} }
  pre { position: relative; margin: 0; padding: ${margin.y}px ${margin.x}px; display: inline-block; box-sizing: content-box; width: ${cols}ch;
    height: ${rows * cell.height}px; overflow: hidden; font: 15px/${cell.height}px "DejaVu Sans Mono", monospace; font-variant-ligatures: none;
    background: ${theme.ground}; color: ${theme.ink} }
  i { font-style: inherit; display: inline-block; width: ${cell.width}px }
  b { position: absolute; width: ${cell.width}px; height: ${cell.height}px; background: #fff; mix-blend-mode: difference }
</style>`;

const cursorHTML = (at) => (at ? `<b style="left:${margin.x + at.x * cell.width}px;top:${margin.y + at.y * cell.height}px"></b>` : '');

// makePainter returns a function that writes a picture of a frame to a file.
export async function makePainter(browser) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, deviceScaleFactor: 1 });
  return async (file, { painted, cursor }, { cols, rows, theme }) => {
    await page.setContent(`${sheet(themes[theme], cols, rows)}<pre>${toHTML(painted, themes[theme])}${cursorHTML(cursor)}</pre>`);
    await page.locator('pre').screenshot({ path: file });
  };
}

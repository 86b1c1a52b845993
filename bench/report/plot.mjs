// The plot of the storm, as SVG text. Written by hand: it is one chart of step lines, and the libraries that could draw it (Vega,
// Observable Plot) bring dozens of packages or a DOM and still leave the labels at the line ends to us.
import { placeLabels } from './label-places.mjs';

const WIDTH = 900;
const HEIGHT = 470;
const PLOT = { left: 66, right: 622, top: 88, bottom: 408 };
const LABEL_X = PLOT.right + 34;

/**
 * Okabe and Ito's palette, told apart by every kind of colour vision (https://jfly.uni-koeln.de/color/), each with a second value for a
 * dark ground where the first is too dark or too pale on one of the two; dashes where lines run on top of each other.
 */
const STYLES = [
  { light: '#0072B2', dark: '#3D9BE0', width: 4.5 },
  { light: '#56B4E9', dark: '#C9E8FA', width: 2, dash: '3 7' },
  { light: '#D55E00', dark: '#F0803C', width: 2.2 },
  { light: '#009E73', dark: '#1FC79A', width: 2.2 },
  { light: '#CC79A7', dark: '#E39CC4', width: 2.2 },
  { light: '#8A6D00', dark: '#F0E442', width: 2.2, dash: '7 5' },
  { light: '#6B6B6B', dark: '#A8A8A8', width: 2.2, dash: '3 4' },
  { light: '#E69F00', dark: '#E69F00', width: 2.2 },
];

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const at = (value) => Number(value.toFixed(1));

/** @param lines `{ name, seenMs }` each: when each of the errors came to be read, in ms since the first call, rising */
export function stormPlot({ lines, of, observeMs }) {
  const x = (ms) => at(PLOT.left + ((PLOT.right - PLOT.left) * ms) / observeMs);
  const y = (count) => at(PLOT.bottom - ((PLOT.bottom - PLOT.top) * count) / of);
  const ends = lines.map(({ seenMs }) => seenMs.length);
  const places = placeLabels(ends.map(y), { gap: 22, top: PLOT.top, bottom: PLOT.bottom });
  // The further a label has moved, the earlier its leader bends: no two cross.
  const moved = places.map((place, i) => place - y(ends[i]));
  const bends = moved.map(
    (move) => 4 + 4 * moved.filter((other) => other * move > 0 && Math.abs(other) > Math.abs(move)).length,
  );
  // Dashes on top, so that what runs below them shows through.
  const drawn = lines.map((_, i) => i).sort((a, b) => Number('dash' in STYLES[a]) - Number('dash' in STYLES[b]));
  const said = lines.map(({ name, seenMs }) => `${name} ${seenMs.length}`).join(', ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title desc">
<title id="title">${of} distinct errors in one second: how many of them the channel shows</title>
<desc id="desc">Errors that can be read in Discord ${observeMs / 1000} seconds later: ${escaped(said)}.</desc>
<style>
${style()}
</style>
<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="8"/>
<text class="heading" x="24" y="36">${of} distinct errors in one second: how many of them the channel shows</text>
<text class="quiet" x="24" y="58">Discord’s limits: 5 requests in 2 s per webhook, 30 messages a minute per channel</text>
${grid(x, y, of, observeMs)}
${drawn.map((i) => `<path class="line s${i}" d="${steps(lines[i].seenMs, x, y, observeMs)}"/>`).join('\n')}
${lines.map((line, i) => label(line, i, y(ends[i]), places[i], bends[i])).join('\n')}
</svg>
`;
}

function grid(x, y, of, observeMs) {
  const counts = [0, 1, 2, 3, 4].map((n) => (of / 4) * n);
  const seconds = Array.from({ length: 7 }, (_, n) => (observeMs / 6000) * n);
  const middle = (PLOT.top + PLOT.bottom) / 2;
  return [
    ...counts.map(
      (count) => `<path class="${count === 0 ? 'axis' : 'grid'}" d="M${PLOT.left} ${y(count)}H${PLOT.right}"/>`,
    ),
    ...counts.map((count) => `<text class="tick end" x="${PLOT.left - 10}" y="${y(count) + 4}">${count}</text>`),
    ...seconds.map((s) => `<text class="tick middle" x="${x(s * 1000)}" y="${PLOT.bottom + 22}">${at(s)}</text>`),
    `<text class="quiet middle" x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 46}">seconds since the first error</text>`,
    `<text class="quiet middle" transform="translate(19 ${middle}) rotate(-90)">distinct errors in the channel</text>`,
  ].join('\n');
}

/** Level until the next error can be read, then up. */
function steps(seenMs, x, y, observeMs) {
  let path = `M${x(0)} ${y(0)}`;
  seenMs.forEach((ms, i) => {
    path += `H${x(ms)}V${y(i + 1)}`;
  });
  return `${path}H${x(observeMs)}`;
}

function label({ name, seenMs }, i, lineY, labelY, bend) {
  return [
    `<path class="leader s${i}" d="M${PLOT.right} ${lineY}h${bend}L${LABEL_X - 10} ${at(labelY)}H${LABEL_X - 5}"/>`,
    `<text class="label${i === 0 ? ' ours' : ''}" x="${LABEL_X}" y="${at(labelY + 5)}"><tspan class="count">${seenMs.length}</tspan> ${escaped(name)}</text>`,
  ].join('\n');
}

function style() {
  const lines = STYLES.map(({ light, width, dash }, i) => {
    const dashes = dash === undefined ? '' : `;stroke-dasharray:${dash}`;
    return `.s${i}{stroke:${light}}.line.s${i}{stroke-width:${width}${dashes}}`;
  });
  const dark = STYLES.map((one, i) => `.s${i}{stroke:${one.dark}}`);
  // A ground of its own: GitHub's theme and the reader's system, which the query asks for, need not agree.
  return `text{font:14px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1f2328}
.heading{font-size:18px;font-weight:600}
.quiet,.tick{fill:#59636e;font-size:13px}
.middle{text-anchor:middle}.end{text-anchor:end}
.ours,.count{font-weight:600}
.ground{fill:#ffffff;stroke:#d1d9e0}
.grid{stroke:#d1d9e0;stroke-width:1;fill:none}.axis{stroke:#59636e;stroke-width:1;fill:none}
.line{fill:none;stroke-linejoin:round}.leader{fill:none;stroke-width:1.2}
${lines.join('\n')}
@media (prefers-color-scheme:dark){
text{fill:#f0f6fc}.quiet,.tick{fill:#9198a1}.ground{fill:#0d1117;stroke:#3d444d}.grid{stroke:#2f363d}.axis{stroke:#9198a1}
${dark.join('')}
}`;
}

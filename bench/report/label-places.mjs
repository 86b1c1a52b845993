/**
 * Moves labels apart: each as near as it can stand to where it belongs, at least `gap` from the next, none above `top` or below
 * `bottom`. Takes and gives back their heights in the order given.
 */
export function placeLabels(wanted, { gap, top, bottom }) {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y || a.i - b.i);
  // Groups of labels that touch stand centred on the middle of what their members want.
  const groups = [];
  for (const { y, i } of order) {
    groups.push({ members: [i], sum: y });
    for (let last = groups.length - 1; last > 0 && startOf(groups[last]) < endOf(groups[last - 1]) + gap; last--) {
      const { members, sum } = groups.pop();
      groups[last - 1] = { members: [...groups[last - 1].members, ...members], sum: groups[last - 1].sum + sum };
    }
  }
  const places = new Array(wanted.length);
  for (const group of groups)
    group.members.forEach((i, n) => {
      places[i] = startOf(group) + n * gap;
    });
  return places;

  function startOf({ members, sum }) {
    const height = (members.length - 1) * gap;
    return Math.min(Math.max(sum / members.length - height / 2, top), bottom - height);
  }
  function endOf(group) {
    return startOf(group) + (group.members.length - 1) * gap;
  }
}

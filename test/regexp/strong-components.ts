/** The strongly connected components of what can be reached from `roots` (Tarjan's algorithm, without recursion). */
export function strongComponents(
  roots: Iterable<number>,
  nextOf: (node: number) => Iterable<number>,
): ReadonlyMap<number, number> {
  const componentOf = new Map<number, number>();
  const indexOf = new Map<number, number>();
  const lowest = new Map<number, number>();
  const open: number[] = [];
  let components = 0;

  function enter(node: number): { node: number; rest: Iterator<number> } {
    indexOf.set(node, indexOf.size);
    lowest.set(node, indexOf.size - 1);
    open.push(node);
    return { node, rest: nextOf(node)[Symbol.iterator]() };
  }
  const lower = (node: number, index: number): void => {
    lowest.set(node, Math.min(lowest.get(node) ?? index, index));
  };

  for (const root of roots) {
    if (indexOf.has(root)) continue;
    const path = [enter(root)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node, rest } = top;
      const step = rest.next();
      if (!step.done) {
        const index = indexOf.get(step.value);
        if (index === undefined) path.push(enter(step.value));
        else if (!componentOf.has(step.value)) lower(node, index);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent.node, lowest.get(node) ?? 0);
      if (lowest.get(node) !== indexOf.get(node)) continue;
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        componentOf.set(member, components);
        if (member === node) break;
      }
      components++;
    }
  }
  return componentOf;
}

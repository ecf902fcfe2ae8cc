/** Whether something read from JSON has more values than so many: arrays and objects, and what is in them. */
export function hasManyValues(root: unknown, most: number): boolean {
  const open = [root];
  let count = 0;
  while (open.length > 0 && count <= most) {
    const value = open.pop();
    count += 1;
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) open.push(part);
  }
  return count > most;
}

/** What was chosen where the browser keeps nothing: until the page is left. */
const unkept = new Map<string, string>();

/** What was chosen on this device; null when nothing was. Storage may be forbidden, as it often is in frames. */
export function readChoice(key: string): string | null {
  try {
    return unkept.get(key) ?? localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Null: nothing any more. Answers whether the browser keeps it: storage may be full, too. */
export function keepChoice(key: string, value: string | null): boolean {
  unkept.delete(key);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    return true;
  } catch {
    if (value !== null) unkept.set(key, value);
    return false;
  }
}

/** A field that no schema has, and its value. */
export const PLANTED = 'plantedField';

/**
 * A copy with an unknown field in each object at every depth; instances of classes, such as dates and buffers, are
 * kept.
 */
export function plantFields<T>(value: T): T {
  if (Array.isArray(value)) return value.map(plantFields) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, plantFields(part)]);
  return { ...Object.fromEntries(entries), [PLANTED]: PLANTED } as T;
}

/** A field that no schema knows, and what it holds. */
export const PLANTED = 'plantedField';

/** A copy with an unknown field in each object, however deep; instances of classes, such as dates and buffers, stay. */
export function plantFields<T>(value: T): T {
  if (Array.isArray(value)) return value.map(plantFields) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, plantFields(part)]);
  return { ...Object.fromEntries(entries), [PLANTED]: PLANTED } as T;
}

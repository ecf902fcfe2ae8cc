/** A promise, and how to resolve it. */
export function deferred(): { readonly promise: Promise<void>; resolve(this: void): void } {
  let resolve = nothing;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve: () => resolve() };
}

/** Stands for what is not there yet. */
export function nothing(): void {}

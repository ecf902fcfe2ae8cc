/** Compiles these files of `src` into `draft`, with source maps for when they lie in dist. Types are not looked at. */
export function compile(files: readonly string[], root: string, draft: string): void;

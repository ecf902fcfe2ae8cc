export function missingPackage(root: string, importers: readonly string[]): string | undefined;

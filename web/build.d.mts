/** Writes the web client into a folder, which is created. */
export function buildWeb(outDir: string): Promise<void>;
/** The files that the web client is made of. */
export function inputsOfWeb(): string[];

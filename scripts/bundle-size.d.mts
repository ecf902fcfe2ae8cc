export interface Bundle {
  readonly bytes: number;
  readonly exports: readonly string[];
  readonly modules: ReadonlyMap<string, number>;
}

export function measureBundle(source: string, names?: readonly string[]): Promise<Bundle>;
export function outgrown(rows: readonly (readonly [string, number, number])[]): string[];

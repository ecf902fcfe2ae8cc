export interface WebLoad {
  readonly requests: number;
  readonly scripts: number;
  readonly styles: number;
  readonly menu: number;
  readonly emoji: number;
  readonly other: number;
}
export function measureWeb(page: string, files: readonly string[], sizeOf: (name: string) => number): WebLoad;
export function webRows(load: WebLoad): ReadonlyArray<{
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: string;
}>;

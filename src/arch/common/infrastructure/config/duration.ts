const SECONDS_PER = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** Seconds in a duration such as `15m` or `7d`; null when it is not one. A number without a unit is refused. */
export function parseDuration(text: string): number | null {
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(text);
  if (!match) return null;
  return Number(match[1]) * SECONDS_PER[match[2] as keyof typeof SECONDS_PER];
}

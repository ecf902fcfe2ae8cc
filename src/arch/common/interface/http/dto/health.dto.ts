import { z } from 'zod';

export const healthSchema = z
  .strictObject({ status: z.literal('ok'), timestamp: z.iso.datetime() })
  .meta({ id: 'Health', examples: [{ status: 'ok', timestamp: '2026-01-31T12:00:00.000Z' }] });

export type HealthDto = z.output<typeof healthSchema>;

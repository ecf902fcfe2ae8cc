import { z } from 'zod';

const MARK = 'x-error-code';

/** The code of an error, which clients switch on. The documents list all codes, see `listCodes()`. */
export const errorCodeSchema = z.string().meta({ [MARK]: true });

/**
 * Replaces `errorCodeSchema`, as JSON Schema and in place, by the list of the codes; leaves other schemas unchanged.
 */
export function listCodes(schema: Record<string, unknown>, codes: readonly string[]): void {
  if (!(MARK in schema)) return;
  const { [MARK]: _mark, type, ...others } = schema;
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, { type, enum: codes, ...others });
}

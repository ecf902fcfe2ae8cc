import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import type { ErrorDetail } from '../../domain/errors/domain.error.js';
import { ValidationFailedError } from '../../domain/errors/validation-failed.error.js';
import { REQUIRED, schemaWords, UNKNOWN } from '../../domain/schema-words.js';

/** A client that sends thousands of wrong values learns of the first ones. */
const MAX_DETAILS = 20;
const MAX_TEXT = 200;

// Where a schema says nothing itself, zod would speak of "invalid input".
z.config({ customError: schemaWords });

/** As standard schemas and zod report it; `keys` with `unrecognized_keys` only. */
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly keys?: readonly string[];
}

/** The schemas' validation, failing in our words: no values, and names of unknown fields only cut short. */
@Injectable()
class SchemaValidationPipe implements PipeTransform {
  async transform(value: unknown, { schema, type, data }: ArgumentMetadata): Promise<unknown> {
    if (!schema || type === 'custom') return value;
    // Bytes are no object: each of them would be looked at as at a field.
    const input = ArrayBuffer.isView(value) ? null : value;
    const result = await schema['~standard'].validate(input);
    if (!result.issues) return result.value;
    const details = result.issues.slice(0, MAX_DETAILS).flatMap((issue) => detailsOf(issue, input, data));
    throw new ValidationFailedError(details.slice(0, MAX_DETAILS));
  }
}

export const schemaValidationPipe = new SchemaValidationPipe();

/**
 * One for each fault.
 * @param parameter the name of what the value is all of, if it has one
 */
function detailsOf({ message, path = [], keys }: Issue, value: unknown, parameter = ''): ErrorDetail[] {
  const place = path.map((part) => (typeof part === 'object' ? part.key : part));
  const words = isMissing(value, place) ? REQUIRED : message;
  return (keys ?? ['']).slice(0, MAX_DETAILS).map((key) => ({
    path: [parameter, ...place.map(String), key]
      .filter((part) => part !== '')
      .join('.')
      .slice(0, MAX_TEXT),
    message: (keys ? UNKNOWN : words).slice(0, MAX_TEXT),
  }));
}

/** A schema's own words are about what a value must be: there is none. */
function isMissing(value: unknown, place: readonly PropertyKey[]): boolean {
  let found: unknown = value;
  for (const part of place) {
    if (typeof found !== 'object' || found === null) return false;
    found = Object.hasOwn(found, part) ? Reflect.get(found, part) : undefined;
  }
  return found === undefined;
}

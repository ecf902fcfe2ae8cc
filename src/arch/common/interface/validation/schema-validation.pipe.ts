import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import type { ErrorDetail } from '../../domain/errors/domain.error.js';
import { ValidationFailedError } from '../../domain/errors/validation-failed.error.js';
import { REQUIRED, schemaWords, UNKNOWN } from '../../domain/schema-words.js';

/** Maximum details of an answer, for requests with thousands of faults. */
const MAX_DETAILS = 20;
const MAX_TEXT = 200;

// Replaces zod's default texts ("invalid input") where a schema has none.
z.config({ customError: schemaWords });

/** An issue of a standard schema or of zod; `keys` only with `unrecognized_keys`. */
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly keys?: readonly string[];
}

/**
 * Validates with the schemas and answers with our texts: without values, and with names of unknown fields shortened.
 */
@Injectable()
class SchemaValidationPipe implements PipeTransform {
  async transform(value: unknown, { schema, type, data }: ArgumentMetadata): Promise<unknown> {
    if (!schema || type === 'custom') return value;
    // A binary part is no object: each of its bytes would be checked as a field.
    const input = ArrayBuffer.isView(value) ? null : value;
    const result = await schema['~standard'].validate(input);
    if (!result.issues) return result.value;
    const details = result.issues.slice(0, MAX_DETAILS).flatMap((issue) => detailsOf(issue, input, data));
    throw new ValidationFailedError(details.slice(0, MAX_DETAILS));
  }
}

export const schemaValidationPipe = new SchemaValidationPipe();

/**
 * One detail for each fault.
 * @param parameter the name of the parameter if the value is one
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

/** The schema's text describes a value, so a missing one gets another text. */
function isMissing(value: unknown, place: readonly PropertyKey[]): boolean {
  let found: unknown = value;
  for (const part of place) {
    if (typeof found !== 'object' || found === null) return false;
    found = Object.hasOwn(found, part) ? Reflect.get(found, part) : undefined;
  }
  return found === undefined;
}

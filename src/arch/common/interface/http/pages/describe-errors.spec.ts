import type { OpenAPIObject } from '@nestjs/swagger';
import { expect, it } from 'vitest';
import { CursorInvalidError } from '../../../domain/errors/cursor-invalid.error.js';
import { PermissionDeniedError } from '../../../domain/errors/permission-denied.error.js';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';
import { describeErrors } from './describe-errors.js';

const ERRORS = [
  new CursorInvalidError(),
  new PermissionDeniedError(),
  new ValidationFailedError([{ path: 'here', message: 'is wrong' }]),
];

/** As the document has an operation after the decorators. */
function described(marks: Readonly<Record<string, number>>): Record<string, unknown> {
  const operation = { responses: { 200: { description: 'Done.' }, default: {} }, ...marks };
  const document = { paths: { '/': { get: operation } } } as unknown as OpenAPIObject;
  describeErrors(document, ERRORS);
  return operation;
}

it('an operation has a response for each status, with its codes by their places, and no mark is left', () => {
  const operation = described({
    'x-error-CURSOR_INVALID': 1,
    'x-error-PERMISSION_DENIED': 2,
    'x-error-VALIDATION_FAILED': -1,
  });
  expect(operation).toMatchObject({
    responses: {
      200: { description: 'Done.' },
      400: { description: '`VALIDATION_FAILED`, `CURSOR_INVALID`' },
      403: { description: '`PERMISSION_DENIED`' },
    },
  });
  expect(Object.keys(operation)).toEqual(['responses']);
  expect(operation['responses']).not.toHaveProperty('default');
});

it('an example has the message of the error itself', () => {
  const { responses } = described({ 'x-error-VALIDATION_FAILED': 0 });
  expect(responses).toHaveProperty(
    '400.content.application/json.examples.VALIDATION_FAILED.value.details'.split('.'),
    [{ path: 'here', message: 'is wrong' }],
  );
});

it('the document cannot be made when a code is of no error', () => {
  expect(() => described({ 'x-error-MISSPELT': 0 })).toThrow('@ApiErrors names MISSPELT');
});

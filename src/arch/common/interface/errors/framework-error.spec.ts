import { BadRequestException, NotFoundException } from '@nestjs/common';
import { errorCodes } from 'fastify';
import { expect, it } from 'vitest';
import { fromFramework } from './framework-error.js';

it.each([
  [new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE(), 'PAYLOAD_TOO_LARGE'],
  [new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE('text/plain'), 'UNSUPPORTED_MEDIA_TYPE'],
  [new errorCodes.FST_ERR_CTP_EMPTY_JSON_BODY(), 'MALFORMED_JSON'],
  [new errorCodes.FST_ERR_CTP_INVALID_CONTENT_LENGTH(), 'MALFORMED_JSON'],
  [new errorCodes.FST_ERR_BAD_URL('/%zz'), 'VALIDATION_FAILED'],
  [Object.assign(new Error(), { code: 'FST_ERR_MAX_PARAM_LENGTH' }), 'VALIDATION_FAILED'],
  [new NotFoundException(), 'ROUTE_NOT_FOUND'],
])('%s', (error, code) => {
  expect(fromFramework(error)?.code).toBe(code);
});

it.each(['EMFILE', 'ENFILE', 'ENOSPC', 'EDQUOT'])('%s is temporary, and its cause is logged', (code) => {
  const error = Object.assign(new Error(), { code, syscall: 'open' });
  expect(fromFramework(error)).toMatchObject({ code: 'UNAVAILABLE', cause: error });
});

it.each([
  new BadRequestException(),
  new errorCodes.FST_ERR_CTP_INVALID_TYPE(),
  new Error('FST_ERR_BAD_URL'),
  { code: 'FST_ERR_BAD_URL' },
  'FST_ERR_BAD_URL',
  null,
])('does not know %s', (error) => {
  expect(fromFramework(error)).toBeNull();
});

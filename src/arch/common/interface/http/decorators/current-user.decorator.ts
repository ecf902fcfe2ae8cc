import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { principalOf } from '../../principal-of.js';

/** The principal of the verified token, on routes and on socket events. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext) =>
  principalOf(context),
);

import { Reflector } from '@nestjs/core';
import { expect, it } from 'vitest';
import { rememberingReflector } from './remembering-reflector.js';

const Marked = Reflector.createDecorator<string>();

class Base {
  @Marked('the handler')
  marked(this: void): string {
    return 'marked';
  }

  plain(this: void): string {
    return 'plain';
  }
}

@Marked('one')
class One extends Base {}

@Marked('other')
class Other extends Base {}

class Unmarked extends Base {}

it('answers as Reflector does, the first time and again, also for a handler that classes share', () => {
  const reflector = rememberingReflector();
  const { marked, plain } = Base.prototype;
  const ask = () =>
    [One, Other, Unmarked].flatMap((owner) =>
      [plain, marked].map((handler) => reflector.getAllAndOverride(Marked, [handler, owner])),
    );
  const expected = ['one', 'the handler', 'other', 'the handler', undefined, 'the handler'];
  expect(ask()).toEqual(expected);
  expect(ask()).toEqual(expected);
});

import { assert } from 'fast-check';
import { it } from 'vitest';
import {
  pagesAreTheNaiveList,
  pagesBeginBehindTheirCursor,
  useConversationLists,
} from '../../../../../../test/contract/conversation-list.properties.js';

useConversationLists();

it('the pages are the naive list, whatever the activities and the size of a page', () =>
  assert(pagesAreTheNaiveList, { numRuns: 5 }));

it('a page begins behind its cursor, whether that place is taken or not', () =>
  assert(pagesBeginBehindTheirCursor, { numRuns: 4 }));

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { VisibilityReports } from '../../src/arch/common/application/visibility-reports.js';
import { LocalBusAdapter } from '../../src/arch/common/infrastructure/redis/local-bus.adapter.js';
import { VisibilityChangesAdapter } from '../../src/arch/modules/presence/infrastructure/adapters/visibility-changes.adapter.js';
import { BusFake } from '../fakes/bus.fake.js';
import { VisibilityChangesFake } from '../fakes/visibility-changes.fake.js';
import { describeVisibilityChangesContract } from './visibility-changes.contract.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describeVisibilityChangesContract('the fake', () => {
  const visibility = new VisibilityChangesFake();
  return { visibility, changeVisibility: (userId) => visibility.changeVisibility(userId) };
});

describeVisibilityChangesContract('what the modules report', () => {
  const reports = new VisibilityReports();
  return {
    visibility: new VisibilityChangesAdapter(reports, new LocalBusAdapter()),
    changeVisibility: (userId) => reports.reportChange(userId),
  };
});

function startNode() {
  const [reports, bus] = [new VisibilityReports(), new BusFake()];
  const visibility = new VisibilityChangesAdapter(reports, bus);
  const changed: string[] = [];
  visibility.onChange((userId) => changed.push(userId));
  return { reports, bus, visibility, changed };
}

it('other nodes receive the changes of a moment in one message, each user once, and publish nothing themselves', () => {
  const [one, two] = [startNode(), startNode()];
  for (const userId of ['ada', 'bob', 'ada']) one.reports.reportChange(userId);
  vi.advanceTimersByTime(50);
  expect(one.bus.published).toHaveLength(1);
  for (const { channel, message } of one.bus.published) two.bus.deliverMessage(channel, message);
  vi.advanceTimersByTime(1_000);
  expect([two.changed, two.bus.published]).toEqual([['ada', 'bob'], []]);
});

it('publishes a thousand users in a message at most, and what waits when the node stops', () => {
  const { reports, bus, visibility } = startNode();
  for (let index = 0; index < 2_500; index += 1) reports.reportChange(`user-${index}`);
  visibility.onApplicationShutdown();
  expect(bus.published.map(({ message }) => JSON.parse(message).length)).toEqual([1_000, 1_000, 500]);
  visibility.onApplicationShutdown();
  expect([bus.published.length, vi.getTimerCount()]).toEqual([3, 0]);
});

it('drops messages that are none', () => {
  const { bus, changed } = startNode();
  for (const message of ['', '{', '{}', '[1]', `["${'x'.repeat(37)}"]`])
    bus.deliverMessage('visibility', message);
  expect(changed).toEqual([]);
});

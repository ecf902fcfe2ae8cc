import { expect, it } from 'vitest';
import { RouteTable } from './route-table.js';

const table = new RouteTable();
table.addRoute({ method: ['GET', 'HEAD'], url: '/posts/:id' });
table.addRoute({ method: 'DELETE', url: '/posts/:id' });
table.addRoute({ method: 'POST', url: '/posts/mine' });
table.addRoute({ method: 'GET', url: '/files/*' });
table.addRoute({ method: 'GET', url: '/a.b' });

it.each([
  ['/posts/1', ['DELETE', 'GET', 'HEAD']],
  ['/posts/1?x=/y', ['DELETE', 'GET', 'HEAD']],
  ['/posts/mine', ['DELETE', 'GET', 'HEAD', 'POST']],
  ['/files/a/b.png', ['GET']],
])('%s has other methods', (address, allowed) => {
  expect(table.refusalOf(address)).toMatchObject({ code: 'METHOD_NOT_ALLOWED', allowed });
});

it.each(['/', '/posts', '/posts/', '/posts/1/2', '/x/posts/1', '/aXb', '*', ''])(
  '%j is nothing with any method',
  (address) => {
    expect(table.refusalOf(address).code).toBe('ROUTE_NOT_FOUND');
  },
);

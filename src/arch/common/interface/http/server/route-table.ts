import { MethodNotAllowedError } from '../../../domain/errors/method-not-allowed.error.js';
import { RouteNotFoundError } from '../../../domain/errors/route-not-found.error.js';

interface Route {
  readonly method: string | readonly string[];
  readonly url: string;
}

/** The methods of each path; the router can only find a path together with its method. */
export class RouteTable {
  private readonly methods = new Map<string, Set<string>>();

  addRoute({ method, url }: Route): void {
    const known = this.methods.get(url) ?? new Set<string>();
    this.methods.set(url, known);
    for (const name of [method].flat()) known.add(name);
  }

  /**
   * The reason why a request has no route.
   * @param address the requested path with its query
   */
  refusalOf(address: string): MethodNotAllowedError | RouteNotFoundError {
    const path = (address.split('?', 1)[0] ?? '').split('/');
    const matching = [...this.methods].filter(([url]) => isAt(path, url.split('/')));
    const allowed = new Set(matching.flatMap(([, methods]) => [...methods]));
    return allowed.size > 0 ? new MethodNotAllowedError([...allowed].toSorted()) : new RouteNotFoundError();
  }
}

/** `:id` matches any one segment, `*` any rest. */
function isAt(path: readonly string[], route: readonly string[]): boolean {
  const fits = (part: string, index: number): boolean => {
    const given = path[index];
    if (part === '*') return given !== undefined;
    return part.startsWith(':') ? given !== undefined && given !== '' : given === part;
  };
  return (route.length === path.length || route.at(-1) === '*') && route.every(fits);
}

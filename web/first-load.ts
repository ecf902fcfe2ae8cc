/** What rolldown knows of a module. */
interface Graph {
  getModuleInfo(id: string): { readonly isEntry: boolean; readonly importers: readonly string[] } | null;
}

/** Both languages use it, so that it would be a file of its own. */
const OF_TEXTS = /\/src\/texts\/plural\.ts$/;

/**
 * Everything that is loaded with the page stands in one file, `first`: otherwise each set of modules that something lazy shares
 * with the page would be a file, and the first load thirty requests.
 */
export function firstLoad(): (id: string, graph: Graph) => string | null {
  const known = new Map<string, boolean>();
  function isFirst(id: string, graph: Graph): boolean {
    const found = known.get(id);
    if (found !== undefined) return found;
    // Modules that import each other are not first because of each other.
    known.set(id, false);
    const info = graph.getModuleInfo(id);
    const is = info !== null && (info.isEntry || info.importers.some((importer) => isFirst(importer, graph)));
    known.set(id, is);
    return is;
  }
  return (id, graph) => (OF_TEXTS.test(id) || isFirst(id, graph) ? 'first' : null);
}

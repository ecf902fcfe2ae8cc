import { parseAst } from 'vitest/node';

/** The parts of a syntax tree (ESTree) that are read here. */
interface Node {
  readonly type: string;
  readonly [part: string]: unknown;
}
type Numbers = Map<string, number>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;
const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);
const parse = (text: string): Node[] => childrenOf(parseAst(text, { lang: 'ts' }) as unknown as Node);

/**
 * The named numbers of a module: its constants in capitals, and their fields (`LIMITS.waiting`), with their values.
 * Values that are computed from other modules or at run time are not included.
 */
export function namedNumbers(text: string): Numbers {
  const found: Numbers = new Map();
  for (const statement of parse(text)) {
    const declaration = isNode(statement['declaration']) ? statement['declaration'] : statement;
    if (declaration.type !== 'VariableDeclaration') continue;
    for (const { id, init } of childrenOf(declaration)) {
      if (isNode(id) && isNode(init) && /^[A-Z][A-Z\d_]+$/.test(String(id['name'])))
        collect(String(id['name']), init, found);
    }
  }
  return found;
}

function collect(name: string, node: Node, found: Numbers): void {
  const value = unwrap(node);
  const number = numberOf(value, found);
  if (number !== undefined) found.set(name, number);
  if (value.type === 'ObjectExpression') {
    for (const { key, value: field } of childrenOf(value)) {
      if (isNode(key) && isNode(field))
        collect(`${name}.${String(key['name'] ?? key['value'])}`, field, found);
    }
  }
  if (value.type === 'ArrayExpression') {
    for (const [index, element] of childrenOf(value).entries()) {
      if (unwrap(element).type === 'ObjectExpression') collect(`${name}.${index}`, element, found);
    }
  }
}

/** Unwraps syntax of the type checker: `as const`, `satisfies …`. */
function unwrap(node: Node): Node {
  return node.type.startsWith('TS') && isNode(node['expression']) ? unwrap(node['expression']) : node;
}

function numberOf(node: Node, known: Numbers): number | undefined {
  if (node.type === 'Literal') return typeof node['value'] === 'number' ? node['value'] : undefined;
  if (node.type === 'Identifier') return known.get(String(node['name']));
  if (node.type !== 'BinaryExpression') return undefined;
  const [left, right] = childrenOf(node).map((side) => numberOf(unwrap(side), known));
  if (left === undefined || right === undefined) return undefined;
  const results: Readonly<Record<string, number>> = {
    '+': left + right,
    '-': left - right,
    '*': left * right,
    '/': left / right,
    '**': left ** right,
  };
  return results[String(node['operator'])];
}

/** Functions and methods whose number arguments are bounds or times. */
const FUNCTIONS =
  /^(?:text|name|visibleText|parameterWithDefault|boundedCache|setTimeout|setInterval|delay|pause)$/;
const METHODS = /^(?:max|min|length)$/;
/** Fields whose numbers are bounds or times. */
const FIELDS = /timeout|limit|max|most|size|bytes|alive|patience|retries|attempts/i;

/** Bounds and times without a name in a module, as they are written. */
export function namelessLimits(text: string): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (boundsOf(node).some(isLarge)) found.push(written(text, node));
    childrenOf(node).forEach(visit);
  };
  for (const statement of parse(text)) {
    const isConstant = /^(?:export )?const [A-Z][A-Z\d_]+\b/.test(written(text, statement));
    if (!isConstant) visit(statement);
  }
  return found;
}

/** The expressions in places of bounds or times. */
function boundsOf({ type, callee, arguments: given, key, value }: Node): Node[] {
  if (type === 'Property')
    return isNode(key) && isNode(value) && FIELDS.test(String(key['name'])) ? [value] : [];
  if (type !== 'CallExpression' || !isNode(callee)) return [];
  const isBounding = isNode(callee['property'])
    ? METHODS.test(String(callee['property']['name']))
    : FUNCTIONS.test(String(callee['name']));
  return isBounding && Array.isArray(given) ? given.filter(isNode) : [];
}

/** 0, 1 and 2 are not limits. */
const isLarge = ({ type, value }: Node): boolean =>
  type === 'Literal' && typeof value === 'number' && value > 2;

const written = (text: string, node: Node): string =>
  text.slice(Number(node['start']), Number(node['end'])).replaceAll(/\s+/g, ' ');

// Does a name mean the global, or something that the file itself declares? Enough of JavaScript's scoping for lint.

type Node = Deno.lint.Node;
type Loose = { readonly [key: string]: unknown };

/**
 * Whether an identifier is read or written as a value that no enclosing scope declares, so that it means the global.
 *
 * Property names, labels, import and export names and names in types are not values. A `declare const Date` adds no
 * value, so it does not count as a declaration.
 */
export function isGlobal(node: Deno.lint.Identifier): boolean {
  if (!isValue(node)) return false;
  for (let scope: Node | undefined = parentOf(node); scope; scope = parentOf(scope)) {
    if (declaredIn(scope).includes(node.name)) return false;
  }
  return true;
}

function isValue(node: Deno.lint.Identifier): boolean {
  const parent = parentOf(node) as (Node & Loose) | undefined;
  if (!parent) return true;
  const isPart = (part: string) => sameRange(parent[part] as Node | undefined, node);
  switch (parent.type) {
    case "MemberExpression":
      return parent.computed || !isPart("property");
    case "Property":
      return parent.computed || parent.shorthand || !isPart("key");
    case "MethodDefinition":
    case "PropertyDefinition":
      return parent.computed || !isPart("key");
    case "ExportSpecifier":
      return isPart("local") && !(parentOf(parent) as unknown as Loose).source;
    case "ImportSpecifier":
    case "ImportAttribute":
    case "ExportAllDeclaration":
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "MetaProperty":
    case "TSEnumMember":
      // Only an enum member has an initialiser; everything else in these nodes is a name.
      return isPart("initializer");
    default:
      // What is left of TypeScript's own nodes are types, but for the wrappers that hold an expression.
      return !parent.type.startsWith("TS") ||
        /^TS(As|Satisfies|NonNull|Instantiation|TypeAssertion|ExportAssignment)/.test(parent.type);
  }
}

/** The names that a node declares for what stands inside it. */
function declaredIn(scope: Node): string[] {
  const loose = scope as unknown as Loose;
  if (Array.isArray(loose.params)) {
    const own = scope.type === "FunctionExpression" ? namesOf(loose.id as Node) : [];
    return [...own, ...(loose.params as Node[]).flatMap(namesOf)];
  }
  switch (scope.type) {
    case "Program":
    case "BlockStatement":
    case "TSModuleBlock":
      return scope.body.flatMap((statement) => declaredBy(statement));
    case "SwitchStatement":
      return scope.cases.flatMap((one) => one.consequent.flatMap((statement) => declaredBy(statement)));
    case "ForStatement":
      return declaredBy(scope.init);
    case "ForInStatement":
    case "ForOfStatement":
      return declaredBy(scope.left);
    case "CatchClause":
      return namesOf(scope.param);
    case "ClassExpression":
      return namesOf(scope.id);
    default:
      return [];
  }
}

/** The names that a statement adds to the scope around it. */
function declaredBy(statement: Node | null): string[] {
  if (!statement) return [];
  switch (statement.type) {
    case "VariableDeclaration":
      return statement.declare ? [] : statement.declarations.flatMap((one) => namesOf(one.id));
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
      return statement.declare ? [] : namesOf(statement.id);
    case "TSImportEqualsDeclaration":
      return namesOf(statement.id);
    case "ImportDeclaration":
      return statement.specifiers.flatMap((one) => namesOf(one.local));
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
      return declaredBy(statement.declaration);
    default:
      return [];
  }
}

/** The names that a pattern binds. */
function namesOf(pattern: Node | Deno.lint.TSParameterProperty | null | undefined): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((one) => namesOf(one.type === "Property" ? one.value : one));
    case "ArrayPattern":
      return pattern.elements.flatMap(namesOf);
    case "AssignmentPattern":
      return namesOf(pattern.left);
    case "RestElement":
      return namesOf(pattern.argument);
    case "TSParameterProperty":
      return namesOf(pattern.parameter);
    default:
      return [];
  }
}

function parentOf(node: Node): Node | undefined {
  return (node as unknown as { parent?: Node }).parent;
}

function sameRange(a: Node | undefined | null, b: Node): boolean {
  return a?.type === b.type && a.range[0] === b.range[0] && a.range[1] === b.range[1];
}

import ts from 'typescript';

/** The props that the programs give, as `Interface.prop` with the interface in which it is declared. */
export function givenProps(program: ts.Program, files: readonly string[]): Set<string> {
  const checker = program.getTypeChecker();
  const given = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const expected = checker.getContextualType(node);
      const type = expected && checker.getNonNullableType(expected);
      for (const { name } of node.properties) {
        const declared = name && type?.getProperty(name.getText())?.declarations?.[0].parent;
        if (declared && ts.isInterfaceDeclaration(declared)) {
          given.add(`${declared.name.text}.${name.getText()}`);
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  files.forEach((file) => visit(program.getSourceFile(file)!));
  return given;
}

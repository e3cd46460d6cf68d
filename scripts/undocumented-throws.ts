import ts from 'typescript';

/**
 * Public methods and constructors of exported classes that can throw and whose comment has no `@throws`.
 *
 * A function can throw if it, or a function of the same sources that it calls, contains `throw`. A `catch`
 * is not taken into account, and a function that is only assigned to something runs later.
 *
 * @returns their names, such as `Drain.sleep`
 */
export function undocumentedThrows(fileNames: string[], options: ts.CompilerOptions): string[] {
  const program = ts.createProgram(fileNames, options);
  const checker = program.getTypeChecker();

  function canThrow(node: ts.Node, visited: Set<ts.Node>): boolean {
    if (ts.isThrowStatement(node)) {
      return true;
    }
    if (ts.isArrowFunction(node) && ts.isBinaryExpression(node.parent)) {
      return false;
    }
    const callee =
      ts.isCallExpression(node) || ts.isNewExpression(node)
        ? checker.getResolvedSignature(node)?.declaration
        : undefined;
    if (callee && !callee.getSourceFile().isDeclarationFile && !visited.has(callee)) {
      visited.add(callee);
      if (canThrow(callee, visited)) {
        return true;
      }
    }
    return ts.forEachChild(node, (child) => canThrow(child, visited)) ?? false;
  }

  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileNames.includes(fileName))
    .flatMap(({ statements }) => statements.filter(ts.isClassDeclaration).filter(isExported))
    .flatMap((declaration) =>
      declaration.members
        .filter((member) => ts.isMethodDeclaration(member) || ts.isConstructorDeclaration(member))
        .filter((member) => isPublic(member) && canThrow(member, new Set()) && !documentsThrow(member))
        .map((member) => `${declaration.name?.text}.${member.name?.getText() ?? 'constructor'}`),
    );
}

function isExported(declaration: ts.ClassDeclaration): boolean {
  return Boolean(ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export);
}

function isPublic(member: ts.Declaration): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return !(ts.getCombinedModifierFlags(member) & hidden);
}

function documentsThrow(member: ts.Node): boolean {
  return ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'throws');
}

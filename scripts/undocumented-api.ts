/** What this check reads of a part of the API: of a type, a member or a parameter. */
interface Part {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly default?: string };
  readonly optional?: boolean;
  readonly parameters?: readonly Part[];
}

/** What this check reads of a type. */
interface Type extends Part {
  readonly kind: 'class' | 'interface' | 'enum';
  readonly initializer?: Omit<Part, 'name'>;
  readonly methods?: readonly Part[];
  readonly properties?: readonly Part[];
  readonly members?: readonly Part[];
}

/** What this check reads of a jsii assembly. */
export interface Assembly {
  readonly types: { readonly [fqn: string]: Type };
}

/**
 * Parts of the public API whose comment lacks something: a whole summary, or `@default` on an optional prop.
 *
 * @returns one line for each, such as `HealthCheck.http(path): no summary`
 */
export function undocumentedApi({ types }: Assembly): string[] {
  return Object.values(types).flatMap((type) => [
    ...summaryGaps(type.name, type),
    ...parameters(`${type.name}.constructor`, type.initializer),
    ...[...(type.methods ?? []), ...(type.properties ?? []), ...(type.members ?? [])].flatMap((member) => [
      ...summaryGaps(`${type.name}.${member.name}`, member),
      ...parameters(`${type.name}.${member.name}`, member),
    ]),
    ...(type.kind === 'interface' ? (type.properties ?? []) : [])
      .filter(({ optional, docs }) => optional && !docs?.default)
      .map(({ name }) => `${type.name}.${name}: no @default`),
  ]);
}

function parameters(callable: string, part: Omit<Part, 'name'> = {}): string[] {
  return (part.parameters ?? []).flatMap((parameter) =>
    summaryGaps(`${callable}(${parameter.name})`, parameter),
  );
}

function summaryGaps(name: string, { docs }: Part): string[] {
  if (!docs?.summary) {
    return [`${name}: no summary`];
  }
  // jsii takes a semicolon for the end of a sentence, so API.md would show half of it.
  return docs.summary.endsWith(';') ? [`${name}: the summary is cut off after "${docs.summary}"`] : [];
}

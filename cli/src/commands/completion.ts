import type { CommandSpec, Option, Parsed } from '../shared/command-line.js';
import { UsageError } from '../shared/errors.js';

const SHELLS: Readonly<Record<string, (commands: readonly CommandSpec[]) => string>> = { bash, zsh, fish };

/** `zero-downtime completion` of some commands. */
export function completionOf(commands: readonly CommandSpec[]): CommandSpec {
  const shells = Object.keys(SHELLS);
  const completion: CommandSpec = {
    name: 'completion',
    summary: 'print what completes the command line in a shell',
    usage: shells.join(' | '),
    description: 'Prints a script with which a shell completes commands, options and their values.',
    options: {},
    choices: shells,
    more: `To use it, add the line of your shell to its configuration:
  source <(zero-downtime completion bash)      in ~/.bashrc
  source <(zero-downtime completion zsh)       in ~/.zshrc, after compinit
  zero-downtime completion fish | source       in ~/.config/fish/config.fish`,
    run: ({ positionals, rest = [] }: Parsed) => {
      const [shell, extra] = [...positionals, ...rest];
      if (extra !== undefined || !shells.includes(shell)) {
        throw new UsageError(`completion: write one of ${shells.join(', ')}`);
      }
      process.stdout.write(SHELLS[shell]([...commands, completion]));
      return Promise.resolve(0);
    },
  };
  return completion;
}

function optionsOf({ options }: CommandSpec): [string, Option][] {
  return [
    ...Object.values(options).flatMap((group) => Object.entries(group)),
    ['help', { help: 'show the help' }],
  ];
}

function bash(commands: readonly CommandSpec[]): string {
  // The first of these cases that fits "COMP_CWORD COMMAND PREVIOUS CURRENT" decides.
  const cases = [
    [`'1 '*`, commands.map(({ name }) => name)],
    ...commands.flatMap((command) =>
      optionsOf(command)
        .filter(([, { value }]) => value !== undefined)
        .map(([name, { choices = [] }]) => [`*' ${command.name} --${name} '*`, choices] as const),
    ),
    ...commands.map((command) => {
      const names = optionsOf(command).map(([name]) => `--${name}`);
      return [`*' ${command.name} '*' -'*`, names] as const;
    }),
    ...commands.map(({ name, choices = [] }) => [`*' ${name} '*`, choices] as const),
  ] as const;
  // Where there are no words, -o default completes the names of files.
  return `_zero_downtime() {
  local current=\${COMP_WORDS[COMP_CWORD]} words=
  case "$COMP_CWORD \${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD - 1]} $current" in
${cases.map(([pattern, words]) => `    ${pattern}) words='${words.join(' ')}' ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _zero_downtime zero-downtime
`;
}

function zsh(commands: readonly CommandSpec[]): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const help = (text: string) => text.replace(/[[\]:\\]/g, '\\$&');
  const names = commands.map(({ name, summary }) => quoted(`${name}:${help(summary)}`));
  const cases = commands.map((command) => {
    const options = optionsOf(command).map(([name, { value, choices, multiple, help: text }]) => {
      const values = choices ? `(${choices.join(' ')})` : '_files';
      const argument = value === undefined ? '' : `:${help(value)}:${values}`;
      return quoted(`${multiple ? '*' : ''}--${name}[${help(text)}]${argument}`);
    });
    const rest = command.choices ? `(${command.choices.join(' ')})` : '_files';
    return `    ${command.name}) _arguments ${[...options, quoted(`*: :${rest}`)].join(' \\\n      ')} ;;`;
  });
  return `_zero_downtime() {
  local -a commands=(${names.join(' ')})
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  shift words
  ((CURRENT--))
  case $words[1] in
${cases.join('\n')}
  esac
}
compdef _zero_downtime zero-downtime
`;
}

function fish(commands: readonly CommandSpec[]): string {
  const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
  const lines = commands.flatMap((command) => {
    const inCommand = quoted(`__fish_seen_subcommand_from ${command.name}`);
    const options = optionsOf(command).map(([name, { value, choices, help }]) => {
      const argument = choices ? ` -x -a ${quoted(choices.join(' '))}` : value === undefined ? '' : ' -r';
      return `complete -c zero-downtime -n ${inCommand} -l ${name}${argument} -d ${quoted(help)}`;
    });
    return [
      `complete -c zero-downtime -n __fish_use_subcommand -f -a ${command.name} -d ${quoted(command.summary)}`,
      ...(command.choices
        ? [`complete -c zero-downtime -n ${inCommand} -f -a ${quoted(command.choices.join(' '))}`]
        : []),
      ...options,
    ];
  });
  return `${lines.join('\n')}\n`;
}

import { readFileSync } from 'node:fs';
import { ChildError, run } from '../child.js';
import { isForbidden, missingPermissions } from './permissions.js';
import { readRefusals, type Refusal } from './refusals.js';

/** Which cluster is asked, as options of kubectl; without them, what the kubeconfig says. */
export interface LiveOptions {
  /** A context of the kubeconfig. */
  readonly context?: string;
  /** The namespace of objects that name none. */
  readonly namespace?: string;
  /** Whether all objects are applied without being kept, so that the API server says what it refuses. */
  readonly serverDryRun?: boolean;
}

/** Why a cluster cannot be asked, and what to do, in one line. */
export class LiveError extends Error {
  override name = 'LiveError';
}

/** What kubectl answered. */
export interface Answer {
  readonly stdout: string;
  /** Permissions that are missing, each once. */
  readonly missing: readonly string[];
}

/** The time for one answer of the cluster. */
const REQUEST_SECONDS = 20;
/** The time for kubectl, including a login, several requests and many objects. */
const PROCESS_SECONDS = 120;
const MAX_BYTES = 64 * 1024 * 1024;

/** Asks the kubectl on PATH, which knows every way to log in to a cluster. Nothing is changed in it. */
export class Kubectl {
  constructor(private readonly options: LiveOptions) {}

  /** The namespace of objects that name none: --namespace, that of the context, or default. */
  async namespace(): Promise<string> {
    const { namespace, context } = this.options;
    const { stdout, stderr, status } = await this.run([
      'config',
      'view',
      '--minify',
      '-o=jsonpath={.contexts[0].context.namespace}',
    ]);
    if (status === 0) {
      return namespace ?? (stdout.trim() || 'default');
    }
    if (context !== undefined && /context/.test(stderr)) {
      throw new LiveError(`the kubeconfig has no context ${context}; kubectl config get-contexts lists them`);
    }
    if (!/current-context must exist/.test(stderr)) {
      throw new LiveError(whyFailed(stderr));
    }
    const ofPod = podNamespace();
    if (ofPod !== undefined) {
      return namespace ?? ofPod;
    }
    throw new LiveError('there is no kubeconfig with a current context; set KUBECONFIG, or write --context');
  }

  /** The kinds that the cluster knows and that can be read, as a table without a header. */
  async kinds(): Promise<{ readonly table: string; readonly unknownGroups: string }> {
    const { stdout, stderr, status } = await this.run(['api-resources', '--verbs=get,list', '--no-headers']);
    // If the API of an extension does not answer, all other groups are still listed.
    const isPart = stdout !== '' && /unable to retrieve the complete list of server APIs/.test(stderr);
    if (status !== 0 && !isPart) {
      throw new LiveError(whyFailed(stderr));
    }
    return { table: stdout, unknownGroups: isPart ? stderr : '' };
  }

  /** Reads objects as one JSON document, as far as they exist and may be read. */
  async get(args: readonly string[], input?: string): Promise<Answer> {
    const { stdout, stderr, status } = await this.run(
      ['get', ...args, '--ignore-not-found', '--show-managed-fields', '-o=json'],
      input,
    );
    const others = linesOf(stderr).filter((line) => !isForbidden(line) && !UNKNOWN_KIND.test(line));
    if (status !== 0 && others.length > 0) {
      throw new LiveError(whyFailed(stderr));
    }
    return { stdout, missing: missingPermissions(stderr) };
  }

  /**
   * Applies the files of a folder without keeping anything, and returns what is refused. One of them has to be refused in any
   * case: kubectl does not name the file of a refusal that is the only one.
   */
  async applyDryRun(folder: string): Promise<readonly Refusal[]> {
    const { stderr } = await this.run(['apply', '--dry-run=server', `--filename=${folder}`]);
    const refusals = readRefusals(stderr);
    if (refusals.length === 0) {
      throw new LiveError(whyFailed(stderr));
    }
    return refusals;
  }

  private async run(args: readonly string[], input = ''): Promise<Ended> {
    const { context } = this.options;
    const all = [
      ...args,
      ...(context === undefined ? [] : [`--context=${context}`]),
      `--request-timeout=${REQUEST_SECONDS}s`,
    ];
    try {
      const { stdout, stderr, status } = await run('kubectl', all, {
        input,
        timeoutMs: PROCESS_SECONDS * 1000,
        maxBytes: MAX_BYTES,
        // No aliases and defaults of the user, and no translations.
        env: { ...process.env, LC_ALL: 'C', KUBECTL_KUBERC: 'false' },
      });
      return { stdout: stdout.toString(), stderr, status };
    } catch (error) {
      if (!(error instanceof ChildError)) {
        throw error;
      }
      throw new LiveError(whyNotRun(error.code));
    }
  }
}

/** The namespace that kubectl takes in a pod without a kubeconfig; none outside of a pod. */
function podNamespace(): string | undefined {
  if (!process.env.KUBERNETES_SERVICE_HOST) {
    return undefined;
  }
  try {
    const file = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';
    return process.env.POD_NAMESPACE || readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

function whyNotRun(code: string | undefined): string {
  if (code === 'ENOENT') {
    return 'there is no kubectl on PATH; install it, or compare with files or git:';
  }
  if (code === 'ENOBUFS') {
    return `the answer is larger than ${MAX_BYTES / 1024 / 1024} MB`;
  }
  if (code === 'ETIMEDOUT') {
    return `kubectl did not end in ${PROCESS_SECONDS} s; does it wait for a login?`;
  }
  return `kubectl cannot be run (${code ?? 'unknown reason'})`;
}

/** Lines of kubectl's own log and warnings, which repeat the failure or say nothing about it. */
const NOISE = /^(?:[EWIF]\d{4} |Warning: |\s*$)/;

/** A kind that existed when the kinds were listed and has been removed since. */
const UNKNOWN_KIND = /no matches for kind/;

function linesOf(stderr: string): readonly string[] {
  return stderr.split('\n').filter((line) => !NOISE.test(line));
}

function whyFailed(stderr: string): string {
  const [line = 'it says nothing'] = linesOf(stderr).filter(
    (one) => !isForbidden(one) && !UNKNOWN_KIND.test(one),
  );
  const text = line.replace(/^error: /, '').replace(/[.\s]+$/, '');
  const [, unreachable] = /^Unable to connect to the server: (.*)$/.exec(text) ?? [];
  const [, refused] = /^The connection to the server (\S+) was refused/.exec(text) ?? [];
  if (/deadline exceeded|Client\.Timeout|i\/o timeout|Timeout exceeded|TLS handshake timeout/i.test(text)) {
    return 'the cluster did not answer in time; is it reachable from here? try kubectl version';
  }
  if (/Unauthorized|must be logged in|provide credentials/.test(text)) {
    return 'the cluster does not take the credentials of the kubeconfig; log in again, and try kubectl auth whoami';
  }
  if (refused !== undefined) {
    return `the cluster cannot be reached: ${refused} refuses connections; try kubectl version`;
  }
  if (unreachable !== undefined) {
    return `the cluster cannot be reached: ${unreachable}; try kubectl version`;
  }
  return `kubectl failed: ${text}`;
}

import type { FileHashes } from '../../figures/files';

/** Where, when and with what the proof ran. */
export interface Run {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGiB: number;
  /** The command that writes the same report again. */
  readonly command: string;
  /** Component versions. */
  readonly versions: Readonly<Record<string, string>>;
  readonly date: string;
  /** The manifests that were applied. */
  readonly files: FileHashes;
  readonly minutes: number;
}

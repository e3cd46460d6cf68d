import { App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * Whether a validation repeats an earlier one of the same synthesis.
 *
 * cdk8s validates the whole app when `synth` or `synthYaml` begins, and again before it renders each chart. Nothing
 * changes in between, so one validation of all is enough: otherwise an app of 100 charts is checked 101 times.
 */
export class Synthesis {
  private running = false;
  private validated = false;

  /**
   * @param root the app. Where a class of the user has its own way to synthesize, no validation counts as repeated.
   */
  constructor(private readonly root: IConstruct) {
    const { synth, synthYaml } = App.prototype;
    if (root instanceof App && root.synth === synth && root.synthYaml === synthYaml) {
      root.synth = () => this.run(() => synth.call(root), root.synth);
      root.synthYaml = () => this.run(() => synthYaml.call(root), root.synthYaml);
    }
  }

  /** Whether everything was validated already since the synthesis began. Called once in each validation. */
  public isRepeated(): boolean {
    const repeated = this.running && this.validated;
    this.validated = true;
    return repeated;
  }

  private run<T>(synthesize: () => T, calledByUser: () => T): T {
    this.validated = false;
    this.running = this.root.node.findAll().every((each) => !(each instanceof Chart) || isPlain(each));
    try {
      return synthesize();
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('Validation failed')) {
        // Points to the user's own line, as what was refused is in the message.
        Error.captureStackTrace(error, calledByUser);
      }
      throw error;
    } finally {
      this.running = false;
    }
  }
}

/** Whether cdk8s alone renders the chart, so that nothing in it changes meanwhile. */
function isPlain(chart: Chart): boolean {
  return chart.toJson === Chart.prototype.toJson;
}

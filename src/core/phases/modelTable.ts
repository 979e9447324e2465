import { OTHER_REQUEST, PHASE_MODELS } from './models';
import type { PhaseModel } from './model';

/** What a message name can mean for an open phase of a model. */
export type AnswerKind = 'success' | 'failure' | 'other';

/** Phase models by number, made ready for the tracer's questions. */
export class ModelTable {
  readonly models: readonly PhaseModel[];
  private readonly byRequest = new Map<string, number>();
  private readonly byId = new Map<string, number>();
  private readonly answers: readonly ReadonlyMap<string, AnswerKind>[];
  private readonly terminal = new Set<string>();
  private readonly following = new Set<string>();
  /** Numbers of the models whose completion ends what others left live. */
  private readonly enders: ReadonlySet<number>;

  constructor(models: readonly PhaseModel[] = PHASE_MODELS) {
    this.models = [...models, OTHER_REQUEST];
    for (const [index, model] of this.models.entries()) {
      this.byId.set(model.id, index);
      // The first model of a request is the one that it begins; later ones are what it may turn into.
      if (model.request !== '' && !this.byRequest.has(model.request)) {
        this.byRequest.set(model.request, index);
      }
      for (const name of model.followedBy ?? []) {
        this.following.add(name);
      }
    }
    this.enders = new Set(
      this.models.flatMap(({ endedBy }) => {
        const ender = endedBy === undefined ? undefined : this.byId.get(endedBy);
        return ender === undefined ? [] : [ender];
      }),
    );
    this.answers = this.models.map((model) => {
      const answers = new Map<string, AnswerKind>();
      for (const name of model.success) {
        answers.set(name, 'success');
        this.terminal.add(name);
      }
      for (const { event } of model.failure) {
        answers.set(event, 'failure');
        this.terminal.add(event);
      }
      return answers;
    });
  }

  /** True for the models whose completion ends what phases of other models left live. */
  endsOthers(model: number): boolean {
    return this.enders.has(model);
  }

  model(index: number): PhaseModel {
    const model = this.models[index];
    if (model === undefined) {
      throw new RangeError(`No phase model ${index}`);
    }
    return model;
  }

  /** False for the model that stands for requests that no documented one begins with. */
  isDocumented(model: number): boolean {
    return model < this.models.length - 1;
  }

  /** The model that a request begins; undefined when the name is no request. */
  begunBy(name: string): number | undefined {
    return (
      this.byRequest.get(name) ?? (name.startsWith('Request') ? this.models.length - 1 : undefined)
    );
  }

  indexOf(id: string): number | undefined {
    return this.byId.get(id);
  }

  /** What an event with the request's reference means for a phase of this model. */
  answer(model: number, name: string): AnswerKind {
    const known = this.answers[model]?.get(name);
    return known ?? (this.model(model).anyAnswer === true ? 'success' : 'other');
  }

  /** True for events that some model ends with: such an event without a request is unmatched. */
  endsSomething(name: string): boolean {
    return this.terminal.has(name);
  }

  /** True for notifications that follow some phase. */
  follows(name: string): boolean {
    return this.following.has(name);
  }
}

/** Playback in the view: its buttons, the ladder's selection, the position on the time strip, what is remembered. */
import { toDisposable } from '../../core/base/disposable';
import type {
  PlayGoal,
  PlayStop,
  TraceOverview,
  TraceViewMethods,
  TraceViewState,
} from '../../bridge/traceView';
import { setHidden } from '../base/dom';
import type { LadderView, SelectedRow } from '../ladder/ladderView';
import { prefersStillness } from './motion';
import { PlayBar } from './playBar';
import { PlayRun } from './playRun';
import { speedBeside, speedWords } from './speeds';

/** Milliseconds of the reader for which a skipped pause is told. */
const SKIPPED_SHOWN_MS = 1500;

export interface PlaybackOptions {
  readonly host: Pick<TraceViewMethods, 'playAt' | 'playStep'>;
  readonly ladder: LadderView;
  /** What an earlier page has left. */
  readonly restored: TraceViewState | undefined;
  /** Shows a message that playback has come to. */
  readonly show: (stop: PlayStop) => void;
  /** Shows the position on the time strip (ms). */
  readonly setPosition: (time: number) => void;
  /** The last message of all was played. */
  readonly ended: () => void;
  /** What is remembered has changed. */
  readonly onDidChange: () => void;
  readonly say: (text: string) => void;
  readonly fail: (what: string, error: unknown) => void;
}

export class PlaybackControl {
  readonly bar: PlayBar;
  private readonly run: PlayRun;
  private overview: TraceOverview | undefined;
  private shown: PlayStop | undefined;
  private skippedAt: number | undefined;

  constructor(private readonly options: PlaybackOptions) {
    const { host, ladder, restored } = options;
    this.run = new PlayRun({
      host,
      now: () => performance.now(),
      frame: (run) => {
        const handle = requestAnimationFrame(run);
        return toDisposable(() => cancelAnimationFrame(handle));
      },
      fail: (error) => this.fail(error),
    });
    this.bar = new PlayBar({
      toggle: () => this.toggle(),
      step: (goal, step) => this.step(goal, step),
      setSpeed: (speed) => this.setSpeed(speed),
      toggleSkip: () => this.toggleSkip(),
    });
    this.run.setSpeed(restored?.playSpeed ?? 1);
    this.run.setSkipsPauses(restored?.skipPauses ?? false);
    this.run.onDidReach((stop) => this.reach(stop));
    this.run.onDidMove((time) => this.move(time));
    this.run.onDidChange(() => this.update());
    this.run.onDidSkip((ms) => {
      this.skippedAt = performance.now();
      this.bar.showSkipped(ms);
    });
    this.run.onDidEnd(() => {
      options.say('Playback has come to the end');
      options.ended();
    });
    ladder.onDidSelect((selected) => this.selected(selected));
    // A page that nobody sees plays nothing.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) {
        this.run.pause();
      }
    });
    this.update();
  }

  get playing(): boolean {
    return this.run.playing;
  }

  /** Playback leads from message to message, not the reader. */
  get underWay(): boolean {
    return this.run.underWay;
  }

  /** What is to be remembered. */
  get state(): Pick<TraceViewState, 'playSpeed' | 'skipPauses'> {
    return { playSpeed: this.run.speed, skipPauses: this.run.skipsPauses };
  }

  setOverview(overview: TraceOverview): void {
    const before = this.overview;
    this.overview = overview;
    setHidden(this.bar.element, overview.messages === 0);
    if (before !== undefined && before.filter.matches !== overview.filter.matches) {
      this.run.refresh();
    }
  }

  toggle(): void {
    if (!this.playing) {
      this.beginWhereSeen();
    }
    this.run.toggle().catch((error: unknown) => this.fail(error));
  }

  step(goal: PlayGoal, step: 1 | -1): void {
    this.beginWhereSeen();
    this.run.step(goal, step).then(
      (found) => this.options.say(found ? '' : nothingLeft(goal, step)),
      (error: unknown) => this.fail(error),
    );
  }

  /** Goes to a time (ms), and plays on from there if it did. */
  seek(time: number): void {
    this.run.seek(time).catch((error: unknown) => this.fail(error));
  }

  changeSpeed(step: 1 | -1): void {
    this.setSpeed(speedBeside(this.run.speed, step));
    this.options.say(`Speed ${speedWords(this.run.speed)}`);
  }

  toggleSkip(): void {
    this.run.setSkipsPauses(!this.run.skipsPauses);
    this.options.say(this.run.skipsPauses ? 'Long pauses are skipped' : 'Pauses are played');
    this.options.onDidChange();
  }

  private setSpeed(speed: number): void {
    this.run.setSpeed(speed);
    this.options.onDidChange();
  }

  /** Who has selected nothing yet begins at the top of the screen. */
  private beginWhereSeen(): void {
    const { ladder } = this.options;
    const top = ladder.messageFrom(ladder.firstVisible);
    if (this.run.at === undefined && ladder.firstVisible > 0 && top !== undefined) {
      this.run.moveTo(top);
    }
  }

  private reach(stop: PlayStop): void {
    this.shown = stop;
    this.options.show(stop);
    if (this.playing && prefersStillness()) {
      this.options.setPosition(stop.time);
    }
  }

  private move(time: number): void {
    if (!prefersStillness() || !this.playing) {
      this.options.setPosition(time);
    }
    const { skippedAt } = this;
    if (skippedAt !== undefined && performance.now() - skippedAt > SKIPPED_SHOWN_MS) {
      this.skippedAt = undefined;
      this.bar.showSkipped(undefined);
    }
  }

  /** What the reader selects is where playback goes on. */
  private selected({ index, row }: SelectedRow): void {
    if (row === undefined) {
      return;
    }
    const { shown } = this;
    const isOurs = row.kind === 'message' ? row.message === shown?.message : index === shown?.row;
    const place = isOurs ? undefined : this.options.ladder.messageFrom(index);
    if (place !== undefined && place.message !== this.run.at?.message) {
      this.run.moveTo(place);
    }
  }

  private update(): void {
    this.bar.show(this.run.playing, this.run.speed, this.run.skipsPauses);
    if (!this.run.playing) {
      this.skippedAt = undefined;
      this.bar.showSkipped(undefined);
    }
  }

  private fail(error: unknown): void {
    this.options.fail('The trace could not be played', error);
  }
}

function nothingLeft(goal: PlayGoal, step: 1 | -1): string {
  const what = { message: 'message', phase: 'phase', failure: 'failure' }[goal];
  return `No ${what} ${step > 0 ? 'after' : 'before'} this place`;
}

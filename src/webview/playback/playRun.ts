/**
 * Playing a trace: where in the recorded time it stands, and which message that is. Asks the host once per message
 * at most, and once a frame; the newest answer counts. Knows no DOM, so that its time can be any.
 */
import type { Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/event';
import type { PlayGoal, PlayStop, TraceViewMethods } from '../../bridge/traceView';
import { InTurn } from '../../core/base/inTurn';
import { PlayClock } from './playClock';

/** Recorded pauses longer than this are skipped, where that is wanted. Milliseconds. */
export const LONG_PAUSE_MS = 2000;
/** What is left of a skipped pause, in milliseconds of the reader: long enough to look at the message before it. */
const LEFT_OF_PAUSE_MS = 400;

export interface PlayPorts {
  readonly host: Pick<TraceViewMethods, 'playAt' | 'playStep'>;
  /** Milliseconds of any clock that only goes forward. */
  readonly now: () => number;
  /** Runs something with the next frame. */
  readonly frame: (run: () => void) => Disposable;
  readonly fail: (error: unknown) => void;
}

/** A message to play on from. */
export type PlayPlace = Pick<PlayStop, 'message' | 'time'>;

export class PlayRun implements Disposable {
  private readonly clock = new PlayClock();
  private readonly reached = new Emitter<PlayStop>();
  private readonly moved = new Emitter<number>();
  private readonly changed = new Emitter<void>();
  private readonly skipping = new Emitter<number>();
  private readonly ended = new Emitter<void>();
  private place: PlayPlace | undefined;
  /** When the next message comes; undefined at the last one, or while that is not known. */
  private nextTime: number | undefined;
  private frame: Disposable | undefined;
  /** Raised by whatever makes an answer on its way worthless. */
  private turn = 0;
  private asking = false;
  private skips = false;
  private begins = false;
  /** Steps, and the beginning to play after them. */
  private readonly inTurn = new InTurn();

  /** Playback has come to a message. */
  readonly onDidReach = this.reached.event;
  /** The position (ms of the recording) has moved. */
  readonly onDidMove = this.moved.event;
  /** It began or stopped to play, or plays otherwise. */
  readonly onDidChange = this.changed.event;
  /** A pause was skipped: so many milliseconds of it. */
  readonly onDidSkip = this.skipping.event;
  /** It has come to the last message. */
  readonly onDidEnd = this.ended.event;

  constructor(private readonly ports: PlayPorts) {}

  get playing(): boolean {
    return this.clock.running;
  }

  /** It plays, or stands at the message where it begins to. */
  get underWay(): boolean {
    return this.playing || this.begins;
  }

  get speed(): number {
    return this.clock.speed;
  }

  get skipsPauses(): boolean {
    return this.skips;
  }

  /** The message that it stands at. */
  get at(): PlayPlace | undefined {
    return this.place;
  }

  /** Plays from where it stands; from the beginning where that is the end. */
  async play(): Promise<void> {
    if (this.playing) {
      return;
    }
    const { host, now } = this.ports;
    const time = this.clock.read(now());
    const stop = await this.ask(() => host.playAt(time));
    if (stop === undefined) {
      return;
    }
    const atEnd = stop.nextTime === undefined && this.place !== undefined;
    const first = atEnd ? await this.ask(() => host.playStep(undefined, 'message', 1)) : stop;
    if (first === undefined) {
      return;
    }
    // Between two messages it goes on from there.
    this.clock.seek(atEnd ? first.time : Math.max(time, first.time), now());
    this.begins = true;
    this.reach(first);
    this.begins = false;
    this.clock.start(now());
    this.schedule();
    this.changed.fire();
  }

  pause(): void {
    if (this.playing) {
      this.forget();
      this.clock.stop(this.ports.now());
      this.frame?.dispose();
      this.frame = undefined;
      this.changed.fire();
    }
  }

  toggle(): Promise<void> {
    if (this.playing) {
      this.pause();
      return Promise.resolve();
    }
    return this.inTurn.run(() => this.play());
  }

  /** Goes to a time (ms of the recording), and plays on from there if it did. */
  async seek(time: number): Promise<void> {
    this.clock.seek(time, this.ports.now());
    this.nextTime = undefined;
    this.moved.fire(time);
    const stop = await this.ask(() => this.ports.host.playAt(time));
    if (stop !== undefined) {
      this.reach(stop);
    }
  }

  /** One step, from where the one before has led; it stops to play. False where nothing of the kind is left. */
  step(goal: PlayGoal, step: 1 | -1): Promise<boolean> {
    return this.inTurn.run(() => this.go(goal, step));
  }

  private async go(goal: PlayGoal, step: 1 | -1): Promise<boolean> {
    this.pause();
    const turn = this.turn + 1;
    const stop = await this.ask(() => this.ports.host.playStep(this.place?.message, goal, step));
    if (stop !== undefined) {
      this.clock.seek(stop.time, this.ports.now());
      this.reach(stop);
      this.moved.fire(stop.time);
    }
    // Where the reader has gone elsewhere meanwhile, there is nothing to tell.
    return stop !== undefined || turn !== this.turn;
  }

  /** The reader stands at another message now. */
  moveTo(place: PlayPlace): void {
    this.forget();
    this.place = place;
    this.clock.seek(place.time, this.ports.now());
    this.moved.fire(place.time);
    if (this.playing) {
      this.find();
    }
  }

  /** Other messages are shown now: what comes next may be another one. */
  refresh(): void {
    if (this.playing) {
      this.forget();
      this.find();
    }
  }

  setSpeed(speed: number): void {
    this.clock.setSpeed(speed, this.ports.now());
    this.changed.fire();
  }

  setSkipsPauses(skips: boolean): void {
    this.skips = skips;
    this.changed.fire();
  }

  dispose(): void {
    this.forget();
    this.frame?.dispose();
  }

  private tick(): void {
    this.frame = undefined;
    const time = this.skipPause(this.clock.read(this.ports.now()));
    const isDue = this.nextTime !== undefined && time >= this.nextTime;
    if (isDue && !this.asking) {
      this.find();
    }
    this.moved.fire(time);
    this.schedule();
  }

  /** Where it stands after a long pause was left out. */
  private skipPause(time: number): number {
    const { place, nextTime } = this;
    if (!this.skips || nextTime === undefined || place === undefined) {
      return time;
    }
    const until = nextTime - LEFT_OF_PAUSE_MS * this.speed;
    if (nextTime - place.time <= LONG_PAUSE_MS || time >= until) {
      return time;
    }
    this.clock.seek(until, this.ports.now());
    this.skipping.fire(until - time);
    return until;
  }

  private find(): void {
    const time = this.clock.read(this.ports.now());
    this.ask(() => this.ports.host.playAt(time)).then((stop) => {
      if (stop !== undefined && this.playing) {
        this.reach(stop);
      }
    }, this.ports.fail);
  }

  private reach(stop: PlayStop): void {
    const isOther = stop.message !== this.place?.message;
    this.place = { message: stop.message, time: stop.time };
    this.nextTime = stop.nextTime;
    if (isOther || !this.playing) {
      this.reached.fire(stop);
    }
    if (stop.nextTime === undefined && this.playing) {
      this.clock.seek(stop.time, this.ports.now());
      this.pause();
      this.moved.fire(stop.time);
      this.ended.fire();
    }
  }

  /** Undefined also where a newer question was asked meanwhile. */
  private async ask(question: () => Promise<PlayStop | undefined>): Promise<PlayStop | undefined> {
    const turn = ++this.turn;
    this.asking = true;
    try {
      const stop = await question();
      return turn === this.turn ? stop : undefined;
    } catch (error) {
      if (turn !== this.turn) {
        return undefined;
      }
      this.pause();
      throw error;
    } finally {
      if (turn === this.turn) {
        this.asking = false;
      }
    }
  }

  private forget(): void {
    this.turn++;
    this.asking = false;
  }

  private schedule(): void {
    if (this.playing) {
      this.frame ??= this.ports.frame(() => this.tick());
    }
  }
}

import assert from 'node:assert/strict';
import type { PlayStop } from '../../../../src/bridge/traceView';
import { toDisposable } from '../../../../src/core/base/disposable';
import { PlayClock } from '../../../../src/webview/playback/playClock';
import { PlayRun } from '../../../../src/webview/playback/playRun';
import { speedBeside } from '../../../../src/webview/playback/speeds';

describe('the clock of playback', () => {
  it('adds no error up, however often it is read', () => {
    const clock = new PlayClock();
    clock.setSpeed(0.1, 0);
    clock.start(0);
    let now = 0;
    for (let reading = 0; reading < 100_000; reading++) {
      now += 16.7;
      clock.read(now);
    }
    assert.ok(Math.abs(clock.read(now) - now * 0.1) < 0.001);
  });

  it('keeps its place when the speed changes, and when it stops', () => {
    const clock = new PlayClock();
    clock.start(0);
    clock.setSpeed(10, 500);
    assert.equal(clock.read(600), 1500);
    clock.stop(700);
    assert.equal(clock.read(90_000), 2500);
  });

  it('does not catch up with time in which nobody looked', () => {
    const clock = new PlayClock();
    clock.start(0);
    clock.read(100);
    assert.equal(clock.read(3_600_100), 1100);
  });
});

describe('the speeds of playback', () => {
  it('go up and down step by step, and end', () => {
    assert.deepEqual(
      [speedBeside(1, 1), speedBeside(1, -1), speedBeside(100, 1), speedBeside(0.1, -1)],
      [2, 0.5, 100, 0.1],
    );
  });
});

/** A session of messages at given times (ms), played by a clock that the test turns. */
class Stage {
  readonly log: string[] = [];
  readonly run: PlayRun;
  asked = 0;
  frames = 0;
  position = 0;
  /** Answers that a test holds back. */
  held: (() => void)[] | undefined;
  private now = 0;
  private next: (() => void) | undefined;

  constructor(readonly times: number[]) {
    this.run = new PlayRun({
      host: {
        playAt: (time) =>
          this.answer(() =>
            Math.max(
              0,
              this.times.findLastIndex((at) => at <= time),
            ),
          ),
        playStep: (message, _goal, step) =>
          this.answer(() => (message ?? (step > 0 ? -1 : times.length)) + step),
      },
      now: () => this.now,
      frame: (run) => {
        this.next = run;
        return toDisposable(() => (this.next = undefined));
      },
      fail: (error) => this.log.push(`failed: ${String(error)}`),
    });
    this.run.onDidReach(({ message }) => this.log.push(`${message}`));
    this.run.onDidSkip((ms) => this.log.push(`skipped ${ms}`));
    this.run.onDidEnd(() => this.log.push('end'));
    this.run.onDidMove((time) => (this.position = time));
  }

  /** Lets so many milliseconds pass, frame by frame. */
  async pass(ms: number): Promise<void> {
    for (const end = this.now + ms; this.now < end;) {
      this.now = Math.min(end, this.now + 16);
      const run = this.next;
      this.next = undefined;
      if (run !== undefined) {
        this.frames++;
        run();
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private async answer(place: () => number): Promise<PlayStop | undefined> {
    this.asked++;
    const { held } = this;
    if (held !== undefined) {
      await new Promise<void>((resolve) => held.push(resolve));
    }
    const message = place();
    const time = this.times[message];
    const nextTime = this.times[message + 1];
    return time === undefined
      ? undefined
      : { message, row: message, time, ...(nextTime === undefined ? {} : { nextTime }) };
  }
}

describe('a run of playback', () => {
  it('comes to each message when its time has come, asks for no more, and stops at the end', async () => {
    const stage = new Stage([0, 100, 500, 501, 1000]);
    await stage.run.play();
    await stage.pass(480);
    assert.deepEqual(stage.log, ['0', '1']);
    await stage.pass(2000);
    assert.deepEqual(stage.log, ['0', '1', '3', '4', 'end']);
    assert.equal(stage.run.playing, false);
    assert.ok(stage.asked <= 5, `${stage.asked} questions`);
    const { frames } = stage;
    await stage.pass(1000);
    assert.equal(stage.frames, frames);
    assert.equal(stage.position, 1000);
  });

  it('begins again from the end, and where it was stopped otherwise', async () => {
    const stage = new Stage([0, 100, 200]);
    await stage.run.play();
    await stage.pass(150);
    stage.run.pause();
    await stage.pass(1000);
    assert.deepEqual(stage.log, ['0', '1']);
    await stage.run.toggle();
    await stage.pass(300);
    await stage.run.play();
    assert.deepEqual(stage.log, ['0', '1', '1', '2', 'end', '0']);
  });

  it('plays a hundred times as fast, message for message no slower than the frames', async () => {
    const stage = new Stage(Array.from({ length: 10_001 }, (_, index) => index * 20));
    stage.run.setSpeed(100);
    await stage.run.play();
    await stage.pass(2100);
    assert.equal(stage.log.at(-1), 'end');
    assert.ok(stage.log.length > 100 && stage.log.length < 140, `${stage.log.length} messages`);
  });

  it('skips what is long and leaves a moment of it, and says how much', async () => {
    const stage = new Stage([0, 1900, 61_900, 62_000]);
    stage.run.setSkipsPauses(true);
    await stage.run.play();
    await stage.pass(1950);
    assert.deepEqual(stage.log.slice(0, 2), ['0', '1']);
    assert.match(stage.log[2] ?? '', /^skipped 59\d\d\d$/);
    await stage.pass(600);
    assert.deepEqual(stage.log.slice(3), ['2', '3', 'end']);
  });

  it('goes on from a time that is pointed at, and drops the answer that was on its way', async () => {
    const stage = new Stage([0, 100, 5000, 5100, 9000]);
    await stage.run.play();
    stage.held = [];
    await stage.pass(120);
    assert.equal(stage.held.length, 1);
    const late = stage.held;
    stage.held = undefined;
    await stage.run.seek(5050);
    late.forEach((resolve) => resolve());
    await stage.pass(80);
    assert.deepEqual(stage.log, ['0', '2', '3']);
  });

  it('steps from message to message without playing, and says where nothing is left', async () => {
    const stage = new Stage([0, 100]);
    assert.equal(await stage.run.step('message', 1), true);
    assert.equal(await stage.run.step('message', 1), true);
    assert.equal(await stage.run.step('message', 1), false);
    assert.deepEqual(stage.log, ['0', '1']);
    assert.equal(stage.frames, 0);
  });

  it('steps and plays in the order that was asked for, however late the answers come', async () => {
    const stage = new Stage([0, 100, 200, 300]);
    stage.held = [];
    const { run } = stage;
    const asked = [run.step('message', 1), run.step('message', 1), run.toggle()];
    // One question after the other.
    for (let question = 0; question < asked.length; question++) {
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(stage.held.length, 1);
      stage.held.pop()?.();
    }
    await Promise.all(asked);
    assert.deepEqual([stage.log.slice(0, 2), run.at?.message, run.playing], [['0', '1'], 1, true]);
  });
});

/** Hands the bytes of one direction of a WebSocket to the recording side, whole messages or none of them. */
import type { Direction } from '../../core/protocol/frame';
import { MessageCounter } from './messageCounter';
import type { ObservationQueue } from './observationQueue';
import type { RecordedLink } from './recordedLink';

export class WebSocketLane {
  private readonly counter = new MessageCounter();
  /** True from the first bytes that found no room to the next beginning of a message. */
  private dropping = false;

  constructor(
    private readonly queue: ObservationQueue,
    private readonly link: RecordedLink,
    private readonly direction: Direction,
  ) {}

  /** Takes bytes that have been sent on already. */
  take(at: number, bytes: Buffer): void {
    const { counter } = this;
    const before = counter.ended;
    counter.read(bytes);
    if (!this.dropping) {
      if (this.offer(at, bytes, false)) {
        return;
      }
      this.dropping = true;
    } else if (counter.boundary >= 0 && counter.boundary < bytes.length) {
      const missed = counter.endedAtBoundary - before;
      if (this.offer(at, bytes.subarray(counter.boundary), true)) {
        this.queue.missed(at, this.link, missed);
        this.dropping = false;
        return;
      }
    }
    this.queue.missed(at, this.link, counter.ended - before);
  }

  private offer(at: number, bytes: Buffer, afterLoss: boolean): boolean {
    const { queue, link, direction } = this;
    return queue.offer({ kind: 'bytes', at, link, direction, bytes, afterLoss }, bytes.length);
  }
}

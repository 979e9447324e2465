/**
 * Counts the messages in the WebSocket bytes of one direction while they pass, and knows where one ends. It makes
 * no objects and never fails: on bytes that are no frames it counts nonsense, which the reader finds out later.
 */
export class MessageCounter {
  /** Payload bytes of the current frame that are still to come. */
  private left = 0;
  private readonly header = new Uint8Array(14);
  private headerLength = 0;
  private inMessage = false;
  /** True while the last frame of a message passes. */
  private inLastFrame = false;

  /** Messages that have ended so far. */
  ended = 0;
  /** Where, in the bytes read last, a message could first begin; -1: nowhere. */
  boundary = -1;
  /** {@link ended} at {@link boundary}. */
  endedAtBoundary = 0;

  read(bytes: Buffer): void {
    this.boundary = this.isBetweenMessages ? 0 : -1;
    this.endedAtBoundary = this.ended;
    const { length } = bytes;
    let at = 0;
    while (at < length) {
      if (this.left > 0) {
        const taken = Math.min(this.left, length - at);
        this.left -= taken;
        at += taken;
      } else {
        this.header[this.headerLength++] = bytes[at++] ?? 0;
        if (!this.takeHeader()) {
          continue;
        }
      }
      if (this.left > 0) {
        continue;
      }
      if (this.inLastFrame) {
        this.inLastFrame = false;
        this.ended++;
      }
      if (this.boundary < 0 && this.isBetweenMessages) {
        this.boundary = at;
        this.endedAtBoundary = this.ended;
      }
    }
  }

  private get isBetweenMessages(): boolean {
    return this.left === 0 && this.headerLength === 0 && !this.inMessage;
  }

  /** True when the header is whole. */
  private takeHeader(): boolean {
    const { header, headerLength } = this;
    const second = header[1] ?? 0;
    const short = second & 127;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    if (headerLength < 2 || headerLength < 2 + extended + (second & 128 ? 4 : 0)) {
      return false;
    }
    let left = extended === 0 ? short : 0;
    for (let index = 2; index < 2 + extended; index++) {
      left = left * 256 + (header[index] ?? 0);
    }
    this.left = left;
    this.headerLength = 0;
    const first = header[0] ?? 0;
    const isControl = (first & 8) !== 0;
    if (!isControl) {
      this.inLastFrame = (first & 128) !== 0;
      this.inMessage = !this.inLastFrame;
    }
    return true;
  }
}

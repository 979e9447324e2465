/** Reads the messages of a WebSocket that an application and its server have opened through a tap. */
import { messageOf } from '../../core/base/result';
import type { Direction } from '../../core/protocol/frame';
import { WebSocketReader, type CloseFrame, type RawMessage } from './webSocketReader';

export class WebSocketReading {
  private readonly readers: Readonly<Record<Direction, WebSocketReader>>;
  private readonly unreadable = new Set<Direction>();
  private found: RawMessage[] = [];
  /** The first closing frame, and who sent it. */
  closing: { readonly by: 'application' | 'server'; readonly frame: CloseFrame } | undefined;

  /** `maxKept`: bytes of a message that are kept. */
  constructor(maxKept: number) {
    this.readers = {
      send: this.createReader('send', maxKept),
      receive: this.createReader('receive', maxKept),
    };
  }

  /**
   * The messages that end in these bytes, and why nothing of this direction can be read any more, once.
   * `afterLoss`: bytes before these were not kept; they begin with a message.
   */
  read(
    direction: Direction,
    bytes: Buffer,
    afterLoss: boolean,
  ): { readonly messages: readonly RawMessage[]; readonly failure?: string } {
    if (this.unreadable.has(direction)) {
      return { messages: [] };
    }
    this.found = [];
    try {
      if (afterLoss) {
        this.readers[direction].reset();
      }
      this.readers[direction].read(bytes);
      return { messages: this.found };
    } catch (error) {
      this.unreadable.add(direction);
      const side = direction === 'send' ? 'application' : 'server';
      const failure =
        `What the ${side} sends on its WebSocket is passed on but cannot be read any more: ` +
        messageOf(error);
      return { messages: this.found, failure };
    }
  }

  private createReader(direction: Direction, maxKept: number): WebSocketReader {
    return new WebSocketReader(
      {
        message: (message) => this.found.push(message),
        close: (frame) => {
          this.closing ??= { by: direction === 'send' ? 'application' : 'server', frame };
        },
      },
      maxKept,
    );
  }
}

import type { FrameBytes } from '../../bridge/detailsMethods';

const PAGE = 4096;
/** Pages kept: a few screens around what is looked at. */
const MAX_PAGES = 64;

interface Page {
  readonly bytes: Uint8Array;
  readonly secrets: FrameBytes['secrets'];
}

/** Bytes of one frame, asked for page by page as they are looked at. */
export class BytePages {
  private readonly pages = new Map<number, Page>();
  private readonly asked = new Set<number>();

  constructor(
    private readonly load: (offset: number, count: number) => Promise<FrameBytes>,
    private readonly onDidLoad: (total: number) => void,
    private readonly onDidFail: (error: unknown) => void,
  ) {}

  /** Asks for what is not there of a range. */
  want(from: number, to: number): void {
    for (let page = Math.floor(from / PAGE); page * PAGE < Math.max(to, from + 1); page++) {
      if (!this.pages.has(page) && !this.asked.has(page)) {
        void this.fetch(page);
      }
    }
  }

  /** Undefined while it is not there. */
  at(offset: number): number | undefined {
    return this.pages.get(Math.floor(offset / PAGE))?.bytes[offset % PAGE];
  }

  /** True for a byte of a pseudonym that stands for a secret. */
  isSecret(offset: number): boolean {
    const secrets = this.pages.get(Math.floor(offset / PAGE))?.secrets ?? [];
    return secrets.some(([from, to]) => offset >= from && offset < to);
  }

  private async fetch(page: number): Promise<void> {
    this.asked.add(page);
    try {
      const { base64, secrets, total } = await this.load(page * PAGE, PAGE);
      if (this.pages.size >= MAX_PAGES) {
        const [oldest] = this.pages.keys();
        this.pages.delete(oldest ?? 0);
      }
      this.pages.set(page, { bytes: decode(base64), secrets });
      this.onDidLoad(total);
    } catch (error) {
      this.onDidFail(error);
    } finally {
      this.asked.delete(page);
    }
  }
}

function decode(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

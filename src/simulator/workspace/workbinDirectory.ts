import { createHash } from 'node:crypto';
import type { Configuration, ConfiguredWorkbinType } from '../configuration';

/** A workbin type and the id by which Workspace API v3 names it. */
export interface ListedWorkbin {
  readonly id: string;
  readonly type: ConfiguredWorkbinType;
}

/** The workbins that the web tier offers: one per active type, whoever owns it, under an id that is always the same. */
export class WorkbinDirectory {
  readonly all: readonly ListedWorkbin[];

  constructor(configuration: Configuration) {
    this.all = configuration.workbinTypes
      .filter((type) => type.active)
      .map((type) => ({ id: workbinId(type.type), type }));
  }

  byId(id: string): ListedWorkbin | undefined {
    return this.all.find((workbin) => workbin.id === id);
  }

  /** By its name, its private queue's name or its id. */
  byQueue(queue: string): ListedWorkbin | undefined {
    const name = queue.replace(/\/PrivateQueue$/, '');
    return this.all.find(({ id, type }) => type.type === name || id === name);
  }
}

/** The id of a workbin type: a UUID made of its name, in the layout of version 5 (RFC 9562). */
export function workbinId(type: string): string {
  const bytes = createHash('sha1').update(`workbin type ${type}`).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}

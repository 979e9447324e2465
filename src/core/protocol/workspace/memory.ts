/**
 * What a decoder remembers of one connection: the requests without an answer, what each operation was about, and
 * how its workbins are called. Everything is bounded; what is forgotten costs a label, never a message.
 */
import type { Reference } from '../message';
import { BoundedMap } from './boundedMap';
import type { NamedWorkbin, Operation } from './operation';
import { WorkbinLabels } from './workbinLabels';

/** An operation on its way: what its answers share with it. */
export interface SentOperation {
  readonly operation: Operation;
  readonly reference: Reference;
  /** `type@owner` */
  readonly workbin?: string;
}

/** A request whose response has not come. */
export type Exchange =
  | { readonly kind: 'bayeux'; readonly channel: string }
  | {
      readonly kind: 'operation';
      readonly api: 'v3' | 'v2';
      readonly operations: readonly SentOperation[];
      /** Who signs in with it. */
      readonly user?: string;
    };

export class Memory {
  readonly labels = new WorkbinLabels();
  readonly exchanges = new BoundedMap<number, Exchange>(10_000);
  private readonly sent = new BoundedMap<Reference, SentOperation>(20_000);
  /** References that a server made up, and those of the requests that they belong to. */
  private readonly aliases = new BoundedMap<Reference, Reference>(20_000);
  private readonly pulled = new BoundedMap<string, NamedWorkbin>(20_000);
  /** Web Services v2: the last request of a kind for a workbin. */
  private readonly waiting = new BoundedMap<string, Reference>(20_000);
  private initializing: Reference | undefined;

  /** Remembers a request and names its workbin. */
  remember(operation: Operation, reference: Reference): SentOperation {
    const { workbin, interactionId } = operation;
    const label =
      workbin === undefined ? undefined : this.labels.of(workbin.workbin, workbin.owner);
    const sent: SentOperation = {
      operation,
      reference,
      ...(label !== undefined && { workbin: label }),
    };
    this.sent.set(reference, sent);
    if (workbin !== undefined) {
      this.waiting.set(`${operation.name} ${label}`, reference);
      if (operation.name === 'RequestPull' && interactionId !== undefined) {
        this.pulled.set(interactionId, workbin);
      }
    }
    if (operation.name === 'POST initialize-workspace') {
      this.initializing = reference;
    }
    return sent;
  }

  /** A server calls a request by a reference of its own. */
  alias(theirs: Reference, ours: Reference): void {
    if (theirs !== ours) {
      this.aliases.set(theirs, ours);
    }
  }

  /** The reference under which a request was sent, by the server's. */
  resolve(reference: Reference): Reference {
    return this.aliases.get(reference) ?? reference;
  }

  sentAs(reference: Reference): SentOperation | undefined {
    return this.sent.get(reference);
  }

  pulledFrom(interactionId: string): NamedWorkbin | undefined {
    return this.pulled.get(interactionId);
  }

  /** The request that an event may answer, which names a workbin but no reference; each is given once. */
  takeWaiting(names: readonly string[], workbin: string): Reference | undefined {
    for (const name of names) {
      const reference = this.waiting.take(`${name} ${workbin}`);
      if (reference !== undefined) {
        return reference;
      }
    }
    return undefined;
  }

  /** The `initialize-workspace` that the initialization event completes; given once. */
  takeInitializing(): Reference | undefined {
    const reference = this.initializing;
    this.initializing = undefined;
    return reference;
  }
}

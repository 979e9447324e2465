/** Bodies of messages as text. Written as templates: making objects and serialising them takes several times as long. */
import type { Random } from './random';

const WORKBIN_TYPES = ['email-in-progress', 'email-draft', 'workitem-parked', 'chat-follow-up'];
const AGENTS = 40;
const MEDIA = ['email', 'workitem', 'chat'];
/** Interactions that are under way at a time; each takes part in several changes before it is done. */
const UNDER_WAY = 4096;
const NEW_INTERACTION = 0.12;

export interface TrafficWorkbin {
  readonly type: string;
  readonly owner: string;
  /** `type@owner` */
  readonly label: string;
}

/** Makes workbins, interactions and the bodies that tell of them. */
export class Bodies {
  private readonly underWay: number[] = [];

  constructor(private readonly random: Random) {}

  agent(): string {
    return `A${1001 + this.random.below(AGENTS)}`;
  }

  workbin(owner = this.agent()): TrafficWorkbin {
    const type = this.random.pick(WORKBIN_TYPES);
    return { type, owner, label: `${type}@${owner}` };
  }

  /** Number of an interaction that something happens to. */
  interaction(): number {
    const { random, underWay } = this;
    if (underWay.length < UNDER_WAY || random.chance(NEW_INTERACTION)) {
      const made = random.below(0xffffff);
      const place = underWay.length < UNDER_WAY ? underWay.length : random.below(UNDER_WAY);
      underWay[place] = made;
      return made;
    }
    return random.pick(underWay);
  }

  request(
    name: string,
    reference: number,
    proxy: number,
    workbin: TrafficWorkbin | undefined,
    interactionId: string | undefined,
  ): string {
    const about = workbin === undefined ? '' : `,"workbin":${workbinText(workbin)}`;
    const moved = interactionId === undefined ? '' : `,"interactionId":"${interactionId}"`;
    return `{"messageName":"${name}","referenceId":${reference},"proxyClientId":${proxy}${moved}${about}}`;
  }

  acknowledgement(reference: number, proxy: number): string {
    return `{"messageName":"EventAck","referenceId":${reference},"proxyClientId":${proxy},"extension":{}}`;
  }

  error(reference: number, proxy: number, errorCode: number): string {
    return `{"messageName":"EventError","referenceId":${reference},"proxyClientId":${proxy},"errorCode":${errorCode},"errorDescription":"Refused: \\"referenceId\\":99 is not known"}`;
  }

  /** `EventWorkbinContent` or `EventPulledInteractions`; now and then its reference stands behind everything else. */
  interactions(
    name: string,
    reference: number,
    proxy: number,
    workbin: TrafficWorkbin,
    count: number,
  ): string {
    const list = this.list(workbin, count);
    const key = `"referenceId":${reference}`;
    return this.random.chance(0.02)
      ? `{"messageName":"${name}","proxyClientId":${proxy},"interactions":{${list}},${key}}`
      : `{"messageName":"${name}",${key},"proxyClientId":${proxy},"interactions":{${list}}}`;
  }

  properties(reference: number, proxy: number, workbin: TrafficWorkbin, id: number): string {
    return `{"messageName":"EventInteractionProperties","referenceId":${reference},"proxyClientId":${proxy},"interaction":${this.interactionText(workbin, id)}}`;
  }

  changed(proxy: number | undefined, workbin: TrafficWorkbin, id: number): string {
    const { random } = this;
    const operation = random.chance(0.5) ? 'PlacedIn' : 'TakenOut';
    const client = proxy === undefined ? '' : `"proxyClientId":${proxy},`;
    const nested = random.chance(0.2)
      ? `,"extension":{"referenceId":${random.below(100)},"messageName":"EventAck","proxyClientId":1}`
      : '';
    return `{"messageName":"EventWorkbinContentChanged",${client}"operation":"PlaceInWorkbin","workbinContentOperation":"${operation}"${nested},"workbin":${workbinText(workbin)},"interaction":${this.interactionText(workbin, id)},"actor":{"actorType":"Agent","actorAgentId":"${workbin.owner}"}}`;
  }

  /** The same change as Workspace API v3 tells it. */
  webChanged(workbin: TrafficWorkbin, id: number): string {
    return `{"channel":"/workspace/v3/workbins","data":{"messageType":"EventWorkbinContentChanged","workbin":{"id":"${workbin.type}","owner":"${workbin.owner}"},"workbinContentOperation":"PlacedIn","interaction":{"id":"${interactionId(id)}","mediaType":"email","subject":"Question ${id}, see \\"operationId\\":\\"op-1\\""}}}`;
  }

  webContent(operationId: string, count: number): string {
    const ids = Array.from(
      { length: count },
      () => `{"id":"${interactionId(this.interaction())}"}`,
    );
    return `{"channel":"/workspace/v3/workbins","data":{"messageType":"EventWorkbinContent","operationId":"${operationId}","interactions":[${ids.join(',')}]}}`;
  }

  webAcknowledgement(operationId: string): string {
    return `{"channel":"/workspace/v3/workbins","data":{"messageType":"EventAck","operationId":"${operationId}"}}`;
  }

  /** Each interaction is in it once, so there may be fewer than `count`. */
  private list(workbin: TrafficWorkbin, count: number): string {
    const listed = new Set<number>();
    let list = '';
    for (let index = 0; index < count; index++) {
      const id = this.interaction();
      if (!listed.has(id)) {
        list += `${index === 0 ? '' : ','}"${interactionId(id)}":${this.interactionText(workbin, id)}`;
        listed.add(id);
      }
    }
    return list;
  }

  private interactionText(workbin: TrafficWorkbin, id: number): string {
    const subject = this.random.chance(0.02) ? 'Rückfrage – dringend' : 'Question';
    const medium = MEDIA[id % MEDIA.length] ?? '';
    return `{"interactionId":"${interactionId(id)}","interactionMediatype":"${medium}","interactionState":"Queued","interactionWorkbinTypeId":"${workbin.type}","interactionAgentId":"${workbin.owner}","interactionPlacedInQueueAt":"2026-11-22T08:15:00.000Z","interactionReceivedAt":"2026-11-22T07:59:12.000Z","interactionIsOnline":false,"interactionQueue":"email-inbound-qualified","interactionSubtype":"InboundNew","interactionUserData":{"Subject":"${subject} ${id}","FromAddress":"customer${id}@example.com","Note":"copied from a log: \\"referenceId\\":99, {\\"messageName\\":\\"EventAck\\"}","Priority":${id % 10}}}`;
  }
}

export function interactionId(number: number): string {
  return `00001a${number.toString(16).padStart(6, '0')}`;
}

function workbinText(workbin: TrafficWorkbin): string {
  return `{"workbinTypeId":"${workbin.type}","workbinAgentId":"${workbin.owner}"}`;
}

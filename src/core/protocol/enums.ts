/**
 * Enumerations of Interaction Server's protocol, as data.
 * Source: Platform SDK for .NET 8.1.4, OpenMedia. Servers of later versions may know more values.
 */
import { asInteger, asText } from './attributes';
import type { JsonValue } from './json';

export const ENUMS = {
  WorkbinContentOperation: { Unknown: 0, TakenOut: 1, PlacedIn: 2, PropertiesChanged: 3 },
  InteractionOperation: {
    Unknown: 0,
    Transfer: 1,
    Conference: 2,
    Intrude: 3,
    Route: 4,
    Pull: 5,
    Create: 6,
    Reject: 7,
    Timeout: 8,
    Leave: 9,
    Stop: 10,
    PlaceInWorkbin: 11,
    PlaceInQueue: 12,
    PartyDisconnect: 13,
  },
  InteractionState: { Queued: 0, Cached: 1, Routing: 2, Handling: 3 },
  ActorType: { Strategy: 1, Agent: 2, MediaServer: 3 },
  PartyType: { StrategyParty: 1, ResourceParty: 2 },
  TargetType: { None: 0, Agent: 1, Queue: 2, Workbin: 3, Stop: 4 },
  VisibilityMode: { Unknown: 0, Conference: 1, Monitor: 2, Coach: 3 },
  MediaState: { NotReady: 0, Ready: 1 },
  AgentStateChangeOperation: {
    Reserved: 0,
    NotReadyForMedia: 1,
    ReadyForMedia: 2,
    MediaRemoved: 3,
    MediaAdded: 4,
    LoggedOut: 5,
  },
  InteractionClient: {
    Unknown: 0,
    Proxy: 1,
    AgentApplication: 2,
    MediaServer: 3,
    ReportingEngine: 4,
    RoutingEngine: 5,
    ThirdPartyServer: 6,
    UniversalRouter: 7,
    ThirdPartyClient: 8,
  },
  WorkbinType: { Agent: 1, Place: 2, PlaceGroup: 3, AgentGroup: 4 },
} as const;

export type EnumType = keyof typeof ENUMS;

export function isEnumType(type: string): type is EnumType {
  return Object.hasOwn(ENUMS, type);
}

/** Name of an enum's value, which the wire may give as number or as name; undefined when it has no such value. */
export function enumName(enumType: EnumType, value: JsonValue | undefined): string | undefined {
  const number = enumNumber(enumType, value);
  return entriesOf(enumType).find(([, candidate]) => candidate === number)?.[0];
}

/** Number of an enum's value, which the wire may give as number or as name; undefined when it has no such value. */
export function enumNumber(enumType: EnumType, value: JsonValue | undefined): number | undefined {
  const name = asText(value);
  const number = asInteger(value);
  return entriesOf(enumType).find(
    ([candidateName, candidate]) => candidateName === name || candidate === number,
  )?.[1];
}

function entriesOf(enumType: EnumType): readonly (readonly [name: string, number: number])[] {
  return Object.entries(ENUMS[enumType]);
}

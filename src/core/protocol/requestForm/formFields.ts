/**
 * The fields of a request's form, made from the catalogue: one per attribute, in the SDK's order but with what people
 * seldom fill in at the end.
 */
import type { AttributeList, AttributeType, CompoundType, SimpleType } from '../attributeTypes';
import { isCompoundType } from '../attributeTypes';
import type { MessageType } from '../catalogue';
import { COMPOUNDS } from '../compounds';
import { ENUMS, isEnumType, type EnumType } from '../enums';
import { memberPath } from '../jsonPath';

/** Things that a session knows by name, so that a field can offer them. */
export type KnownThing =
  'interaction' | 'workbinType' | 'agent' | 'agentGroup' | 'place' | 'placeGroup' | 'view';

interface FieldBase {
  /** The attribute's name in the JSON form. */
  readonly name: string;
  /** JSON path from the message, such as `$.workbin.workbinTypeId`; problems name it. */
  readonly path: string;
  /** Set only where it is documented; a field without it may be required all the same. */
  readonly isRequired: boolean;
}

export interface ScalarField extends FieldBase {
  readonly kind: 'scalar';
  readonly type: Exclude<SimpleType, 'KVList'> | EnumType;
  readonly known?: KnownThing;
}

export interface ListField extends FieldBase {
  readonly kind: 'list';
}

export interface GroupField extends FieldBase {
  readonly kind: 'group';
  readonly type: CompoundType;
  readonly fields: readonly FormField[];
}

export type FormField = ScalarField | ListField | GroupField;

/**
 * Attributes that a request is documented to need. Source of the first: Genesys Events and Models Reference,
 * Registration; of the second: a published client's note. Of all others nothing is documented.
 */
const REQUIRED: ReadonlyMap<string, readonly string[]> = new Map([
  ['RequestRegisterClient', ['clientName', 'clientType']],
  ['RequestWorkbinTypesInfo', ['tenantId']],
]);

/** Attributes of nearly every request, which come last. */
const LAST = ['reason', 'extension', 'proxyClientId', 'referenceId'];

const KNOWN: readonly (readonly [RegExp, KnownThing])[] = [
  [/^(parent)?interactionId$|ParentInteractionId$/i, 'interaction'],
  [/WorkbinTypeId$|^targetWorkbin$/i, 'workbinType'],
  [/(^|Workbin|interaction|actor)AgentId$|^targetAgent$/i, 'agent'],
  [/(Workbin|interaction)GroupId$|^targetAgentGroup$/i, 'agentGroup'],
  [/(^|Workbin|interaction|actor)PlaceId$|^targetPlace$/i, 'place'],
  [/(Workbin|interaction)PlaceGroupId$|^targetPlaceGroup$/i, 'placeGroup'],
  [/^viewId$/, 'view'],
];

/** The fields of a message. */
export function formFields({ name, attributes }: MessageType): readonly FormField[] {
  const fields = fieldsOf(attributes, '$', REQUIRED.get(name) ?? []);
  const rank = (field: FormField): number => LAST.indexOf(field.name);
  return [...fields].sort((one, other) => rank(one) - rank(other));
}

/** The names of an enum's values with their numbers, in the order of the numbers. */
export function enumValues(type: EnumType): readonly (readonly [name: string, number: number])[] {
  return Object.entries(ENUMS[type]);
}

function fieldsOf(
  attributes: AttributeList,
  parent: string,
  required: readonly string[],
): readonly FormField[] {
  return [...attributes].map(([name, type]) => field(name, type, parent, required.includes(name)));
}

function field(name: string, type: AttributeType, parent: string, isRequired: boolean): FormField {
  const base = { name, path: memberPath(parent, name), isRequired };
  if (type === 'KVList') {
    return { ...base, kind: 'list' };
  }
  if (!isEnumType(type) && isCompoundType(type)) {
    return { ...base, kind: 'group', type, fields: fieldsOf(COMPOUNDS[type], base.path, []) };
  }
  const known = KNOWN.find(([names]) => names.test(name))?.[1];
  return { ...base, kind: 'scalar', type, ...(known !== undefined && { known }) };
}

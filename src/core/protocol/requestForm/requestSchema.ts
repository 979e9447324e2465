/**
 * The JSON Schema of a request in Platform SDK's JSON form, made from the catalogue: what an editor needs to complete,
 * explain and check a `*.wbrequest.json` file. The build writes it to `dist/request.schema.json`.
 */
import { COMPOUND_TYPES, type AttributeList, type AttributeType } from '../attributeTypes';
import { isCompoundType } from '../attributeTypes';
import { CATALOGUE, type MessageType } from '../catalogue';
import { COMPOUNDS } from '../compounds';
import { ENUMS, isEnumType, type EnumType } from '../enums';
import type { JsonObject, JsonValue } from '../json';
import { formFields } from './formFields';

const INT32 = { type: 'integer', minimum: -2147483648, maximum: 2147483647 } as const;

/** Draft 7. Members that the catalogue does not know are marked, not refused: servers of later versions know more. */
export function requestSchema(): JsonObject {
  const requests = CATALOGUE.filter(({ kind }) => kind === 'request');
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A request to Interaction Server',
    description: 'One Interaction Management request, in the JSON form of Platform SDK.',
    type: 'object',
    required: ['messageName'],
    properties: {
      messageName: {
        type: 'string',
        description: 'Name of the request.',
        anyOf: [
          { enum: requests.map(({ name }) => name) },
          { pattern: '^Request', deprecationMessage: 'Platform SDK 8.1.4 knows no such request.' },
        ],
      },
    },
    allOf: requests.map(requestRule),
    definitions: Object.fromEntries([
      ...(Object.keys(ENUMS) as EnumType[]).map((type) => [type, enumSchema(type)] as const),
      ...COMPOUND_TYPES.map((type) => [type, compoundSchema(type, COMPOUNDS[type])] as const),
      ['KVList', LIST_SCHEMA],
    ]),
  };
}

function requestRule(type: MessageType): JsonObject {
  const { id, name, group } = type;
  const required = formFields(type).flatMap((field) => (field.isRequired ? [field.name] : []));
  return {
    if: { required: ['messageName'], properties: { messageName: { const: name } } },
    then: {
      properties: {
        messageName: { description: `${name}: message ${id}, ${group}.` },
        ...propertiesOf(type.attributes),
        referenceId: {
          ...INT32,
          description:
            'int. Ties the answer to this request. Without it the client takes one of its own.',
        },
      },
      additionalProperties: {
        deprecationMessage: `${name} has no such attribute in Platform SDK 8.1.4. It is sent as it is.`,
      },
      ...(required.length > 0 && { required }),
    },
  };
}

function propertiesOf(attributes: AttributeList): JsonObject {
  return Object.fromEntries([...attributes].map(([name, type]) => [name, typeSchema(type)]));
}

function typeSchema(type: AttributeType): JsonValue {
  if (type === 'KVList' || isEnumType(type) || isCompoundType(type)) {
    return { $ref: `#/definitions/${type}` };
  }
  switch (type) {
    case 'int':
      return { ...INT32, description: 'int: 32 bits.' };
    case 'string':
      return { type: 'string', description: 'string' };
    case 'bool':
      return { type: 'boolean', description: 'bool' };
    case 'DateTime':
      return {
        type: 'string',
        pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d',
        patternErrorMessage: 'Write date and time as 2026-01-31T09:30:00Z.',
        description: 'DateTime: ISO 8601.',
      };
    case 'bytes':
      return { type: 'string', description: 'Bytes in Base64.' };
  }
}

/** By name or by number. */
function enumSchema(type: EnumType): JsonObject {
  const values = Object.entries(ENUMS[type]);
  return {
    description: `${type}: ${values.map(([name, number]) => `${name} (${number})`).join(', ')}.`,
    anyOf: [
      {
        enum: values.map(([name]) => name),
        enumDescriptions: values.map(([name, number]) => `${type} ${number}: ${name}`),
      },
      { enum: values.map(([, number]) => number) },
    ],
  };
}

function compoundSchema(type: string, fields: AttributeList): JsonObject {
  return {
    type: 'object',
    description: type,
    properties: propertiesOf(fields),
    additionalProperties: {
      deprecationMessage: `${type} has no such field in Platform SDK 8.1.4. It is sent as it is.`,
    },
  };
}

const LIST_SCHEMA: JsonObject = {
  description:
    'A key-value list: an object. Its values are texts, integers and lists. An array of {key, type, value} is taken as well.',
  anyOf: [
    {
      type: 'object',
      additionalProperties: {
        anyOf: [
          { type: 'string' },
          { type: 'number' },
          { type: 'boolean' },
          { $ref: '#/definitions/KVList' },
        ],
      },
    },
    {
      type: 'array',
      items: {
        type: 'object',
        required: ['key', 'value'],
        properties: { key: { type: 'string' }, type: { type: 'string' }, value: {} },
      },
    },
  ],
};

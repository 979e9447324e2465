/**
 * Writes a WebAssembly module that has one memory and one function: as much of the binary format as the byte
 * finder needs. Instructions are lists of bytes; the helpers give those that take operands.
 */

export type Code = readonly number[];

export const I32 = 0x7f;
export const V128 = 0x7b;

/** Instructions without operands, or whose operands are always the same here. */
export const op = {
  i32Add: [0x6a],
  i32GreaterUnsigned: [0x4b],
  i32GreaterOrEqualUnsigned: [0x4f],
  i32TrailingZeros: [0x68],
  return: [0x0f],
  end: [0x0b],
  /** A block and a loop without a result. */
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  if: [0x04, 0x40],
  i8x16Splat: [0xfd, 0x0f],
  i8x16Equal: [0xfd, 0x23],
  v128And: [0xfd, 0x4e],
  v128Or: [0xfd, 0x50],
  v128AnyTrue: [0xfd, 0x53],
  i8x16Bitmask: [0xfd, 0x64],
} as const satisfies { readonly [name: string]: Code };

export const localGet = (index: number): Code => [0x20, ...unsigned(index)];
export const localSet = (index: number): Code => [0x21, ...unsigned(index)];
export const localTee = (index: number): Code => [0x22, ...unsigned(index)];
export const i32Const = (value: number): Code => [0x41, ...signed(value)];
/** Leaves the block, or repeats the loop, that is so many levels out, if the value on the stack is not 0. */
export const branchIf = (levels: number): Code => [0x0d, ...unsigned(levels)];
export const branch = (levels: number): Code => [0x0c, ...unsigned(levels)];
/** 16 bytes at the address on the stack plus `offset`, wherever it lies. */
export const v128Load = (offset: number): Code => [0xfd, 0x00, 0, ...unsigned(offset)];

export interface OneFunction {
  /** 64 KiB each; the memory keeps that size. */
  readonly memoryPages: number;
  readonly parameters: readonly number[];
  /** Types of the locals behind the parameters. */
  readonly locals: readonly number[];
  readonly result: number;
  /** Without its last `end`. */
  readonly body: readonly Code[];
}

/** The bytes of a module that exports its memory as `memory` and its function as `run`. */
export function wasmModule(made: OneFunction): Uint8Array {
  const { memoryPages, parameters, locals, result, body } = made;
  const code = [...vector(locals.map((type) => [1, type])), ...body.flat(), ...op.end];
  const pages = unsigned(memoryPages);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector([[0x60, ...bytesOf(parameters), ...bytesOf([result])]])),
    ...section(3, vector([[0]])),
    ...section(5, vector([[0x01, ...pages, ...pages]])),
    ...section(
      7,
      vector([
        [...name('memory'), 0x02, 0],
        [...name('run'), 0x00, 0],
      ]),
    ),
    ...section(10, vector([[...unsigned(code.length), ...code]])),
  ]);
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function bytesOf(values: readonly number[]): Code {
  return vector(values.map((value) => [value]));
}

function name(text: string): Code {
  return bytesOf(Array.from(text, (letter) => letter.charCodeAt(0)));
}

/** LEB128. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  const rest = value >> 7;
  const isLast = rest === ((value & 0x40) === 0 ? 0 : -1);
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(rest)];
}

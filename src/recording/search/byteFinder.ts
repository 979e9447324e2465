/**
 * Finds pairs of bytes at a fixed distance, each of which may have two values (the cases of a letter), 64 places
 * at a time: with the processor's vector instructions, which only WebAssembly reaches from here. Bytes to search
 * are read straight into its memory.
 */
import {
  I32,
  V128,
  branch,
  branchIf,
  i32Const,
  localGet,
  localSet,
  localTee,
  op,
  v128Load,
  wasmModule,
  type Code,
} from './wasmModule';

/** Two bytes of a text that is looked for. Both values of a byte are the same where it has but one. */
export interface BytePair {
  readonly first: readonly [number, number];
  readonly second: readonly [number, number];
  /** From the first byte to the second; 0 to {@link MAX_DISTANCE}. */
  readonly distance: number;
}

export interface ByteFinder {
  /** What is searched; the finder's own memory, to be filled by the caller. */
  readonly bytes: Buffer;
  /** The lowest index from `from` to below `to` where the first byte of a pair stands; `to` when there is none. */
  find(pair: BytePair, from: number, to: number): number;
}

export const MAX_DISTANCE = 4096;

const PAGE = 64 * 1024;
/** Bytes behind those that are asked for, which whole vectors may touch. */
const SPARE = MAX_DISTANCE + 64;
const LANES = 16;

/** The part of WebAssembly's interface that is used here: Node's own types leave it out. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly run: (from: number, to: number, distance: number, ...values: number[]) => number;
}

/** A finder over `capacity` bytes. Its memory is freed with it. */
export function createByteFinder(capacity: number): ByteFinder {
  const memoryPages = Math.ceil((capacity + SPARE) / PAGE);
  const module = new WebAssembly.Module(wasmModule({ ...FINDER, memoryPages }));
  // What the module exports is written above, byte by byte.
  const { memory, run } = new WebAssembly.Instance(module).exports as Exports;
  return {
    bytes: Buffer.from(memory.buffer, 0, capacity),
    find({ first, second, distance }, from, to) {
      if (from >= to) {
        return to;
      }
      return Math.min(run(from, to, distance, first[0], first[1], second[0], second[1]), to);
    },
  };
}

/** Locals of the function: its parameters, the four byte values as vectors, 16 bytes, and the lanes found. */
const AT = 0;
const TO = 1;
const DISTANCE = 2;
const VALUES = [3, 4, 5, 6] as const;
const VECTORS = [7, 8, 9, 10] as const;
const BYTES = 11;
const LANES_FOUND = 12;

/** Lanes of the 16 places at `AT + offset` that hold one of two values, `ahead` being added to the address. */
function matches(ahead: Code, offset: number, one: number, other: number): readonly Code[] {
  return [
    ...[localGet(AT), ahead, v128Load(offset), localTee(BYTES)],
    ...[localGet(one), op.i8x16Equal],
    ...[localGet(BYTES), localGet(other), op.i8x16Equal],
    op.v128Or,
  ];
}

function pairAt(offset: number): readonly Code[] {
  return [
    ...matches([], offset, VECTORS[0], VECTORS[1]),
    ...matches([...localGet(DISTANCE), ...op.i32Add], offset, VECTORS[2], VECTORS[3]),
    op.v128And,
  ];
}

const FINDER = {
  parameters: [I32, I32, I32, I32, I32, I32, I32],
  locals: [V128, V128, V128, V128, V128, I32],
  result: I32,
  body: [
    ...VALUES.flatMap((value, index) => [
      localGet(value),
      op.i8x16Splat,
      localSet(VECTORS[index] ?? 0),
    ]),
    // 64 places at a time, until there is a match among them or fewer are left.
    op.block,
    op.loop,
    ...[localGet(AT), i32Const(4 * LANES), op.i32Add, localGet(TO), op.i32GreaterUnsigned],
    branchIf(1),
    ...pairAt(0),
    ...[1, 2, 3].flatMap((part) => [...pairAt(part * LANES), op.v128Or]),
    op.v128AnyTrue,
    branchIf(1),
    ...[localGet(AT), i32Const(4 * LANES), op.i32Add, localSet(AT)],
    branch(0),
    op.end,
    op.end,
    // 16 at a time: where among them it is, or what is left.
    op.block,
    op.loop,
    ...[localGet(AT), localGet(TO), op.i32GreaterOrEqualUnsigned],
    branchIf(1),
    ...pairAt(0),
    op.i8x16Bitmask,
    localTee(LANES_FOUND),
    op.if,
    ...[localGet(AT), localGet(LANES_FOUND), op.i32TrailingZeros, op.i32Add, op.return],
    op.end,
    ...[localGet(AT), i32Const(LANES), op.i32Add, localSet(AT)],
    branch(0),
    op.end,
    op.end,
    localGet(TO),
  ],
} as const satisfies Omit<Parameters<typeof wasmModule>[0], 'memoryPages'>;

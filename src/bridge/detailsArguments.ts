/** What the details may hand over, checked. Everything else is refused before anybody reads it. */
import { MAX_FRAME_BYTES, MAX_PATH, MAX_PLACE, type DetailsMethod } from './detailsMethods';
import type { DetailsMethods } from './detailsMethods';
import { isCount, isTextUpTo } from './rpcArguments';

/** A call of one of the details' methods with what it takes. */
export type CheckedDetailsCall = {
  [K in DetailsMethod]: {
    readonly id: number;
    readonly method: K;
    readonly args: Parameters<DetailsMethods[K]>;
  };
}[DetailsMethod];

/** Undefined when it is none. */
export function checkDetailsCall(
  id: number,
  method: string,
  args: readonly unknown[],
): CheckedDetailsCall | undefined {
  const [first, second, third, fourth] = args;
  switch (method) {
    case 'getCompared':
      return { id, method, args: [] };
    case 'getPhase':
    case 'getFrameText':
    case 'selectForCompare':
    case 'compareWithSelected':
      return isCount(first) ? { id, method, args: [first] } : undefined;
    case 'getFrameBytes':
      return isCount(first) && isCount(second) && isCount(third) && third <= MAX_FRAME_BYTES
        ? { id, method, args: [first, second, third] }
        : undefined;
    case 'copyFrameBytes':
      return isCount(first) &&
        isCount(second) &&
        isCount(third) &&
        second < third &&
        (fourth === 'hex' || fourth === 'text')
        ? { id, method, args: [first, second, third, fourth] }
        : undefined;
    case 'copyAttribute':
      return isCount(first) && isPlace(second) ? { id, method, args: [first, second] } : undefined;
    case 'copyPath':
      return isTextUpTo(first, MAX_PATH) ? { id, method, args: [first] } : undefined;
    default:
      return undefined;
  }
}

/** Calls what a checked call names. */
export async function invokeDetails(
  methods: DetailsMethods,
  call: CheckedDetailsCall,
): Promise<unknown> {
  switch (call.method) {
    case 'getPhase':
      return methods.getPhase(...call.args);
    case 'getFrameText':
      return methods.getFrameText(...call.args);
    case 'getFrameBytes':
      return methods.getFrameBytes(...call.args);
    case 'copyFrameBytes':
      return methods.copyFrameBytes(...call.args);
    case 'copyAttribute':
      return methods.copyAttribute(...call.args);
    case 'copyPath':
      return methods.copyPath(...call.args);
    case 'selectForCompare':
      return methods.selectForCompare(...call.args);
    case 'getCompared':
      return methods.getCompared();
    case 'compareWithSelected':
      return methods.compareWithSelected(...call.args);
  }
}

function isPlace(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) && value.length > 0 && value.length <= MAX_PLACE && value.every(isCount)
  );
}

import { assertNever } from '../base/assert';
import type { Dialect, FrameDecoder } from './decoder';
import { createPlatformSdkJsonDecoder } from './platformSdkJson';
import { createWorkspaceV3Decoder } from './workspace/workspaceV3';

/** A decoder for one connection of a dialect. */
export function createDecoder(dialect: Dialect): FrameDecoder {
  switch (dialect) {
    case 'platform-sdk-json':
      return createPlatformSdkJsonDecoder();
    case 'workspace-v3':
      return createWorkspaceV3Decoder();
    default:
      return assertNever(dialect);
  }
}

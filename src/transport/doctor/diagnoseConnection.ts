import { messageOf } from '../../core/base/result';
import { platformSdkProbes } from '../../session/doctor/platformSdkProbes';
import {
  takeSteps,
  type DialectProbes,
  type DiagnoseParts,
  type Diagnosis,
  type Probe,
} from '../../session/doctor/steps';
import type { ConnectionProfile, PasswordSource } from '../../session/platform';
import { parseTarget } from '../tap/target';
import { networkProbes } from './networkProbes';
import { WebSocketTransport } from '../webSocketTransport';
import { workspaceProbes } from './workspaceProbes';

/** Takes every step to a server as a client would, and leaves nothing open behind. Never rejects. */
export async function diagnoseConnection(
  profile: ConnectionProfile,
  password: PasswordSource,
  parts: DiagnoseParts,
): Promise<Diagnosis> {
  const { server, agent } = profile;
  const target = parseTarget(server);
  const about = { server, agent };
  if (!target.ok) {
    return { ...about, steps: [badAddress(target.error.message)] };
  }
  let dialect: DialectProbes;
  try {
    dialect =
      profile.dialect === 'workspace-v3'
        ? workspaceProbes(profile, password, parts.clock)
        : platformSdkProbes(
            profile,
            new WebSocketTransport(server, parts.clock, profile),
            parts.clock,
          );
  } catch (error) {
    return { ...about, steps: [badAddress(messageOf(error))] };
  }
  const probes: readonly Probe[] = [...networkProbes(target.value, profile), ...dialect.probes];
  try {
    return { ...about, steps: await takeSteps(probes, parts) };
  } finally {
    await dialect.leave();
  }
}

function badAddress(words: string): Diagnosis['steps'][number] {
  return { name: 'address', outcome: 'failed', seen: [], words };
}

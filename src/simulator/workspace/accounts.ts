/**
 * Who may sign in to the embedded server, by demonstration passwords: an agent signs in with the user name or
 * the employee id, and the password is either of the two.
 */
import type { Agent, Configuration } from '../configuration';

/** The user name of an agent: the person's name in plain letters, as `ChloeDubois`. */
export function userName(agent: Agent): string {
  return agent.name
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]/g, '');
}

/** The agent of a user name or an employee id. */
export function findAgent(configuration: Configuration, name: string): Agent | undefined {
  return configuration.agents.find((agent) => agent.id === name || userName(agent) === name);
}

/**
 * Checks a sign-in. `name` may stand behind its tenant, as in `101\AnnaBerger` or `\AnnaBerger`; the tenant is the
 * agent's number or empty.
 */
export function signIn(
  configuration: Configuration,
  name: string,
  password: string,
  tenant = '',
): Agent | undefined {
  const mark = name.lastIndexOf('\\');
  const agent = findAgent(configuration, name.slice(mark + 1));
  if (agent?.enabled !== true) {
    return undefined;
  }
  const named = mark < 0 ? tenant : name.slice(0, mark);
  const tenantFits = named === '' || named === String(agent.tenantId);
  return tenantFits && [agent.id, userName(agent)].includes(password) ? agent : undefined;
}

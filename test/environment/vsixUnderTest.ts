import { inProject } from './paths';

/** The VSIX that the end-to-end tests install: made by `npm test`, beside their compiled files. */
export function testedVsix(): string {
  return inProject('out', 'workbin-inspector.vsix');
}

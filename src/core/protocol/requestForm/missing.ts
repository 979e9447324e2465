/**
 * What a request most likely needs and a form does not have. Nothing documents it (see `REQUIRED` in
 * `formFields.ts` for what is documented): a request on a workbin names one, and one on an interaction names that, by
 * our reading. So it is told before sending and forbids nothing.
 */
import type { MessageType } from '../catalogue';
import { INFO_FIELDS } from '../workbin';
import { formFields, type GroupField } from './formFields';
import type { FormProblem } from './readForm';
import { isGroup, type RequestInput } from './requestInput';

/** Requests that make the thing which `interactionId` names, and may leave its id to the server. */
const MAKES_ITS_OWN: ReadonlySet<string> = new Set(['RequestSubmit']);

/** Attributes that say what a request is about, and the words where they are missing. */
const ABOUT: Readonly<Record<string, string>> = {
  interactionId: 'Nothing says which interaction.',
  viewId: 'Nothing says which view.',
};

/** Empty where nothing seems to be missing. */
export function likelyMissing(type: MessageType, input: RequestInput): readonly FormProblem[] {
  return formFields(type).flatMap((field): readonly FormProblem[] => {
    const { name, path } = field;
    if (field.kind === 'group') {
      return field.type === 'WorkbinInfo' ? missingOfWorkbin(field, input) : [];
    }
    const words =
      MAKES_ITS_OWN.has(type.name) || !Object.hasOwn(ABOUT, name) ? undefined : ABOUT[name];
    return words === undefined || isFilled(input, name) ? [] : [{ path, text: words }];
  });
}

function missingOfWorkbin(
  { name, fields }: GroupField,
  input: RequestInput,
): readonly FormProblem[] {
  const value = Object.hasOwn(input, name) ? input[name] : undefined;
  const workbin: RequestInput = isGroup(value) ? value : {};
  const owners = Object.values(INFO_FIELDS.owner);
  const problemAt = (member: string, text: string): readonly FormProblem[] =>
    fields.filter((field) => field.name === member).map(({ path }) => ({ path, text }));
  return [
    ...(isFilled(workbin, INFO_FIELDS.type)
      ? []
      : problemAt(INFO_FIELDS.type, 'Nothing says which type of workbin.')),
    ...(owners.some((owner) => isFilled(workbin, owner))
      ? []
      : problemAt(INFO_FIELDS.owner.Agent, 'Nothing says whose workbin: name one owner.')),
  ];
}

function isFilled(input: RequestInput, name: string): boolean {
  return Object.hasOwn(input, name) && input[name] !== '';
}

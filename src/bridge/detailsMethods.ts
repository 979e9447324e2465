/** What the details beside the ladder ask of the host. Part of the contract. */
import type { PhaseReport } from '../core/phases/phaseReport';

/** The body of a frame as text: JSON laid out, bytes in hexadecimal. */
export interface FrameTextPart {
  /** The beginning, as much as is shown at once. */
  readonly text: string;
  /** UTF-16 units of all of it. */
  readonly total: number;
  readonly language: 'json' | 'text';
}

/** A part of the bytes of a frame's body, as they are recorded. */
export interface FrameBytes {
  readonly offset: number;
  /** Bytes of the whole body. */
  readonly total: number;
  readonly base64: string;
  /** Where a pseudonym stands in the place of a secret: [from, to) in bytes of the body. */
  readonly secrets: readonly (readonly [from: number, to: number])[];
}

/** A message that was selected to be compared with another. */
export interface ComparedMessage {
  /** Its name, number and recording, for people. */
  readonly title: string;
}

export interface DetailsMethods {
  /** What the model of a phase expects, beside what came of it. */
  getPhase(phase: number): Promise<PhaseReport>;
  getFrameText(message: number): Promise<FrameTextPart>;
  /** Bytes of a frame's body from an offset on, at most {@link MAX_FRAME_BYTES}. */
  getFrameBytes(message: number, offset: number, count: number): Promise<FrameBytes>;
  /** Copies a range of the body's bytes, as hexadecimal or as the text that they are. */
  copyFrameBytes(message: number, from: number, to: number, form: 'hex' | 'text'): Promise<void>;
  /** Copies the whole value at a place of the tree of attributes. */
  copyAttribute(message: number, place: readonly number[]): Promise<void>;
  /** Copies the path of an attribute. */
  copyPath(path: string): Promise<void>;
  /** Remembers a message, in any trace, for {@link compareWithSelected}. */
  selectForCompare(message: number): Promise<ComparedMessage>;
  /** What {@link selectForCompare} was called with last; undefined without. */
  getCompared(): Promise<ComparedMessage | undefined>;
  /** Opens the selected message and this one in the editor's diff. */
  compareWithSelected(message: number): Promise<void>;
}

/** Bytes of one page, positions of a place in the tree, and UTF-16 units of a path. */
export const MAX_FRAME_BYTES = 65_536;
export const MAX_PLACE = 64;
export const MAX_PATH = 10_000;

export type DetailsMethod = keyof DetailsMethods;

/** A rule that was understood. */
export interface ColourRule {
  readonly fits: (message: number) => boolean;
  /** A place among the chart colours. */
  readonly colour: number;
}

/** The colour of a message: that of the first rule that it fits. */
export function colourOf(rules: readonly ColourRule[], message: number): number | undefined {
  return rules.find(({ fits }) => fits(message))?.colour;
}

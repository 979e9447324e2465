/** Scenario files that the build puts into the bundle as texts. */
declare module '*.wbscenario.json?text' {
  const source: string;
  export = source;
}

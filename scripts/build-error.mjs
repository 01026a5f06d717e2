/** What stops a build and is told in one sentence. */
export class BuildError extends Error {}

/** The kinds of value, for the editor as for Node-RED's side. */
export type { ValueKind } from '../client/values/property-info.js';

import type { FoundServer } from '../client/discovery/found-server.js';
import type { BrowseEntry } from '../client/verbs/browse-entry.js';
import type { PropertyInfo } from '../client/values/property-info.js';
import type { Told } from '../words/sentences.js';

export type { FoundServer } from '../client/discovery/found-server.js';
export type { BrowseEntry } from '../client/verbs/browse-entry.js';
export type { PropertyInfo, ValueKind } from '../client/values/property-info.js';

/**
 * What the editor and the runtime say to each other over Node-RED's admin API, in JSON. Types alone:
 * both sides compile against them. `path` is below Node-RED's admin root; `request` is the query of a
 * GET and the body of a POST. A response that is late or cannot be given is an ErrorBody.
 *
 * A field of type `… | undefined` must be thought of by whoever answers; JSON leaves it out.
 */
export interface AdminApi {
  /** Is this server deployed? */
  readonly deployed: {
    readonly method: 'GET';
    readonly path: 'owserver/:id/deployed';
    readonly request: NoFields;
    readonly response: { readonly deployed: boolean };
  };
  /** What is in a directory. */
  readonly browse: {
    readonly method: 'GET';
    readonly path: 'owserver/:id/browse';
    readonly request: {
      readonly path: string;
      /** Looks on the bus, past owserver's cache. */
      readonly fresh?: 'true';
    };
    readonly response: BrowseResponse;
  };
  /** What is known of a property; nothing of one that owserver's tables do not have. */
  readonly property: {
    readonly method: 'GET';
    readonly path: 'owserver/:id/property';
    readonly request: { readonly path: string };
    readonly response: { readonly property: PropertyInfo | undefined };
  };
  /** Values as they are now, in the order of their paths, which may be patterns. */
  readonly read: {
    readonly method: 'POST';
    readonly path: 'owserver/:id/read';
    readonly request: { readonly paths: readonly string[] };
    readonly response: readonly ShownValue[];
  };
  /** Writes one value. */
  readonly write: {
    readonly method: 'POST';
    readonly path: 'owserver/:id/write';
    readonly request: { readonly path: string; readonly value: unknown };
    readonly response: WriteResponse;
  };
  /** Tries the values of a form. That there is no connection is a response like others, with status 200. */
  readonly test: {
    readonly method: 'POST';
    readonly path: 'owserver/test';
    readonly request: TestRequest;
    readonly response: TestResult | FailureBody;
  };
  /** The owservers that announce themselves on the network. */
  readonly discover: {
    readonly method: 'GET';
    readonly path: 'owserver/discover';
    readonly request: NoFields;
    readonly response: readonly FoundServer[];
  };
}

/** Names of the endpoints: of all, or of those of one HTTP method. */
export type EndpointName<Method extends 'GET' | 'POST' = 'GET' | 'POST'> = {
  [Name in keyof AdminApi]: AdminApi[Name]['method'] extends Method ? Name : never;
}[keyof AdminApi];

/** The query or body of an endpoint. */
export type RequestOf<Name extends EndpointName> = AdminApi[Name]['request'];

/** What an endpoint answers with. */
export type ResponseOf<Name extends EndpointName> = AdminApi[Name]['response'];

/** A request that says nothing beside its path. */
export type NoFields = Readonly<Record<string, never>>;

/** The entries of a directory. */
export interface BrowseResponse {
  readonly path: string;
  readonly entries: readonly BrowseEntry[];
  /** How many more there are: a response has room for 5,000 entries and 4 MiB. */
  readonly left: number;
}

/** A value for people to see, or why there is none. */
export type ShownValue = ReadableValue | UnreadableValue;

/** A value that was read. */
export interface ReadableValue {
  readonly path: string;
  readonly value: PlainValue;
  /** Is the value hex digits of a memory? */
  readonly hex?: true;
  readonly unit?: string;
  readonly error?: undefined;
}

/** A value that could not be read. */
export interface UnreadableValue {
  readonly path: string;
  readonly error: ErrorInfo;
  readonly value?: undefined;
  readonly hex?: undefined;
  readonly unit?: undefined;
}

/** A value of JSON as owserver has them: no objects. */
export type PlainValue = boolean | number | string | readonly PlainValue[];

/** What came of a write; what the client knows of the device stands beside it. */
export interface WriteResponse {
  readonly path: string;
  /** Bytes that owserver took. */
  readonly size: number;
  /** Milliseconds that it took. */
  readonly ms: number;
  /** Times that it was sent. */
  readonly attempts: number;
}

/** A form to be tried; beside this stand its values, by the names of the settings that both sides share. */
export interface TestRequest {
  /** Of the configuration, which need not be deployed. */
  readonly id: string;
}

/** What a test found; what the owserver cannot tell, or not in time, is left out. */
export interface TestResult {
  /** Was it the simulated bus? Then host and port were not used. */
  readonly simulated: boolean;
  /** As it was used; or the variable of the environment that it comes of, as it is written. */
  readonly host: string;
  readonly port: number | string;
  readonly version?: string;
  /** Id of its process. */
  readonly pid?: number;
  /** Does it keep the connection open between requests? */
  readonly persistent: boolean;
  /** Round-trip time in milliseconds. */
  readonly ms: number;
  readonly buses: readonly BusSurvey[];
  /** How many devices there are, each counted once; missing when no bus listed its own. */
  readonly devices?: number;
}

/** One bus of an owserver that was tested. */
export interface BusSurvey {
  readonly bus: number;
  /** Kind of the adapter, such as DS9490. */
  readonly adapter?: string;
  /** Where owserver finds it, such as /dev/ttyUSB0. */
  readonly address?: string;
  /** Missing when the bus did not list its devices in time. */
  readonly devices?: number;
}

/** Topic of RED.comms that the state of a server is published on: `owserver/<id>`. */
export type ServerTopic = `owserver/${string}`;

/** The state of a server as the runtime publishes it, at each change. */
export type ServerState =
  /** `off` is disconnected on purpose. */
  | { readonly type: 'idle' | 'connecting' | 'off' | 'closed' }
  /** `persistent` tells whether owserver keeps the connection open between requests. */
  | { readonly type: 'connected'; readonly persistent: boolean }
  /** `retryInMs` is there when it is tried again without a request. */
  | {
      readonly type: 'disconnected';
      readonly error: ErrorSentence;
      readonly retryInMs: number | undefined;
    }
  | { readonly type: 'misconfigured'; readonly error: ErrorSentence };

/** An error of the client as a sentence in English, and what it takes to say it in another language. */
export interface ErrorSentence {
  readonly id: string;
  readonly params: Told['params'];
  /** The sentence in English. */
  readonly message: string;
}

/** The same with the code of an OwError. */
export interface ErrorInfo extends ErrorSentence {
  readonly code: string;
}

/** The body of an answer that is none. */
export type ErrorBody = FailureBody | RefusalBody;

/** owserver, or the way to it, failed. */
export interface FailureBody {
  readonly error: ErrorInfo;
}

/** Node-RED did not ask owserver. */
export interface RefusalBody {
  readonly error: { readonly refusal: RefusalName };
}

/** Why; the name of a sentence in the catalogue, below `refusal`. */
export type RefusalName = 'badRequest' | 'busy' | 'late' | 'lateWrite' | 'notDeployed';

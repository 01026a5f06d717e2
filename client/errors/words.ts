/**
 * What can stand in a sentence: plain data, in the library, in messages and in the browser. Types
 * alone, and no imports, so that everybody can have them; the library fills in its own ids.
 */

/** What fills the places of a phrase: values, and no further words. */
export type PhraseParams = Readonly<Record<string, string | number>>;

/** Words of a sentence that are translated with it. */
export interface Phrase<PhraseId extends string = string> {
  readonly id: PhraseId;
  readonly params?: PhraseParams;
}

/** The first half of another sentence: what happened, without what to do. */
export interface Happened<PhraseId extends string = string, MessageId extends string = string> {
  readonly error: MessageId;
  readonly params: Params<PhraseId, MessageId>;
}

/** What can stand in a sentence: a value, somebody else's text, or words of our own. */
export type Word<PhraseId extends string = string, MessageId extends string = string> =
  string | number | Phrase<PhraseId> | Happened<PhraseId, MessageId>;

/** What fills the `{names}` of a sentence. */
export type Params<PhraseId extends string = string, MessageId extends string = string> = Readonly<
  Record<string, Word<PhraseId, MessageId>>
>;

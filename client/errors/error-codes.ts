/** Stable codes of what can go wrong; match on these, never on the text of a message. */
export const ERROR_CODES = [
  'EOW_CONNECT',
  'EOW_TIMEOUT',
  'EOW_CLOSED',
  'EOW_ABORTED',
  'EOW_PROTOCOL',
  'EOW_RETURN',
  'EOW_ABSENT',
  'EOW_VALUE',
  'EOW_SHORT_WRITE',
  'EOW_VERIFY',
  'EOW_UNCERTAIN',
  'EOW_READ_ONLY',
  'EOW_QUEUE_FULL',
] as const;

/** One of ERROR_CODES. */
export type OwErrorCode = (typeof ERROR_CODES)[number];

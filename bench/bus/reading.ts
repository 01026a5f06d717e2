import type { FlowNode, NodeRedProcess } from '../../test/support/node-red.js';
import { catchNode } from '../flow.js';

/** Above the time of the longest reading, 100 sensors one by one, in seconds. */
const REQUEST_TIMEOUT = 300;

/** What an owserver-config must be set to for long readings. */
export const PATIENT = { requestTimeout: REQUEST_TIMEOUT };

/** How to set an ow-read node. */
export interface ReadNode {
  readonly id: string;
  readonly server: string;
  readonly source: 'uncached' | 'convert';
  /** Empty: msg.topic. */
  readonly path: string;
}

/** An ow-read node between what `readThrough` needs. */
export function readFlow({ id, ...config }: ReadNode): FlowNode[] {
  const out = `${id}-out`;
  return [
    { id: `${id}-in`, type: 'test-inject', wires: [[id]] },
    { id, type: 'ow-read', ...config, wires: [[out]] },
    catchNode(id, out),
    { id: out, type: 'test-probe', wires: [] },
  ];
}

/** What an ow-read node made of one message. */
export interface ReadThrough {
  readonly topic: unknown;
  readonly payload: unknown;
  /** Values that were read one by one although they were to come from a conversion. */
  readonly fallbacks: number;
}

/** Takes the next message of an ow-read node. @throws Error when it failed. */
export async function nextReading(nodeRed: NodeRedProcess, id: string): Promise<ReadThrough> {
  const fits = ({ probe }: { probe: string }): boolean => probe === `${id}-out`;
  const { msg } = await nodeRed.waitForMessage(fits, 'reading', REQUEST_TIMEOUT * 1000);
  const { topic, payload, error, owserver } = msg as Answer;
  if (error) throw new Error(`A reading failed: ${error.message ?? '?'}`);
  const items = owserver?.items ?? [];
  const failed = items.find((item) => item.error);
  if (failed)
    throw new Error(`${failed.path ?? '?'} was not read: ${failed.error?.message ?? '?'}`);
  return { topic, payload, fallbacks: items.filter(({ fallback }) => fallback).length };
}

interface Answer {
  topic?: unknown;
  payload?: unknown;
  error?: { message?: string };
  owserver?: { items?: { path?: string; fallback?: string; error?: { message?: string } }[] };
}

/** Sends a message through an ow-read node; with the seconds that it took. */
export async function readThrough(
  nodeRed: NodeRedProcess,
  id: string,
  msg: Readonly<Record<string, unknown>> = {},
): Promise<ReadThrough & { seconds: number; values: Readonly<Record<string, unknown>> }> {
  const start = performance.now();
  await nodeRed.inject(`${id}-in`, msg);
  const reading = await nextReading(nodeRed, id);
  const seconds = (performance.now() - start) / 1000;
  return { ...reading, seconds, values: reading.payload as Record<string, unknown> };
}

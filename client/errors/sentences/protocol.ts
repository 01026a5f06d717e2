import { sentence } from './sentence.js';

/** What answers is no owserver, or not one as we know it. */
export const PROTOCOL = {
  speaksHttp: sentence(
    'EOW_PROTOCOL',
    'A web server answers on this port: use the port of owserver (4304 by default), not that of owhttpd.',
  ),
  notOwserver: sentence(
    'EOW_PROTOCOL',
    'What answers on this port is not an owserver: check host and port.',
  ),
  payloadTooBig: sentence(
    'EOW_PROTOCOL',
    "The server announced a reply of {bytes} bytes, owserver sends {limit} at most: check that host and port are owserver's.",
  ),
  badSize: sentence(
    'EOW_PROTOCOL',
    "The server sent a reply with an impossible size ({size}): check that host and port are owserver's.",
  ),
  unasked: sentence(
    'EOW_PROTOCOL',
    "The server sent a reply that nobody had asked for: check that host and port are owserver's.",
  ),
  unexpected: sentence(
    'EOW_PROTOCOL',
    'Something unexpected happened with {path} ({reason}): please report it.',
  ),
};

import { sentence } from './sentence.js';

/** No connection, or one that ended. */
export const CONNECTION = {
  resolve: sentence('EOW_CONNECT', 'The name {host} has no address: check the host.'),
  refused: sentence(
    'EOW_CONNECT',
    'Nothing listens on {host}:{port}: check that owserver is running and bound to this address.',
  ),
  unreachable: sentence(
    'EOW_CONNECT',
    '{host}:{port} cannot be reached ({reason}): check the address and the network.',
  ),
  connectTimeout: sentence(
    'EOW_CONNECT',
    '{host}:{port} accepted no connection within {seconds} s: check the address, the network and the firewall.',
  ),
  connectFailed: sentence(
    'EOW_CONNECT',
    'No connection to {host}:{port} ({reason}): check host, port and TLS settings.',
  ),
  noSearch: sentence(
    'EOW_CONNECT',
    'The network cannot be searched, because another program keeps UDP port 5353 to itself: give the host of owserver.',
  ),
  closedByServer: sentence(
    'EOW_CLOSED',
    'owserver closed the connection before it answered {path}: it may be restarting; try again.',
  ),
  lost: sentence('EOW_CLOSED', 'owserver closed the connection: it may be restarting.'),
  disconnected: sentence(
    'EOW_CLOSED',
    'The connection is disconnected on purpose, so {path} was not answered: connect it again to go on.',
  ),
  clientClosed: sentence(
    'EOW_CLOSED',
    'The connection was closed here before {path} was answered: make another client to go on.',
  ),
};

import type { AdminGuard, AdminRequest, AdminResponse, NodeAPI } from '../../shared/red.js';

/** What Node-RED adds to a request of somebody who is logged in. */
interface AuthenticatedRequest extends AdminRequest {
  user?: { anonymous?: boolean };
}

/**
 * Node-RED's own check of a permission. It answers 401 also to somebody who is logged in and may not
 * do this (@node-red/editor-api, lib/auth/index.js, `needsPermission`): logging in again would not
 * help, so that answer becomes 403.
 */
export function needsPermission(RED: NodeAPI, permission: string): AdminGuard {
  const check = RED.auth.needsPermission(permission);
  return (request: AuthenticatedRequest, response: AdminResponse, next: () => void) => {
    const status = response.status.bind(response);
    response.status = (code) => {
      const isKnown = request.user !== undefined && request.user.anonymous !== true;
      return status(code === 401 && isKnown ? 403 : code);
    };
    check(request, response, next);
  };
}

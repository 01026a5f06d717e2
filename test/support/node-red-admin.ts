/** Who logs in. */
export interface User {
  username: string;
  password: string;
}

const user = (username: string): User => ({ username, password: 'only for tests' });

/** Users that ADMIN_AUTH knows: who may do everything, who may look, who may not even look at owserver. */
export const USERS = {
  admin: user('admin'),
  viewer: user('viewer'),
  stranger: user('stranger'),
} as const;

/** bcrypt of the password above, with few rounds so that a login is quick. */
const HASH = '$2b$04$RxwdQnu36LtU641x7ivjhuh5TFcMeq2YmotBuLfNKhXiE0ULolk/2';

/** For `settings.adminAuth`: a Node-RED that asks who you are. */
export const ADMIN_AUTH = {
  type: 'credentials',
  users: [
    { username: USERS.admin.username, password: HASH, permissions: '*' },
    { username: USERS.viewer.username, password: HASH, permissions: 'read' },
    { username: USERS.stranger.username, password: HASH, permissions: ['flows.read'] },
  ],
} as const;

/** Logs in to the admin API; the token goes into the header `Authorization: Bearer <token>`. */
export async function tokenFor(url: string, { username, password }: User): Promise<string> {
  const response = await fetch(`${url}/auth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: 'node-red-editor',
      grant_type: 'password',
      // All that this user may do.
      scope: '',
      username,
      password,
    }),
  });
  if (!response.ok) throw new Error(`Login failed with ${response.status}`);
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

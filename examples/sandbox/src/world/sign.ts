import type { Signature } from '../git/signatureLine';
import type { CommitIdentity } from './people';

/** Git keeps whole seconds only. */
export function sign(identity: CommitIdentity, at: number): Signature {
  const { name, email, zone } = identity;
  return { name, email, zone, at: Math.floor(at / 1000) * 1000 };
}

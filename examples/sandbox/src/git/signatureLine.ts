/** Who, when (epoch milliseconds, whole seconds) and in which zone (`+0200`). */
export interface Signature {
  name: string;
  email: string;
  at: number;
  zone: string;
}

/** A signature as Git writes it into a commit. */
export function signatureLine(signature: Signature): string {
  const { name, email, at, zone } = signature;
  return `${name} <${email}> ${at / 1000} ${zone}`;
}

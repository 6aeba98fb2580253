/** An instant as Kubernetes writes it: whole seconds in UTC. */
export function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
